import * as z from 'zod';

/** The files of an export. */
export const ENTRIES = 'entries.jsonl';
export const TABLE = 'entries.csv';
export const CHECKPOINTS = 'checkpoints.jsonl';
export const KEY = 'public-key.pem';
export const MANIFEST = 'manifest.json';

/** What an export holds. `part` says by what it was chosen; a part cannot be verified, for a chain with holes proves nothing. */
export const Manifest = z.object({
  exportedAt: z.iso.datetime(),
  entries: z.int(),
  checkpoints: z.int(),
  part: z.record(z.string(), z.string()).optional(),
  /** SHA-256 of each file. */
  files: z.record(z.string(), z.string()),
});
export type Manifest = z.infer<typeof Manifest>;
