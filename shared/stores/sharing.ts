import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { nodeOf } from '../lambda/ids.ts';
import { type Place, placeOf } from './journal.ts';
import { table, ttl, type Write } from './table.ts';

const KEEP_MS = 400 * 24 * 3600 * 1000;

/** That a partner is told of an event, or (`by`, the correction's key) of a word on it. `record` is where the journal says so; `sent` once it went out. */
export interface Telling {
  readonly to: string;
  readonly by?: string | undefined;
  readonly agreement: string;
  readonly record: Place;
  readonly sent: boolean;
}

const pk = (node: string): string => `SHARED#${node}`;
const sk = ({ to, by }: Pick<Telling, 'to' | 'by'>): string => (by === undefined ? to : `${to}#${nodeOf(by)}`);

/** Who outside was told of which event: beside the events, in their table. */
export const sharingStore = (client: DynamoDBDocumentClient, name: string) => {
  const events = table(client, name);
  return {
    /** Everything that was told of an event. */
    of: async (node: string): Promise<Telling[]> =>
      (await events.under(pk(node))).map(({ to, by, agreement, record, sent }) => ({
        to: String(to),
        ...(by === undefined ? {} : { by: String(by) }),
        agreement: String(agreement),
        record: placeOf(record as Place),
        sent: sent === true,
      })),

    /** Once for each partner, event and word. */
    tell: (node: string, { to, by, agreement, record }: Omit<Telling, 'sent'>, now: number): Write =>
      events.putNew({ pk: pk(node), sk: sk({ to, by }), to, by, agreement, record, ttl: ttl(now + KEEP_MS) }),

    sent: (node: string, telling: Pick<Telling, 'to' | 'by'>): Write => events.change(pk(node), sk(telling), { sent: true }, {}),
  };
};

export type SharingStore = ReturnType<typeof sharingStore>;
