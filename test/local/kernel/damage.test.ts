import { beforeAll, describe, expect, it } from 'vitest';
import { readLayout } from '../../../local/kernel/layout.ts';
import { replayLayout } from '../../../local/kernel/open-log.ts';
import { seededRandom } from '../../../local/kernel/random.ts';
import { Refusal } from '../../../local/kernel/refusal.ts';
import { createSimulatedDisk, openSimulatedLog } from '../../../local/kernel/simulated-disk.ts';
import { createVirtualScheduler } from '../../../local/kernel/virtual-scheduler.ts';
import { toyOn } from './toy.ts';

type Files = ReadonlyMap<string, Buffer>;

/** What a start makes of these files: what it finds, or the sentence with which it stops. */
const start = (files: Files): { found?: Record<string, number>; notes?: readonly string[]; refusal?: string } => {
  const scheduler = createVirtualScheduler();
  const disk = createSimulatedDisk({ random: seededRandom(1), files });
  try {
    const log = openSimulatedLog(disk, scheduler);
    return { found: toyOn(log).values(), notes: log.notes };
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    return { refusal: (error as Error).message };
  }
};

const changed = (files: Files, name: string, change: (bytes: Buffer) => Buffer): Files =>
  new Map([...files, [name, change(Buffer.from(files.get(name) ?? Buffer.alloc(0)))]]);
const without = (files: Files, name: string): Files => new Map([...files].filter(([known]) => known !== name));

/** A directory with a snapshot and a segment behind it: `a` counts the turns. */
const made = async (turns: number): Promise<Files> => {
  const scheduler = createVirtualScheduler();
  const disk = createSimulatedDisk({ random: seededRandom(2) });
  const log = openSimulatedLog(disk, scheduler, { compactAt: 400 });
  const toy = toyOn(log);
  for (let turn = 1; turn <= turns; turn += 1) {
    toy.set('a', turn);
    toy.set(`b-${turn % 3}`, turn);
    await scheduler.run(scheduler.now() + 200);
  }
  const all = disk.files();
  const { superseded } = readLayout(createSimulatedDisk({ random: () => 0, files: all }).mount(scheduler));
  return new Map([...all].filter(([name]) => !superseded.includes(name)));
};

let files: Files;
let snapshot = '';
let segment = '';
let whole: Record<string, number> = {};
beforeAll(async () => {
  files = await made(20);
  snapshot = [...files.keys()].find((name) => name.startsWith('snapshot-')) ?? '';
  segment = [...files.keys()].filter((name) => name.startsWith('log-')).at(-1) ?? '';
  whole = start(files).found ?? {};
});

describe('a directory with a snapshot', () => {
  it('has what stood before it and what came after', () => {
    expect([snapshot, segment, files.size]).toEqual([expect.stringMatching(/^snapshot-\d/), expect.stringMatching(/^log-\d/), 3]);
    expect(whole['a']).toBe(20);
    const disk = createSimulatedDisk({ random: () => 0, files }).mount(createVirtualScheduler());
    let records = 0;
    replayLayout(disk, readLayout(disk), () => {
      records += 1;
    });
    expect(records).toBeLessThan(40);
  });

  it('opens with the segment cut at every byte: a beginning of the turns is there, the torn one is said', () => {
    const { length } = files.get(segment) ?? Buffer.alloc(0);
    let before = 0;
    for (let size = 0; size <= length; size += 1) {
      const { found, notes, refusal } = start(changed(files, segment, (bytes) => bytes.subarray(0, size)));
      expect(refusal).toBeUndefined();
      expect(found?.['a']).toBeGreaterThanOrEqual(before);
      expect(found?.[`b-${Number(found['a']) % 3}`]).toBe(found?.['a']);
      expect(notes?.length).toBeLessThanOrEqual(1);
      before = found?.['a'] ?? 0;
    }
    expect(before).toBe(20);
  });

  it('is refused with a snapshot cut at any byte', () => {
    const { length } = files.get(snapshot) ?? Buffer.alloc(0);
    for (let size = 0; size < length; size += 1)
      expect(start(changed(files, snapshot, (bytes) => bytes.subarray(0, size))).refusal).toMatch(/snapshot-\d+ is damaged/);
  });

  it('is refused, by one sentence, whatever bit of snapshot or segment is flipped: no record is lost in silence', () => {
    for (const name of [snapshot, segment]) {
      const { length } = files.get(name) ?? Buffer.alloc(0);
      for (let at = 0; at < length; at += 1) {
        const flipped = changed(files, name, (bytes) => {
          bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
          return bytes;
        });
        const { refusal, found } = start(flipped);
        expect([name, at, refusal ?? found]).toEqual([name, at, expect.stringMatching(/^the simulated disk\/\S+ (is|was) [^\n]+\.$/)]);
      }
    }
  });

  it('is refused where a file is missing, by the name of that file', async () => {
    expect(start(without(files, segment)).refusal).toMatch(new RegExp(`${segment} is missing`));
    expect(start(without(files, snapshot)).refusal).toMatch(new RegExp(`${snapshot} is missing`));
  });

  it('passes over what a crash left of an unfinished compaction', () => {
    const number = Number(/\d+$/.exec(segment)?.[0]);
    const littered = new Map([
      ...files,
      [`snapshot-${number + 1}.new`, Buffer.from('swoe-snap')],
      [`log-${number - 1}`, Buffer.from('old')],
    ]);
    expect(start(littered)).toEqual({ found: whole, notes: [] });
  });
});
