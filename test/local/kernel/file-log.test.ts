import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFileLog } from '../../../local/kernel/file-log.ts';
import { Refusal } from '../../../local/kernel/refusal.ts';

let dir = '';
const file = () => join(dir, 'log-1');
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'swoe-log-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Writes each group in a turn of its own. */
const writeTurns = async (...turns: unknown[][]) => {
  const log = openFileLog(dir);
  for (const turn of turns) {
    for (const record of turn) log.write('engine', record);
    await log.settled();
  }
  await log.close();
};
const readAll = async () => {
  const log = openFileLog(dir);
  const records: unknown[] = [];
  log.replay((engine, record) => records.push([engine, record]));
  await log.close();
  return { records, notes: log.notes };
};
const refusal = (): string => {
  try {
    openFileLog(dir);
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    return (error as Error).message;
  }
  return expect.unreachable();
};

describe('the file log', () => {
  it('gives back every record in order after a restart', async () => {
    await writeTurns([{ a: 1 }, { text: 'zwei\nZeilen — ü' }], [null, [3]]);
    await writeTurns([{ later: true }]);
    const { records, notes } = await readAll();
    expect(records).toEqual([{ a: 1 }, { text: 'zwei\nZeilen — ü' }, null, [3], { later: true }].map((record) => ['engine', record]));
    expect(notes).toEqual([]);
  });

  it('keeps one turn in one frame', async () => {
    await writeTurns([1, 2, 3], [4]);
    expect(readFileSync(file(), 'latin1').split('SWF1')).toHaveLength(3);
  });

  it('puts the turns behind a running sync into the next frame, and settles all', async () => {
    const log = openFileLog(dir);
    const settled: Promise<void>[] = [];
    for (let i = 0; i < 50; i += 1) {
      log.write('engine', i);
      settled.push(log.settled());
      await nextTurn();
    }
    await Promise.all(settled);
    await log.close();
    const { records } = await readAll();
    expect(records).toHaveLength(50);
  });

  it('is settled when nothing was written', async () => {
    const log = openFileLog(dir);
    await log.settled();
    await log.close();
  });

  it('reads frames larger than its window', async () => {
    const big = 'x'.repeat(3 << 20);
    await writeTurns([{ big }], ['after']);
    const { records } = await readAll();
    expect(records).toEqual([
      ['engine', { big }],
      ['engine', 'after'],
    ]);
  });
});

describe('a torn end', () => {
  it.each([1, 10, 17, 25])('is cut off and said when %i bytes of the last frame are missing', async (missing) => {
    await writeTurns(['kept'], ['torn by the crash']);
    truncateSync(file(), statSync(file()).size - missing);
    const first = await readAll();
    expect(first.records).toEqual([['engine', 'kept']]);
    expect(first.notes).toEqual([expect.stringMatching(/torn by a crash: its \d+ bytes were cut off/)]);
    await writeTurns(['goes on']);
    expect(await readAll()).toEqual({
      records: [
        ['engine', 'kept'],
        ['engine', 'goes on'],
      ],
      notes: [],
    });
  });

  it('may be zeros that the disk never filled', async () => {
    await writeTurns(['kept']);
    appendFileSync(file(), Buffer.alloc(5000));
    const { records, notes } = await readAll();
    expect([records.length, notes.length]).toEqual([1, 1]);
  });

  it('may be half of the first line', async () => {
    writeFileSync(file(), 'swoe-l');
    await writeTurns(['fresh']);
    expect((await readAll()).records).toHaveLength(1);
  });
});

describe('damage', () => {
  const damageAt = (offset: number) => {
    const bytes = readFileSync(file());
    bytes[offset] = (bytes[offset] ?? 0) ^ 0xff;
    writeFileSync(file(), bytes);
  };

  it.each([
    ['a payload', 11 + 18],
    ['a length', 11 + 5],
    ['a checksum', 11 + 9],
  ])('in %s with sound frames behind it stops the start and loses nothing', async (_what, offset) => {
    await writeTurns(['first'], ['second'], ['third']);
    damageAt(offset);
    const before = readFileSync(file());
    expect(refusal()).toMatch(/log-1 is damaged between byte 11 and byte \d+, with sound records behind: restore the directory/);
    expect(readFileSync(file()).equals(before)).toBe(true);
  });

  it.each([
    ['a payload', 18],
    ['a length', 5],
    ['a checksum', 9],
  ])('in %s of the last frame is not taken for a torn one: it was whole, so somebody was told of it', async (_what, offset) => {
    await writeTurns(['first'], ['second']);
    damageAt(readFileSync(file()).lastIndexOf('SWF1') + offset);
    const before = readFileSync(file());
    expect(refusal()).toMatch(/log-1 is damaged at byte \d+: its last record is whole but not what was written/);
    expect(readFileSync(file()).equals(before)).toBe(true);
  });

  it('leaves no lock behind', async () => {
    await writeTurns(['first'], ['second']);
    damageAt(20);
    expect(refusal()).toBe(refusal());
  });

  it('is not confused with another file or a newer format', () => {
    writeFileSync(join(dir, 'state.log'), 'swoe-log 7\nwhatever');
    expect(refusal()).toMatch(/written by a newer SWOE \(log format 7, this one reads 2\): start that version, or choose/);
    writeFileSync(join(dir, 'state.log'), 'something else entirely');
    expect(refusal()).toMatch(/is not a SWOE log/);
  });
});

it('a directory of format 1 is refused in one sentence, and nothing in it is changed', () => {
  writeFileSync(join(dir, 'state.log'), 'swoe-log 1\nSWF1 and so on');
  expect(refusal()).toBe(
    `${dir}/state.log was written by an older SWOE (log format 1, this one reads 2): start that version, or choose another data directory with --data or SWOE_DATA_DIR, or empty this one with --reset.`,
  );
  expect(readFileSync(join(dir, 'state.log'), 'latin1')).toBe('swoe-log 1\nSWF1 and so on');
});

describe('the lock of a data directory', () => {
  it('refuses a second opener and names the process', async () => {
    const log = openFileLog(dir);
    expect(refusal()).toBe(
      `The data directory ${dir} is in use by process ${process.pid}: stop that one, or choose another with --data or SWOE_DATA_DIR.`,
    );
    await log.close();
    await readAll();
  });

  it('is taken over from a dead process', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeFileSync(join(dir, 'lock'), JSON.stringify({ pid, born: '' }));
    expect((await readAll()).records).toEqual([]);
  });

  it('is taken over when the pid came round to a younger process', async () => {
    const young = process.platform === 'linux';
    if (!young) return;
    writeFileSync(join(dir, 'lock'), JSON.stringify({ pid: process.pid, born: 'an-older-boot/1' }));
    expect((await readAll()).records).toEqual([]);
  });

  it('is taken over when it is torn', async () => {
    writeFileSync(join(dir, 'lock'), '');
    expect((await readAll()).records).toEqual([]);
  });
});
