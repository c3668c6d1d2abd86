import type { KeyObject } from 'node:crypto';
import { verify } from 'node:crypto';
import type { Breach, Checkpoint, Head, Statement } from '../contracts/checkpoint.ts';
import { canonical, sha256 } from '../lambda/ids.ts';
import { GENESIS } from '../stores/journal.ts';
import { merkleRoot } from './merkle.ts';

/** The root over all heads; a leaf is a head's canonical JSON. */
export const rootOfHeads = (heads: readonly Head[]): string => merkleRoot(heads.map(canonical));

/** How many entries heads cover. */
export const entriesUnder = (heads: readonly Head[]): number => heads.reduce((sum, { seq }) => sum + seq, 0);

/** What the next checkpoint holds of the one before. */
export const hashOfCheckpoint = (checkpoint: Checkpoint): string => sha256(canonical(checkpoint));

/** The bytes that are signed. */
export const signedBytes = (statement: Statement): Buffer => Buffer.from(canonical(statement), 'utf8');

interface Standing {
  readonly heads: readonly Head[];
  readonly breaches: readonly Breach[];
  readonly at: string;
  readonly key: string;
}

/** What is to be signed next, after `last`. */
export const statementAfter = (last: Checkpoint | undefined, { heads, breaches, at, key }: Standing): Statement => ({
  counter: (last?.statement.counter ?? 0) + 1,
  at,
  prev: last ? hashOfCheckpoint(last) : GENESIS,
  root: rootOfHeads(heads),
  entries: entriesUnder(heads),
  key,
  breaches: [...breaches],
});

/** Whether a checkpoint says what its key's owner signed. Of the texts in base64 that mean the same bytes only one will do. */
export const isSigned = ({ statement, signature }: Checkpoint, key: KeyObject): boolean => {
  const bytes = Buffer.from(signature, 'base64');
  return bytes.toString('base64') === signature && verify(null, signedBytes(statement), key, bytes);
};
