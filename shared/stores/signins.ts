import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { table, ttl, type Write } from './table.ts';

/** Attempts to sign in that no success followed, and until when nobody is let try. Times are ms since the epoch; `n` counts the changes. */
const Tries = z.object({ n: z.int(), tries: z.array(z.number()), lockedUntil: z.number().optional() });
export type Tries = z.infer<typeof Tries>;

const KEEP_MS = 24 * 3600 * 1000;
const keyOf = (sub: string) => ({ pk: `SIGNIN#${sub}`, sk: 'TRIES' });

/** What a person's attempts to sign in came to. It stands beside the connections, where whoever gets in is known. */
export const signinsStore = (client: DynamoDBDocumentClient, name: string) => {
  const rows = table(client, name);
  return {
    get: async (sub: string): Promise<Tries | undefined> => {
      const { pk, sk } = keyOf(sub);
      const item = await rows.get(pk, sk);
      return item && Tries.parse(item);
    },

    /** Keeps what they come to now, where nobody changed it since it was read. */
    keep: (sub: string, before: Tries | undefined, { tries, lockedUntil }: Omit<Tries, 'n'>, now: number): Write => {
      const item = { ...keyOf(sub), n: (before?.n ?? 0) + 1, tries, lockedUntil, ttl: ttl(now + KEEP_MS) };
      return before ? rows.putOver(item, { n: [before.n] }) : rows.putNew(item);
    },

    forget: (sub: string): Write => rows.remove(keyOf(sub).pk, keyOf(sub).sk),
    /** Forgets attempts that there must be. */
    unlock: (sub: string): Write => rows.removeExisting(keyOf(sub).pk, keyOf(sub).sk),
  };
};

export type SigninsStore = ReturnType<typeof signinsStore>;
