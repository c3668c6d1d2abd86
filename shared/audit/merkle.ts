import { createHash } from 'node:crypto';

/** Leaves and nodes are hashed under different first bytes, so that neither can pass for the other (RFC 6962, section 2.1). */
const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

const digest = (...parts: readonly (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** The largest power of two under `count`, which is 2 or more. */
const split = (count: number): number => 2 ** Math.ceil(Math.log2(count) - 1);

const rootOf = (leaves: readonly (Buffer | string)[]): Buffer => {
  const [only] = leaves;
  if (only === undefined) return digest();
  if (leaves.length === 1) return digest(LEAF, only);
  const at = split(leaves.length);
  return digest(NODE, rootOf(leaves.slice(0, at)), rootOf(leaves.slice(at)));
};

/** The Merkle tree hash of a list (RFC 6962, section 2.1), SHA-256, in hexadecimal. */
export const merkleRoot = (leaves: readonly (Buffer | string)[]): string => rootOf(leaves).toString('hex');
