import { createHash, createPublicKey } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Kept } from '../../../shared/stores/journal.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { AuditRecord, Finding, Sheet } from '../record.ts';
import { CHECKPOINTS, ENTRIES, KEY, MANIFEST, Manifest } from './layout.ts';

const linesOf = (path: string): AsyncIterable<string> =>
  createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });

const hashOf = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
};

const manifestIn = (dir: string): Manifest => {
  const path = join(dir, MANIFEST);
  if (!existsSync(path)) throw new Refusal(`${dir} holds no export: ${MANIFEST} is missing.`);
  try {
    return Manifest.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new Refusal(`${path} is not an export's manifest.`);
  }
};

async function* entriesIn(dir: string): AsyncGenerator<Kept> {
  for await (const line of linesOf(join(dir, ENTRIES))) {
    let entry: unknown;
    try {
      entry = JSON.parse(line);
    } catch {
      entry = undefined;
    }
    yield { entry: entry !== null && typeof entry === 'object' ? (entry as Kept['entry']) : {}, misfiled: false };
  }
}

async function* sheetsIn(dir: string): AsyncGenerator<Sheet> {
  for await (const text of linesOf(join(dir, CHECKPOINTS))) yield { text };
}

/** Files that are not what the manifest says, or are missing. */
const changed = async (dir: string, { files }: Manifest): Promise<Finding[]> => {
  const findings: Finding[] = [];
  for (const [name, was] of Object.entries(files)) {
    const path = join(dir, name);
    if (!existsSync(path)) findings.push({ where: name, what: 'the file is missing' });
    else if ((await hashOf(path)) !== was) findings.push({ where: name, what: 'the file is not what the manifest says it was' });
  }
  return findings;
};

/** An export on this disk, offline. */
export const ofExport = (dir: string): AuditRecord => {
  const manifest = manifestIn(dir);
  if (manifest.part)
    throw new Refusal(`${dir} holds a part of the audit (${JSON.stringify(manifest.part)}): only a whole one can be verified.`);
  const needed = [ENTRIES, CHECKPOINTS, KEY].find((name) => !existsSync(join(dir, name)));
  if (needed) throw new Refusal(`${dir}/${needed} is missing, so nothing can be verified.`);
  return {
    keys: async () => [createPublicKey(readFileSync(join(dir, KEY)))],
    checkpoints: () => sheetsIn(dir),
    entries: () => entriesIn(dir),
    findings: () => changed(dir, manifest),
  };
};
