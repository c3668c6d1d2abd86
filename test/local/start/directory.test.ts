import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { machineNow, startClock } from '../../../local/kernel/clock.ts';
import { openFileLog } from '../../../local/kernel/file-log.ts';
import { resetDirectory } from '../../../local/start/reset.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'swoe-dir-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const used = async (): Promise<void> => {
  const log = openFileLog(dir);
  log.write('toy', 1);
  await log.close();
  writeFileSync(join(dir, 'issuer-key.json'), '{}');
  writeFileSync(join(dir, 'swoe.log'), 'lines');
  mkdirSync(join(dir, 'assembly'));
};

describe('--reset', () => {
  it('forgets what happened and keeps the assembly and what is not SWOE’s', async () => {
    await used();
    writeFileSync(join(dir, 'notes.txt'), 'mine');
    resetDirectory(dir);
    expect(readdirSync(dir).sort()).toEqual(['assembly', 'notes.txt']);
  });

  it('works on a damaged directory', async () => {
    await used();
    writeFileSync(join(dir, 'log-1'), 'nonsense');
    resetDirectory(dir);
    expect(existsSync(join(dir, 'log-1'))).toBe(false);
  });

  it('empties a directory of an older format, which then takes a new log', async () => {
    writeFileSync(join(dir, 'state.log'), 'swoe-log 1\nSWF1');
    expect(() => openFileLog(dir)).toThrow(/an older SWOE/);
    resetDirectory(dir);
    await used();
    expect(readdirSync(dir)).toContain('log-1');
  });

  it('has nothing to do where there is nothing', () => {
    resetDirectory(join(dir, 'nowhere'));
    resetDirectory(dir);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('refuses a directory that is not SWOE’s and leaves it alone', () => {
    writeFileSync(join(dir, 'thesis.tex'), 'years of work');
    writeFileSync(join(dir, 'swoe.log'), 'perhaps mine');
    expect(() => resetDirectory(dir)).toThrow(
      `--reset empties data directories of SWOE only, and ${dir} is none: name another with --data, or empty it yourself.`,
    );
    expect(readdirSync(dir).sort()).toEqual(['swoe.log', 'thesis.tex']);
  });

  it('refuses a directory that a process holds', async () => {
    await used();
    const log = openFileLog(dir);
    expect(() => resetDirectory(dir)).toThrow(/is in use by process \d+/);
    await log.close();
    expect(existsSync(join(dir, 'log-1'))).toBe(true);
  });

  it('refuses a file in one sentence', () => {
    writeFileSync(join(dir, 'file'), '');
    expect(() => resetDirectory(join(dir, 'file'))).toThrow(/cannot be used \(ENOTDIR/);
  });
});

describe('the clock of a directory', () => {
  it('is the laptop’s own while nobody asked for another', () => {
    const { aheadMs, scheduler } = startClock(dir, 1);
    expect(aheadMs).toBe(0);
    expect(Math.abs(scheduler.now() - Date.now())).toBeLessThan(1000);
    expect(existsSync(join(dir, 'clock.json'))).toBe(false);
  });

  it('that ran fast never goes back, and tells whoever signs a token beside it', () => {
    const ahead = Date.now() + 3_600_000;
    writeFileSync(join(dir, 'clock.json'), JSON.stringify({ real: Date.now(), machine: ahead, speed: 60 }));
    expect(machineNow(dir)).toBeGreaterThanOrEqual(ahead);
    const { aheadMs, scheduler } = startClock(dir, 1);
    expect(aheadMs).toBeGreaterThan(3_590_000);
    expect(scheduler.now()).toBeGreaterThanOrEqual(ahead);
    scheduler.stop();
  });

  it('that is torn is the laptop’s again', () => {
    writeFileSync(join(dir, 'clock.json'), '{"real":');
    expect(machineNow(dir, 42)).toBe(42);
  });
});
