import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { ResourceType } from '../contracts/vocabulary.ts';
import { cellOf } from '../domain/cells.ts';
import { ttl } from './table.ts';

/** Rivals that lost a unit within the same so many milliseconds are counted together; a turn that nobody took is forgotten with its window. */
const WINDOW_MS = 2_000;
const KEPT_MS = 3_600_000;

/**
 * Turns among those who want units of one type in one district (a cell of about 5 km) and were just beaten to one: the first looks to
 * the nearest that is left, the next to the one after. So they part without meeting again, and nobody goes further than they must.
 */
export const turns = (client: DynamoDBDocumentClient, name: string) => ({
  /** The caller's place among them, 0 for the first. */
  turn: async (type: ResourceType, { lat, lon }: { lat: number; lon: number }, now: number): Promise<number> => {
    const { Attributes } = await client.send(
      new UpdateCommand({
        TableName: name,
        Key: { pk: `TURNS#${type}#${cellOf(lat, lon)}`, sk: String(Math.floor(now / WINDOW_MS)) },
        UpdateExpression: 'ADD #n :one SET #ttl = :ttl',
        ExpressionAttributeNames: { '#n': 'n', '#ttl': 'ttl' },
        ExpressionAttributeValues: { ':one': 1, ':ttl': ttl(now + KEPT_MS) },
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    return Number(Attributes?.['n'] ?? 1) - 1;
  },
});
