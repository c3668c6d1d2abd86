import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../../kernel/refusal.ts';
import type { AuditRecord } from '../record.ts';
import { csvHead, csvLine } from './csv.ts';
import { chooses, isPart, type Which } from './filter.ts';
import { CHECKPOINTS, ENTRIES, KEY, MANIFEST, type Manifest, TABLE } from './layout.ts';

/** A file that is written piece by piece, and its SHA-256. */
const openFile = (dir: string, name: string) => {
  const file = openSync(join(dir, name), 'wx', 0o600);
  const hash = createHash('sha256');
  return {
    write: (text: string): void => {
      writeSync(file, text);
      hash.update(text);
    },
    close: (): [string, string] => {
      closeSync(file);
      return [name, hash.digest('hex')];
    },
  };
};

const fresh = (dir: string): void => {
  if (existsSync(dir) && readdirSync(dir).length > 0)
    throw new Refusal(`${dir} is not empty: name a folder that an export may have to itself.`);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
};

/** Checkpoints and the keys that prove them: for a whole export only. They are written before the entries, so that these cover them. */
const writeProof = async (record: AuditRecord, dir: string): Promise<{ files: [string, string][]; checkpoints: number }> => {
  const sheets = openFile(dir, CHECKPOINTS);
  let checkpoints = 0;
  for await (const { text } of record.checkpoints()) {
    // One line each, whatever stands in it.
    sheets.write(`${text.replaceAll(/[\r\n]+/g, ' ')}\n`);
    checkpoints += 1;
  }
  const key = openFile(dir, KEY);
  for (const one of await record.keys()) key.write(String(one.export({ type: 'spki', format: 'pem' })));
  return { files: [sheets.close(), key.close()], checkpoints };
};

const writeEntries = async (record: AuditRecord, dir: string, which: Which, csv: boolean) => {
  const lines = openFile(dir, ENTRIES);
  const table = csv ? openFile(dir, TABLE) : undefined;
  table?.write(csvHead());
  const isMeant = chooses(which);
  let entries = 0;
  let misfiled = 0;
  for await (const kept of record.entries()) {
    const { entry } = kept;
    if (!isMeant(entry)) continue;
    if (kept.misfiled) misfiled += 1;
    lines.write(`${JSON.stringify(entry)}\n`);
    table?.write(csvLine(entry));
    entries += 1;
  }
  return { files: [lines.close(), ...(table ? [table.close()] : [])], entries, misfiled };
};

export interface Exported extends Manifest {
  /** SHA-256 of the manifest: whoever keeps it elsewhere can tell later that nothing was changed, the tail included. */
  readonly seal: string;
  /** Entries that the table keeps under keys that are not theirs, which a file cannot show. */
  readonly misfiled: number;
}

/** Writes an audit, or a part of it, into a folder of its own. */
export const writeExport = async (
  record: AuditRecord,
  { dir, which, csv, now }: { dir: string; which: Which; csv: boolean; now: number },
): Promise<Exported> => {
  fresh(dir);
  const part = isPart(which) ? { part: Object.fromEntries(Object.entries(which).filter(([, value]) => value !== undefined)) } : {};
  const proof = part.part ? { files: [], checkpoints: 0 } : await writeProof(record, dir);
  const { files, entries, misfiled } = await writeEntries(record, dir, which, csv);
  const manifest: Manifest = {
    exportedAt: new Date(now).toISOString(),
    entries,
    checkpoints: proof.checkpoints,
    ...part,
    files: Object.fromEntries([...proof.files, ...files]),
  };
  const text = `${JSON.stringify(manifest, undefined, 2)}\n`;
  writeFileSync(join(dir, MANIFEST), text, { flag: 'wx', mode: 0o600 });
  return { ...manifest, misfiled, seal: createHash('sha256').update(text).digest('hex') };
};
