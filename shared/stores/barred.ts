import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Barred } from '../contracts/people.ts';
import type { Clock } from '../lambda/runtime.ts';
import { table, ttl, type Write } from './table.ts';

const PK = 'BARRED';
const sk = ({ what, id }: Pick<Barred, 'what' | 'id'>): string => `${what}#${id}`;

/** A user pool's access tokens live a day at most; what ends tokens is kept far longer (ms). A person is barred until let in again. */
const KEEP_MS = 30 * 24 * 3600 * 1000;

/** How long an instance believes what it read (ms): so much later, at most, nobody barred gets in. */
const BELIEVED_MS = 5_000;

/** Who gets in no more. It stands beside the connections, since whoever reads those must know it. */
export const barredStore = (client: DynamoDBDocumentClient, name: string, clock: Clock) => {
  const rows = table(client, name);
  let read: { at: number; list: Promise<Barred[]> } | undefined;
  const all = async (): Promise<Barred[]> => (await rows.under(PK)).map((item) => Barred.parse(item));

  return {
    all,

    /** All, as they were a few seconds ago at most. */
    lately: (): Promise<Barred[]> => {
      const now = clock.now();
      if (read && now - read.at < BELIEVED_MS) return read.list;
      const list = all();
      read = { at: now, list };
      list.catch(() => {
        read = undefined;
      });
      return list;
    },

    bar: (barred: Barred): Write =>
      rows.put({ pk: PK, sk: sk(barred), ...barred, ...(barred.what === 'person' ? {} : { ttl: ttl(clock.now() + KEEP_MS) }) }),

    /** Lets a person in again, who must be barred; tokens that were ended stay so. */
    admit: (sub: string): Write => rows.removeExisting(PK, sk({ what: 'person', id: sub })),
  };
};

export type BarredStore = ReturnType<typeof barredStore>;
