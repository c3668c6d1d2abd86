import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { BusEntry } from '../../../client/bus.ts';
import { restOver } from '../../../client/rest.ts';
import { createVirtualScheduler } from '../../../local/kernel/virtual-scheduler.ts';
import { load, UsageError } from '../../../local/replay/load.ts';
import { replay } from '../../../local/replay/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'swoe-replay-'));
const file = (text: string): string => {
  const path = join(folder, 'records');
  writeFileSync(path, text);
  return path;
};
afterEach(() => rmSync(join(folder, 'records'), { force: true, recursive: true }));

const CALLS = [
  'lat,lng,title,timestamp,twp,addr',
  ...Array.from({ length: 25 }, (_, n) => `26.7,-80.1,EMS: FALL,2025-01-01 10:${10 + n},B,A`),
].join('\n');

/** A SWOE that counts what it is given, and forgets `loses` of it, or loses `masked` of it with others' events in their place. */
const run = async (text: string, { loses = 0, masked = 0, limit = undefined as number | undefined } = {}) => {
  const scheduler = createVirtualScheduler();
  let taken = 0;
  const keys: string[] = [];
  const accepted = () =>
    keys.slice(masked + loses).map((eventKey) => ({ at: new Date(scheduler.now()).toISOString(), data: { eventKey } }));
  const lines: string[] = [];
  const get = async (path: string): Promise<unknown> => {
    if (path.includes('kind=event.accepted')) return { items: accepted() };
    if (!path.startsWith('/status')) return { items: [] };
    const count = Math.max(0, taken - loses);
    const none = { deadLettered: 0, matched: 0, started: 0, joined: 0, refused: 0, queued: 0, completed: 0, failed: 0 };
    return { failedToStart: 0, ledger: { ...none, accepted: count, fused: count, dropped: {} } };
  };
  const bus = {
    put: async (entries: readonly BusEntry[]) => {
      taken += entries.length;
      keys.push(...entries.map(({ source, detail }) => `${source}#${(detail as { id: string }).id}`));
      return { accepted: entries.length, refused: [] };
    },
    close: () => {},
  };
  const rest = restOver(({ path }) => get(path));
  const options = {
    file: file(text),
    speed: 'max',
    limit,
    endpoint: '',
    rest,
    scheduler,
    out: {},
    line: (line: string) => lines.push(line),
    status: () => {},
    bus,
  } as const;
  const running = replay(options);
  await scheduler.run();
  return { whole: await running, lines: lines.join('\n'), taken };
};

describe('a replay', () => {
  it('is whole when every record has its outcome', async () => {
    const { whole, lines, taken } = await run(CALLS);
    expect([whole, taken]).toEqual([true, 25]);
    expect(lines).toMatch(/25 records \(911 calls\), speed max/);
    expect(lines).toMatch(/accepted {7}25\n/);
    expect(lines).toMatch(/The ledger closes\./);
  });

  it('is not whole when one record disappeared, and says which equation fails', async () => {
    const { whole, lines } = await run(CALLS, { loses: 1 });
    expect(whole).toBe(false);
    expect(lines).toMatch(/The ledger does not close: accepted \(24\) is less than the records put \(25\)/);
  });

  it('is not whole when a stranger’s event stands in the count for a record that disappeared', async () => {
    const { whole, lines } = await run(CALLS, { masked: 1 });
    expect(whole).toBe(false);
    expect(lines).toMatch(/the journal has 24 of the 25 records put as accepted/);
  });

  it('takes no more records than its limit', async () => {
    expect((await run(CALLS, { limit: 7 })).taken).toBe(7);
  });

  it('of a file with an unreadable line is not whole', async () => {
    const { whole, lines } = await run(`${CALLS}\n26.7,-80.1,,2025-01-01 10:00,B,A`);
    expect(whole).toBe(false);
    expect(lines).toMatch(/line 27 was not replayed: it has no title/);
  });
});

describe('a file that cannot be replayed', () => {
  it('is one clear sentence', () => {
    expect(() => load(join(folder, 'nowhere'))).toThrow(UsageError);
    expect(() => load(join(folder, 'nowhere'))).toThrow(/does not exist\.$/);
    expect(() => load(folder)).toThrow(/cannot be read \(EISDIR\)\.$/);
    expect(() => load(file('a,b\n1,2'))).toThrow(/is of no format that replay knows \(CAD change feed, 911 calls, gunshot detections\)/);
  });
});
