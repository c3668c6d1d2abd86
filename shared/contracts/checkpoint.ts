import * as z from 'zod';

const Digest = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal');

/** Where a chain of the journal stood: the number and hash of its newest entry; 0 and zeros where it had none. */
export const Head = z.strictObject({ stream: z.string(), seq: z.int().min(0), hash: Digest });
export type Head = z.infer<typeof Head>;

/**
 * Why a chain does not follow. `altered`: an entry is not what its hash says. `unlinked`: it does not hold the hash of the one before. `missing`: its
 * number is not the next one. `misfiled`: it is kept under another key than its own. `replaced`: it has another hash than was signed. `cut`: what was
 * signed is not there any more.
 */
export const Breach = z.strictObject({
  stream: z.string(),
  seq: z.int(),
  why: z.enum(['altered', 'unlinked', 'missing', 'misfiled', 'replaced', 'cut']),
});
export type Breach = z.infer<typeof Breach>;

/** What is signed. It stays under the 4096 bytes that KMS signs as they are. */
export const Statement = z.strictObject({
  /** 1, 2, 3 … without a gap. */
  counter: z.int().min(1),
  at: z.iso.datetime(),
  /** SHA-256 of the checkpoint before, signature and all; zeros before the first. */
  prev: Digest,
  /** The Merkle root over all heads. */
  root: Digest,
  /** Entries that the heads cover. */
  entries: z.int().min(0),
  /** ARN of the key it is signed with. */
  key: z.string(),
  /** Chains that no longer follow from what was signed before; their heads stay where they were. */
  breaches: z.array(Breach),
});
export type Statement = z.infer<typeof Statement>;

/** A checkpoint as it is kept. `signature` is Ed25519 over the statement's canonical JSON, in base64. */
export const Checkpoint = z.strictObject({ statement: Statement, heads: z.array(Head), signature: z.base64() });
export type Checkpoint = z.infer<typeof Checkpoint>;
