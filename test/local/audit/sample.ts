import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { AuditRecord, Sheet } from '../../../local/audit/record.ts';
import { newSigningKey } from '../../../local/engines/keys/keys.ts';
import { beginning } from '../../../shared/audit/chain.ts';
import { signedBytes, statementAfter } from '../../../shared/audit/checkpoint.ts';
import type { Checkpoint, Head } from '../../../shared/contracts/checkpoint.ts';
import { nameOfCheckpoint } from '../../../shared/stores/checkpoints.ts';
import { hashOf, type Kept, streams } from '../../../shared/stores/journal.ts';

export type Entry = Record<string, unknown>;

/** An audit as data, to be tampered with. */
export interface Sample {
  readonly chains: Entry[][];
  readonly checkpoints: Checkpoint[];
  readonly key: KeyObject;
}

const START = Date.UTC(2026, 10, 22, 17);
const iso = (ms: number): string => new Date(ms).toISOString();

/** The next entry of a chain, with its hash. */
export const linked = (before: Entry | undefined, stream: string, more: Entry): Entry => {
  const { seq, hash } = before ?? beginning(stream);
  const entry = { stream, seq: Number(seq) + 1, prev: hash, ...more };
  return { ...entry, hash: hashOf({ ...entry, hash: '' } as never) };
};

const signed = (last: Checkpoint | undefined, heads: Head[], at: string, key: KeyObject): Checkpoint => {
  const statement = statementAfter(last, { heads, breaches: [], at, key: 'arn:aws:kms:us-east-1:000000000000:key/k' });
  return { statement, heads, signature: sign(null, signedBytes(statement), key).toString('base64') };
};

/** Minutes with a checkpoint after each, and a tail of entries that none covers. Every third chain is quiet. */
export const sampleOf = ({ minutes = 4, each = 2, tail = 2 } = {}): Sample => {
  const key = newSigningKey();
  const chains: Entry[][] = streams.map(() => []);
  const checkpoints: Checkpoint[] = [];
  const write = (minute: number, count: number): void => {
    for (const [index, chain] of chains.entries())
      for (let n = 0; n < (index % 3 === 2 ? 0 : count); n += 1) {
        const at = iso(START + minute * 60_000 + n * 1000 + index);
        const more = { kind: 'audit.read', actor: `person/${index}`, at, data: { filter: { kind: 'step.started' }, further: n % 2 === 0 } };
        chain.push(linked(chain.at(-1), streams[index] ?? '', more));
      }
  };
  for (let minute = 0; minute < minutes; minute += 1) {
    write(minute, each);
    const heads = streams.map((stream, index): Head => {
      const { seq, hash } = chains[index]?.at(-1) ?? beginning(stream);
      return { stream, seq: Number(seq), hash: String(hash) };
    });
    checkpoints.push(signed(checkpoints.at(-1), heads, iso(START + (minute + 1) * 60_000), key));
  }
  write(minutes, tail);
  return { chains, checkpoints, key };
};

export const entriesIn = ({ chains }: Sample): number => chains.reduce((sum, { length }) => sum + length, 0);

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** The sample as the verifier reads it from the table and the bucket. */
export const recordOf = ({ chains, checkpoints, key }: Sample): AuditRecord => ({
  keys: async () => [createPublicKey(key)],
  checkpoints: () => each(checkpoints.map((one): Sheet => ({ name: nameOfCheckpoint(one.statement.counter), text: JSON.stringify(one) }))),
  entries: () => each(chains.flat().map((entry): Kept => ({ entry, misfiled: false }))),
});

export const copyOf = ({ chains, checkpoints, key }: Sample): Sample => ({
  chains: structuredClone(chains),
  checkpoints: structuredClone(checkpoints),
  key,
});
