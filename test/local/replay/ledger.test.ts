import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { createVirtualScheduler } from '../../../local/kernel/virtual-scheduler.ts';
import { complaints, difference, lines } from '../../../local/replay/ledger.ts';
import { settle } from '../../../local/replay/settle.ts';
import type { Ledger } from '../../../shared/contracts/ledger.ts';

const ledger = (over: Partial<Ledger> = {}): Ledger => ({
  accepted: 0,
  fused: 0,
  dropped: {},
  deadLettered: 0,
  matched: 0,
  started: 0,
  joined: 0,
  refused: 0,
  queued: 0,
  completed: 0,
  failed: 0,
  ...over,
});
const whole = ledger({ accepted: 10, fused: 7, dropped: { duplicate: 2 }, deadLettered: 1, matched: 4, started: 1, joined: 3 });

describe('the ledger', () => {
  it('closes when every event and every match has an outcome', () => {
    expect(complaints(whole, 10)).toEqual([]);
  });

  it('says which equation fails', () => {
    expect(complaints({ ...whole, fused: 6 }, 10)).toEqual(['accepted (10) = fused (6) + dropped (2) + dead-lettered (1) does not hold']);
    expect(complaints(whole, 12)[0]).toMatch(/2 disappeared between the bus and ingest/);
    expect(complaints({ ...whole, matched: 5 }, 10)[0]).toMatch(/matched \(5\) = started \(1\)/);
  });

  it('a match that failed to start has its outcome among the failed', () => {
    expect(complaints({ ...whole, matched: 5, failed: 1 }, 10)).toEqual([]);
  });

  it('events of other producers are told apart, not complained of', () => {
    expect(complaints(whole, 9)).toEqual([]);
    expect(lines(whole, 9)[0]).toMatch(/9 of this file, 1 of other producers/);
  });

  it('drops are told by reason', () => {
    expect(lines(whole, 10).find((line) => line.startsWith('dropped'))).toMatch(/2 {2}\(duplicate 2\)/);
  });

  const counts = fc.record({
    fused: fc.nat(99),
    duplicate: fc.nat(99),
    late: fc.nat(99),
    deadLettered: fc.nat(99),
    started: fc.nat(99),
    joined: fc.nat(99),
  });
  const closing = (c: { fused: number; duplicate: number; late: number; deadLettered: number; started: number; joined: number }): Ledger =>
    ledger({
      accepted: c.fused + c.duplicate + c.late + c.deadLettered,
      fused: c.fused,
      dropped: { duplicate: c.duplicate, late: c.late },
      deadLettered: c.deadLettered,
      matched: c.started + c.joined,
      started: c.started,
      joined: c.joined,
    });

  test.prop([counts, counts])('the difference of two ledgers that close is a ledger that closes', (a, b) => {
    const [before, more] = [closing(a), closing(b)];
    const sum = closing({
      fused: a.fused + b.fused,
      duplicate: a.duplicate + b.duplicate,
      late: a.late + b.late,
      deadLettered: a.deadLettered + b.deadLettered,
      started: a.started + b.started,
      joined: a.joined + b.joined,
    });
    const gained = difference(before, sum);
    expect(complaints(gained, more.accepted)).toEqual([]);
    expect(gained.accepted).toBe(more.accepted);
  });

  test.prop([counts, fc.integer({ min: 1, max: 50 })])('losing any event is seen', (c, lost) => {
    const all = closing(c);
    expect(complaints({ ...all, fused: all.fused - lost }, all.accepted)).not.toEqual([]);
    expect(complaints({ ...all, fused: all.fused - lost, accepted: all.accepted - lost }, all.accepted)).not.toEqual([]);
  });
});

describe('waiting for the outcomes', () => {
  const waitFor = async (at: (ms: number) => Ledger, put: number) => {
    const scheduler = createVirtualScheduler();
    const began = scheduler.now();
    const said: string[] = [];
    const result = settle(ledger(), put, {
      ledgerNow: async () => at(scheduler.now() - began),
      scheduler,
      onWait: (line) => said.push(line),
      patienceMs: 10_000,
    });
    await scheduler.run();
    return { gained: await result, tookMs: scheduler.now() - began, said };
  };

  it('ends when the ledger closes, and not before a late match is told', async () => {
    const { gained, said } = await waitFor(
      (ms) =>
        ms < 700
          ? ledger({ accepted: 4, fused: 4 })
          : ms < 3000
            ? ledger({ accepted: 10, fused: 10, matched: 1 })
            : ledger({ accepted: 10, fused: 10, matched: 1, started: 1 }),
      10,
    );
    expect(gained).toMatchObject({ accepted: 10, matched: 1, started: 1 });
    expect(said).toContain('waiting for the outcome of 6 events');
    expect(said).toContain('waiting for the outcome of 1 matches');
  });

  it('gives up when nothing changes, and hands over what there is', async () => {
    const { gained, tookMs } = await waitFor(() => ledger({ accepted: 4, fused: 4 }), 10);
    expect(complaints(gained, 10)).toHaveLength(1);
    expect(tookMs).toBeGreaterThanOrEqual(10_000);
    expect(tookMs).toBeLessThan(12_000);
  });
});
