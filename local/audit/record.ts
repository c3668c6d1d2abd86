import type { KeyObject } from 'node:crypto';
import type { Kept } from '../../shared/stores/journal.ts';

/** A checkpoint as it was handed over: its name in the bucket, where it was read there, and its text, whatever that is. */
export interface Sheet {
  readonly name?: string;
  readonly text: string;
}

/** An audit, wherever it is read from. */
export interface AuditRecord {
  /** The public keys that checkpoints may be signed with. */
  keys(): Promise<readonly KeyObject[]>;
  /** Oldest first. */
  checkpoints(): AsyncIterable<Sheet>;
  /** Those of one chain in the order of their places; chains in any order. */
  entries(): AsyncIterable<Kept>;
  /** What is wrong with how it was handed over. */
  findings?(): Promise<readonly Finding[]>;
}

/** Something that is not as it must be, and where: `journal-07 12`, `checkpoint 3`. */
export interface Finding {
  readonly where: string;
  readonly what: string;
}
