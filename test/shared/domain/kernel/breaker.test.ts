import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { Breaker } from '../../../../shared/contracts/subsystem.ts';
import {
  after,
  COOL_DOWN_MS,
  gateOf,
  MOST_FAILURES,
  neverFailed,
  TRIAL_GRACE_MS,
  tried,
  WINDOW_MS,
} from '../../../../shared/domain/kernel/breaker.ts';

const START = Date.UTC(2026, 10, 22, 17);
const WITHIN_S = 90;

/** What happens to a subsystem, each so long after the one before: an action is sent to it, or one that was sent comes to an outcome. */
const histories = fc.array(
  fc.record({
    does: fc.constantFrom('send', 'send', 'done', 'failed', 'failed', 'failed'),
    afterMs: fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 2 * WINDOW_MS })),
    /** Which of those under way. */
    which: fc.nat(),
  }),
  { maxLength: 60 },
);

interface Moment {
  before: Breaker;
  breaker: Breaker;
  now: number;
  does: string;
  actionId: string;
  gate?: ReturnType<typeof gateOf>;
}

/** Plays a history as `step` and `settle` do, and shows each moment of it. */
const live = (history: readonly { does: string; afterMs: number; which: number }[], look: (moment: Moment) => void): Breaker => {
  let [breaker, now, sent] = [neverFailed('drone_ops'), START, 0];
  const underWay: string[] = [];
  for (const { does, afterMs, which } of history) {
    now += afterMs;
    const before = breaker;
    if (does === 'send') {
      const gate = gateOf(breaker, now);
      sent += 1;
      const actionId = `a${sent}`;
      if (gate === 'trial') breaker = tried(breaker, { actionId, within: WITHIN_S }, now);
      if (gate !== 'withhold') underWay.push(actionId);
      look({ before, breaker, now, does, actionId, gate });
    } else if (underWay.length > 0) {
      const [actionId = ''] = underWay.splice(which % underWay.length, 1);
      breaker = after(breaker, does === 'done' ? { ok: true, actionId } : { ok: false, actionId, why: 'ERROR' }, now);
      look({ before, breaker, now, does, actionId });
    }
  }
  return breaker;
};

test.prop([histories])('it opens on so many failures in a row within the window, and on fewer never', (history) => {
  let inARow: number[] = [];
  live(history, ({ before, breaker, now, does }) => {
    if (does === 'done') inARow = [];
    if (does !== 'failed' || before.state !== 'CLOSED') return;
    inARow = [...inARow.filter((at) => at > now - WINDOW_MS), now];
    expect(breaker.state).toBe(inARow.length >= MOST_FAILURES ? 'OPEN' : 'CLOSED');
    if (breaker.state === 'OPEN') inARow = [];
  });
});

test.prop([histories])('while it is open nothing passes, and after the cool-down one action at a time', (history) => {
  live(history, ({ before, breaker, now, does, gate, actionId }) => {
    if (does !== 'send') return;
    if (before.state === 'CLOSED') return expect(gate).toBe('pass');
    const cool = before.state === 'OPEN' && now >= Date.parse(before.since ?? '') + COOL_DOWN_MS;
    const lost = before.state === 'HALF_OPEN' && now >= Date.parse(before.trial?.until ?? '');
    expect(gate).toBe(cool || lost ? 'trial' : 'withhold');
    if (gate === 'trial') expect(breaker).toMatchObject({ state: 'HALF_OPEN', trial: { actionId } });
    else expect(breaker).toBe(before);
  });
});

test.prop([histories])('whatever is done closes it; while it is open only its own trial opens it anew', (history) => {
  live(history, ({ before, breaker, does, actionId }) => {
    if (does === 'done') expect(breaker).toMatchObject({ state: 'CLOSED', failures: [] });
    if (does !== 'failed' || before.state === 'CLOSED') return;
    if (before.trial?.actionId === actionId) expect(breaker).toMatchObject({ state: 'OPEN', downSince: before.downSince });
    else expect(breaker).toBe(before);
  });
});

test.prop([histories])('each change has a generation of its own, and what changes nothing is the very same', (history) => {
  live(history, ({ before, breaker }) => {
    if (breaker !== before) expect(breaker.generation).toBe(before.generation + 1);
  });
});

test.prop([histories])('from whatever state, a subsystem that works again is asked again', (history) => {
  const breaker = live(history, () => {});
  const later = START + 200 * WINDOW_MS + (WITHIN_S + TRIAL_GRACE_MS) * 1000;
  expect(gateOf(breaker, later)).not.toBe('withhold');
  const asked = gateOf(breaker, later) === 'trial' ? tried(breaker, { actionId: 'z', within: WITHIN_S }, later) : breaker;
  expect(gateOf(after(asked, { ok: true, actionId: 'z' }, later), later)).toBe('pass');
});
