import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFileLog } from '../../../local/kernel/file-log.ts';
import { readFileLog } from '../../../local/kernel/read-log.ts';
import { toyOn } from './toy.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'swoe-compaction-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const logFiles = (): string[] => readdirSync(dir).filter((name) => /^(log|snapshot)-/.test(name));

/** So many turns, each setting one of ten names; the log is closed when they are on disk. */
const live = async (turns: number): Promise<Record<string, number>> => {
  const log = openFileLog(dir, { compactAt: 2000 });
  const toy = toyOn(log);
  const from = toy.values()['last'] ?? 0;
  for (let turn = from + 1; turn <= from + turns; turn += 1) {
    toy.set('last', turn);
    toy.set(`n${turn % 10}`, turn);
    await log.settled();
  }
  await log.close();
  return toy.values();
};

describe('a log on the real disk', () => {
  it('grows with its state and not with its history', async () => {
    const values = await live(1500);
    expect(logFiles()).toHaveLength(2);
    const { layout } = readFileLog(dir);
    expect(layout.segments.reduce((sum, { size }) => sum + size, layout.snapshot?.size ?? 0)).toBeLessThan(10_000);
    expect(Object.keys(values)).toHaveLength(11);
    expect(values['last']).toBe(1500);
  });

  it('goes on where it was after each restart, whichever file that stands in', async () => {
    for (let round = 1; round <= 8; round += 1) expect((await live(37))['last']).toBe(37 * round);
    const log = openFileLog(dir);
    expect(toyOn(log).values()['last']).toBe(37 * 8);
    expect(log.notes).toEqual([]);
    await log.close();
  });

  it('is refused where its disk cannot be written, and nothing is acknowledged any more', async () => {
    const told: string[] = [];
    const log = openFileLog(dir, { failed: (error) => told.push(error.message) });
    rmSync(dir, { recursive: true });
    log.write('toy', ['a', 1]);
    await expect(log.settled()).rejects.toThrow('ENOENT');
    log.write('toy', ['a', 2]);
    await expect(log.settled()).rejects.toThrow('ENOENT');
    expect(told).toHaveLength(1);
    expect(existsSync(dir)).toBe(false);
  });
});
