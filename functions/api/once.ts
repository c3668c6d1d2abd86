import { gunzipSync, gzipSync } from 'node:zlib';
import { ulid } from 'ulid';
import { IDEMPOTENCY_REPLAYED } from '../../shared/contracts/idempotency.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import type { IdempotencyStore, Key, KeyRow, Taken } from '../../shared/stores/idempotency.ts';
import { type AnyReply, keyInUse, keyReused } from './reply.ts';

interface Deps {
  keys: IdempotencyStore;
  runtime: Pick<Runtime, 'clock' | 'random'>;
}

/** A request that its caller gave a key; `request` is a hash of what is asked. */
export interface Keyed extends Key {
  readonly request: string;
}

/** An item of DynamoDB has 400 KB. Only a simulation, which changes nothing, may answer more than this when packed: it is then run again. */
const MOST_BYTES = 380_000;

const packed = (reply: AnyReply): Uint8Array => gzipSync(JSON.stringify(reply));

const again = (answer: Uint8Array): AnyReply => {
  const reply = JSON.parse(gunzipSync(answer).toString('utf8')) as AnyReply;
  return { ...reply, headers: { ...reply.headers, [IDEMPOTENCY_REPLAYED.toLowerCase()]: 'true' } };
};

/** What is said to a request whose key somebody has, or had. */
const known = ({ request, answer }: KeyRow, asked: Keyed): AnyReply => {
  if (request !== asked.request) return keyReused('Another request was sent with this Idempotency-Key: take a new key for this one');
  return answer ? again(answer) : keyInUse('Ask again in a moment with the same key: you will be given the answer to the first request');
};

const settle = async ({ keys, runtime }: Deps, taken: Taken, reply: AnyReply): Promise<AnyReply> => {
  const answer = reply.status < 500 ? packed(reply) : undefined;
  if (answer && answer.length <= MOST_BYTES) await keys.keep(taken, answer, runtime.clock.now());
  else await keys.free(taken);
  return reply;
};

const perform = async (deps: Deps, taken: Taken, act: () => Promise<AnyReply>): Promise<AnyReply> => {
  let reply: AnyReply;
  try {
    reply = await act();
  } catch (error) {
    await deps.keys.free(taken);
    throw error;
  }
  return settle(deps, taken, reply);
};

/** Does what is asked under a key, or gives the first answer again. What fails on our side is as if it had not been asked. */
export const once =
  (deps: Deps) =>
  async (asked: Keyed, act: () => Promise<AnyReply>): Promise<AnyReply> => {
    const { clock, random } = deps.runtime;
    const taken: Taken = { ...asked, token: ulid(clock.now(), random) };
    if (await deps.keys.take(taken, clock.now())) return perform(deps, taken, act);
    const row = await deps.keys.get(asked);
    // Given back this very moment.
    return row ? known(row, asked) : keyInUse('Ask again in a moment with the same key');
  };

export type Once = ReturnType<typeof once>;
