import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, it } from 'vitest';
import { cell } from '../../../local/audit/export/csv.ts';
import type { Which } from '../../../local/audit/export/filter.ts';
import { ofExport } from '../../../local/audit/export/read.ts';
import { writeExport } from '../../../local/audit/export/write.ts';
import { verifyAudit } from '../../../local/audit/verify.ts';
import { entriesIn, recordOf, sampleOf } from './sample.ts';

const root = mkdtempSync(join(tmpdir(), 'swoe-audit-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const whole = sampleOf();
let folders = 0;
const exported = async (which: Which = {}) => {
  folders += 1;
  const dir = join(root, String(folders));
  return { dir, said: await writeExport(recordOf(whole), { dir, which, csv: true, now: Date.UTC(2026, 10, 23) }) };
};
const linesOf = (dir: string, name = 'entries.jsonl'): string[] => readFileSync(join(dir, name), 'utf8').trimEnd().split('\n');

describe('a whole export', () => {
  it('is verified offline, and its manifest’s hash is told', async () => {
    const { dir, said } = await exported();
    const verdict = await verifyAudit(ofExport(dir));
    expect(verdict).toMatchObject({ findings: [], entries: entriesIn(whole), checkpoints: 4 });
    expect(said.seal).toBe(
      createHash('sha256')
        .update(readFileSync(join(dir, 'manifest.json')))
        .digest('hex'),
    );
  });

  it('is a table as well, with a line for each entry', async () => {
    const { dir } = await exported();
    const rows = parse(readFileSync(join(dir, 'entries.csv')), { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(entriesIn(whole));
    expect(rows[0]).toMatchObject({ stream: 'journal-00', seq: '1', kind: 'audit.read', actor: 'person/0' });
    expect(JSON.parse(rows[0]?.['data'] ?? '')).toEqual(whole.chains[0]?.[0]?.['data']);
  });

  it.each([
    ['the last entry, which no checkpoint covers, is cut off', (lines: string[]) => lines.slice(0, -1)],
    ['an actor is changed', (lines: string[]) => [String(lines[0]).replace('person/0', 'person/9'), ...lines.slice(1)]],
    ['a line is no entry any more', (lines: string[]) => ['{', ...lines.slice(1)]],
  ])('is found out where %s', async (_, change) => {
    const { dir } = await exported();
    writeFileSync(join(dir, 'entries.jsonl'), `${change(linesOf(dir)).join('\n')}\n`);
    const { findings } = await verifyAudit(ofExport(dir));
    expect(findings[0]).toEqual({ where: 'entries.jsonl', what: 'the file is not what the manifest says it was' });
  });

  it('is not written over another', async () => {
    const { dir } = await exported();
    await expect(writeExport(recordOf(whole), { dir, which: {}, csv: false, now: 0 })).rejects.toThrow('is not empty');
  });
});

describe('a part', () => {
  it('holds the entries that are meant, and says that it proves nothing', async () => {
    const { dir, said } = await exported({ actor: 'person/3', from: '2026-11-22T17:01:00Z', to: '2026-11-22T17:02:00Z' });
    const entries = linesOf(dir).map((line) => JSON.parse(line) as { actor: string; at: string });
    expect(said.entries).toBe(2);
    expect(entries.every(({ actor, at }) => actor === 'person/3' && at.startsWith('2026-11-22T17:01'))).toBe(true);
    expect(() => ofExport(dir)).toThrow('only a whole one can be verified');
  });
});

describe('a cell', () => {
  it.each([
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@cmd', "'@cmd"],
    ['\tx', "'\tx"],
    [-1, '-1'],
    ['a,b', '"a,b"'],
    ['two\r\nlines', '"two\r\nlines"'],
    [undefined, ''],
    [{ a: 1 }, '"{""a"":1}"'],
  ])('of %j is written %s', (value, text) => {
    expect(cell(value)).toBe(text);
  });
});
