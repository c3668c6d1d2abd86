import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Paged, table, ttl, type Write } from './table.ts';

const KEEP_MS = 90 * 24 * 3600 * 1000;

/** An event that could not be taken in: the reason, the field where there is one, and what came (cut at 16 KB). `at` is the bus's time. */
export interface DeadLetter {
  busId: string;
  at: string;
  source: string;
  detailType: string;
  reason: string;
  path?: string;
  body: string;
}

export const deadLettersStore = (client: DynamoDBDocumentClient, name: string) => {
  const letters = table(client, name);
  return {
    /** Kept once per delivery of the bus, however often the queue delivers it. */
    bury: (letter: DeadLetter): Write =>
      letters.putNew({
        pk: `DAY#${letter.at.slice(0, 10)}`,
        sk: `${letter.at}#${letter.busId}`,
        ...letter,
        body: letter.body.slice(0, 16 * 1024),
        ttl: ttl(Date.parse(letter.at) + KEEP_MS),
      }),

    ofDay: async (day: string, page: { limit: number; cursor?: string }): Promise<Paged<DeadLetter>> => {
      const { items, next } = await letters.page(`DAY#${day}`, page);
      return { items: items.map(({ pk: _pk, sk: _sk, ttl: _ttl, ...letter }) => letter as unknown as DeadLetter), next };
    },
  };
};

export type DeadLettersStore = ReturnType<typeof deadLettersStore>;
