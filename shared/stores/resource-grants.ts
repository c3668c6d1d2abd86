import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Key, table, ttl, type Write } from './table.ts';

/** A step whose last grant is so old (ms) is delivered no more. */
const KEPT_MS = 7 * 86_400_000;

const key = (executionId: string, step: string): Key => ({ pk: `GRANTS#${executionId}`, sk: step });

/**
 * How often a step was given units. Two deliveries of one command, or a delivery and whoever plans anew, look at the same moment what the
 * step lacks: the number, read before they look and raised with what they claim, lets one of them have it.
 */
export const grants = (client: DynamoDBDocumentClient, name: string) => {
  const resources = table(client, name);
  return {
    granted: async (executionId: string, step: string): Promise<number> =>
      Number((await resources.get(key(executionId, step).pk, step))?.['n'] ?? 0),

    /** Fails where the step was given something since `granted` was read; `now` is ms. */
    grant: ({ executionId, step }: { executionId: string; step: string }, granted: number, now: number): Write => {
      const item = { ...key(executionId, step), n: granted + 1, ttl: ttl(now + KEPT_MS) };
      return granted === 0 ? resources.putNew(item) : resources.putOver(item, { n: [granted] });
    },
  };
};
