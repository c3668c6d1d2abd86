import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ANSWER_KEPT_MS } from '../contracts/idempotency.ts';
import { sha256 } from '../lambda/ids.ts';
import { held, table, ttl } from './table.ts';

/** Longer than a call of the API may take: whoever took a key in hand and died holds up nobody for longer (ms). */
const IN_HAND_MS = 30_000;

/** Whose key: a key belongs to its caller. */
export interface Key {
  readonly sub: string;
  readonly key: string;
}

/** A key in one caller's hand. `request` is a hash of what is asked; `token` tells this attempt from every other. */
export interface Taken extends Key {
  readonly request: string;
  readonly token: string;
}

/** What became of a key: without an answer it is in somebody's hand until `freeAt` (ms since the epoch). */
const Row = z.object({ request: z.string(), freeAt: z.number(), answer: z.instanceof(Uint8Array).optional() });
export type KeyRow = z.infer<typeof Row>;

const keyOf = ({ sub, key }: Key) => ({ pk: `IDEM#${sub}#${sha256(key)}`, sk: 'KEY' });

/** Requests that are to be done once, by the keys that their callers gave them. */
export const idempotencyStore = (client: DynamoDBDocumentClient, name: string) => {
  const keys = table(client, name);
  const mine = { ConditionExpression: '#token = :token', ExpressionAttributeNames: { '#token': 'token' } };
  return {
    /** Takes a key in hand where nobody has, or whoever had it is late. Time to live is late everywhere, so `freeAt` is what counts. */
    take: (taken: Taken, now: number): Promise<boolean> => {
      const { request, token } = taken;
      const Item = { ...keyOf(taken), request, token, freeAt: now + IN_HAND_MS, ttl: ttl(now + IN_HAND_MS) };
      const condition = { ConditionExpression: 'attribute_not_exists(pk) OR freeAt <= :now', ExpressionAttributeValues: { ':now': now } };
      return held(client.send(new PutCommand({ TableName: name, Item, ...condition })));
    },

    get: async (key: Key): Promise<KeyRow | undefined> => {
      const { pk, sk } = keyOf(key);
      const item = await keys.get(pk, sk);
      return item && Row.parse(item);
    },

    /** Keeps the answer for whoever asks again. False where it took so long that somebody else has the key. */
    keep: (taken: Taken, answer: Uint8Array, now: number): Promise<boolean> => {
      const freeAt = now + ANSWER_KEPT_MS;
      const values = { ':token': taken.token, ':answer': answer, ':freeAt': freeAt, ':ttl': ttl(freeAt) };
      return held(
        client.send(
          new UpdateCommand({
            TableName: name,
            Key: keyOf(taken),
            UpdateExpression: 'SET answer = :answer, freeAt = :freeAt, #ttl = :ttl',
            ConditionExpression: mine.ConditionExpression,
            ExpressionAttributeNames: { ...mine.ExpressionAttributeNames, '#ttl': 'ttl' },
            ExpressionAttributeValues: values,
          }),
        ),
      );
    },

    /** Gives a key back: nothing was done, or nothing that the caller was told of. */
    free: (taken: Taken): Promise<boolean> => {
      const values = { ExpressionAttributeValues: { ':token': taken.token } };
      return held(client.send(new DeleteCommand({ TableName: name, Key: keyOf(taken), ...mine, ...values })));
    },
  };
};

export type IdempotencyStore = ReturnType<typeof idempotencyStore>;
