import { describe, expect, it } from 'vitest';
import type { BusEntry } from '../../../client/bus.ts';
import { restOver } from '../../../client/rest.ts';
import { createVirtualScheduler } from '../../../local/kernel/virtual-scheduler.ts';
import { earliest, measure, percentile } from '../../../local/replay/latency.ts';
import { dueMs, type Speed, speedIn } from '../../../local/replay/pace.ts';
import { play } from '../../../local/replay/play.ts';
import type { Replayed } from '../../../local/replay/record.ts';
import { pause } from '../../../local/tools/pause.ts';

const records = (times: (number | undefined)[]): Replayed[] =>
  times.map((at, n) => ({ at, event: { specversion: '1.0', id: String(n), source: 'dispatch', type: 'call.medical', data: {} } }));

const run = async (times: (number | undefined)[], speed: Speed) => {
  const scheduler = createVirtualScheduler();
  const began = scheduler.now();
  const calls: { atMs: number; size: number }[] = [];
  let [under, most] = [0, 0];
  const bus = {
    put: async (entries: readonly BusEntry[]) => {
      calls.push({ atMs: scheduler.now() - began, size: entries.length });
      under += 1;
      most = Math.max(most, under);
      await pause(scheduler)(100);
      under -= 1;
      return { accepted: entries.length, refused: [] };
    },
  };
  const played = play(records(times), { bus, scheduler, speed, onProgress: () => {} });
  await scheduler.run();
  return { calls, most, ...(await played) };
};

describe('playing records', () => {
  it('at full speed batches are full and four calls at most are under way', async () => {
    const { calls, most, put } = await run(new Array(95).fill(undefined), 'max');
    expect(put).toBe(95);
    expect(calls.map(({ size }) => size)).toEqual([...new Array(9).fill(10), 5]);
    expect(most).toBe(4);
  });

  it('at speed 60 a minute of the records is a second', async () => {
    const { calls } = await run([0, 60_000, 60_000, 180_000], 60);
    expect(calls).toEqual([
      { atMs: 0, size: 1 },
      { atMs: 1000, size: 2 },
      { atMs: 3000, size: 1 },
    ]);
  });

  it('a record without a time, or out of order, is put at once', () => {
    expect(dueMs(undefined, 0, 60)).toBe(0);
    expect(dueMs(-60_000, 0, 60)).toBe(0);
  });

  it('a speed is a factor above 0, or max', () => {
    expect(['max', '60', '0.5', '0', '-1', 'fast'].map(speedIn)).toEqual(['max', 60, 0.5, undefined, undefined, undefined]);
  });
});

describe('event-to-first-action latency', () => {
  it('percentiles are by nearest rank', () => {
    const values = Array.from({ length: 100 }, (_, n) => n + 1);
    expect([percentile(values, 0.5), percentile(values, 0.99), percentile([], 0.5)]).toEqual([50, 99, undefined]);
  });

  it('the first action of an execution counts', () => {
    const at = (ms: number) => ({ kind: 'action.requested' as const, executionId: 'a', at: new Date(ms).toISOString(), data: {} });
    expect(earliest([at(20), at(10), at(30)]).get('a')).toBe(10);
  });

  it('is read through the pages of the journal up to the start of the replay', async () => {
    const entry = (kind: string, executionId: string, ms: number) => ({ kind, executionId, at: new Date(ms).toISOString() });
    const journal = [
      entry('action.requested', 'x', 1500),
      entry('action.requested', 'x', 1200),
      entry('workflow.started', 'x', 1100),
      entry('workflow.started', 'old', 10),
    ];
    const asked: string[] = [];
    const get = async (path: string): Promise<unknown> => {
      asked.push(path);
      if (path.startsWith('/executions/')) return { input: { event: { receivedAt: new Date(1000).toISOString() } } };
      const query = new URLSearchParams(path.split('?')[1]);
      const all = journal.filter(({ kind }) => kind === query.get('kind'));
      const from = Number(query.get('cursor') ?? 0);
      return { items: all.slice(from, from + 1), ...(from + 1 < all.length ? { next: String(from + 1) } : {}) };
    };
    const rest = restOver(({ path }) => get(path));
    expect(
      await measure(
        rest,
        1000,
        async () => {},
        () => {},
      ),
    ).toEqual({ values: [200], started: 1, sampled: false });
    expect(asked).toContain('/executions/x');
  });
});
