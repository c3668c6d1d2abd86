import type { Breaker } from '../../contracts/subsystem.ts';
import { iso } from '../../lambda/ids.ts';

/** So many failures in a row, within so long (ms), and a subsystem is asked no more. */
export const MOST_FAILURES = 5;
export const WINDOW_MS = 10 * 60_000;
/** After so long (ms) it is tried once more. */
export const COOL_DOWN_MS = 60_000;
/** A trial whose outcome nobody told by so long (ms) after its time was lost, and another may try. */
export const TRIAL_GRACE_MS = 30_000;

/** What became of an action that was sent. `why` is for people: the error, and what of the workflow it was. */
export type Outcome =
  | { readonly ok: true; readonly actionId: string }
  | { readonly ok: false; readonly actionId: string; readonly why: string };

/** What a subsystem is that never failed. */
export const neverFailed = (subsystem: string): Breaker => ({ subsystem, state: 'CLOSED', generation: 0, failures: [] });

/** When an open breaker lets the next action through as a trial, ms; undefined where it is closed. */
export const tryAtOf = ({ state, since, trial }: Breaker): number | undefined => {
  if (state === 'OPEN') return Date.parse(since ?? '') + COOL_DOWN_MS;
  return state === 'HALF_OPEN' ? Date.parse(trial?.until ?? '') : undefined;
};

/** What the breaker says to an action that is about to be sent: `pass`, `trial` (send it, and write down that it tries), or `withhold`. */
export const gateOf = (breaker: Breaker, now: number): 'pass' | 'trial' | 'withhold' => {
  const tryAt = tryAtOf(breaker);
  if (tryAt === undefined) return 'pass';
  return now >= tryAt ? 'trial' : 'withhold';
};

const entered = (was: Breaker, state: Breaker['state'], now: number, set: Partial<Breaker>): Breaker => {
  const { subsystem, generation, failures, downSince, because } = was;
  return { subsystem, state, generation: generation + 1, failures, downSince, because, since: iso(now), ...set };
};

/** The breaker when an action has been sent as its trial; `within` is seconds. */
export const tried = (was: Breaker, { actionId, within }: { actionId: string; within: number }, now: number): Breaker =>
  entered(was, 'HALF_OPEN', now, { trial: { actionId, until: iso(now + within * 1000 + TRIAL_GRACE_MS) } });

const failed = (was: Breaker, why: string, now: number): Breaker => {
  const failures = [...was.failures.filter((at) => Date.parse(at) > now - WINDOW_MS), iso(now)];
  const because = why.slice(0, 300);
  if (failures.length >= MOST_FAILURES) return entered(was, 'OPEN', now, { failures, because, downSince: iso(now) });
  return { ...was, generation: was.generation + 1, failures, because };
};

/**
 * The breaker after an outcome; the very same where nothing changes, so that nothing is written. Whatever is done proves that the subsystem
 * works, also what was sent to an open one because help depended on it. While it is open only its trial's failure counts.
 */
export const after = (was: Breaker, outcome: Outcome, now: number): Breaker => {
  if (outcome.ok) {
    if (was.state !== 'CLOSED') return entered(was, 'CLOSED', now, { failures: [], downSince: undefined, because: undefined });
    return was.failures.length === 0 ? was : { ...was, generation: was.generation + 1, failures: [], because: undefined };
  }
  if (was.state === 'CLOSED') return failed(was, outcome.why, now);
  if (was.trial?.actionId !== outcome.actionId) return was;
  return entered(was, 'OPEN', now, { because: outcome.why.slice(0, 300) });
};
