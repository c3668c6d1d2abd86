import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Entry } from '../contracts/journal.ts';
import { canonical, iso, sha256 } from '../lambda/ids.ts';
import type { Clock } from '../lambda/runtime.ts';
import { reasonsOf, table, type Write } from './table.ts';

const SPOOL = 'SPOOL';

/** Entries that the journal could not take when they came to be (`at`), for the chain of `subject`. */
export const Spooled = z.object({ sk: z.string(), at: z.iso.datetime(), subject: z.string(), entries: z.array(Entry) });
export type Spooled = z.infer<typeof Spooled>;

/**
 * What stands in for the journal while it cannot be written: entries are kept in the table of executions, in the same transaction as the change that
 * they tell of. So what was done is known to whoever would do it again, and none of it is told twice or not at all.
 */
export const spoolStore = (client: DynamoDBDocumentClient, name: string, { clock, random }: { clock: Clock; random: () => number }) => {
  const executions = table(client, name);

  const rowOf = (subject: string, entries: readonly Entry[]): Write => {
    const at = iso(clock.now());
    const said: unknown = JSON.parse(JSON.stringify(entries));
    return executions.putNew({ pk: SPOOL, sk: `${at}#${sha256(canonical(said)).slice(0, 16)}`, at, subject, entries: said });
  };

  return {
    /** As the journal's own `commit`; false where a condition did not hold. */
    commit: async (subject: string, entries: readonly Entry[], writes: readonly Write[]): Promise<{ ok: boolean }> => {
      const TransactItems = [...writes, ...(entries.length > 0 ? [rowOf(subject, entries)] : [])];
      const ClientRequestToken = sha256(`${random()} ${canonical(TransactItems)}`).slice(0, 36);
      try {
        await client.send(new TransactWriteCommand({ TransactItems, ClientRequestToken }));
      } catch (error) {
        if (reasonsOf(error)?.includes('ConditionalCheckFailed')) return { ok: false };
        throw error;
      }
      return { ok: true };
    },

    /** What waits for the journal, oldest first. */
    waiting: async (): Promise<Spooled[]> => (await executions.under(SPOOL)).map((item) => Spooled.parse(item)),

    /** Takes it out, once. */
    taken: ({ sk }: Spooled): Write => executions.removeExisting(SPOOL, sk),
  };
};

export type SpoolStore = ReturnType<typeof spoolStore>;
