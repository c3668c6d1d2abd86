import type { StepRecord } from '../../contracts/execution.ts';
import type { Entry } from '../../contracts/journal.ts';
import type { Breaker } from '../../contracts/subsystem.ts';
import { iso } from '../../lambda/ids.ts';
import type { Clock } from '../../lambda/runtime.ts';
import type { JournalStore } from '../../stores/journal.ts';
import type { KernelStore } from '../../stores/kernel.ts';
import { after, type Outcome, tryAtOf } from './breaker.ts';

export interface OutcomeDeps {
  kernel: Pick<KernelStore, 'breaker' | 'turnBreaker'>;
  journal: JournalStore;
  clock: Clock;
}

/** What a subsystem answers that works, and cannot do this one thing: no failure of its own, and no proof either. */
const DECLINED = new Set(['OUT_OF_RANGE', 'NO_LOCATION', 'NO_UNITS', 'WIND_LIMIT', 'LOW_BATTERY', 'CANCELLED']);

/** Whether a failure with this error is about the action and not about whoever was asked. */
export const isDeclined = (error: string | undefined): boolean => DECLINED.has(error ?? '');

/** What there is to tell of a breaker that has changed: a state that it entered. */
const entriesOf = (was: Breaker, now: Breaker, { actionId }: Outcome, actor: string): Entry[] => {
  if (was.state === now.state) return [];
  const { subsystem, because, failures, downSince } = now;
  const tryAt = tryAtOf(now);
  if (now.state === 'CLOSED') return [{ kind: 'subsystem.closed', actor, data: { subsystem, actionId, downSince: was.downSince } }];
  const reason = `${subsystem} is asked no more, but for what help depends on: ${because}`;
  const data = { subsystem, actionId, reason, failures: failures.length, downSince, ...(tryAt === undefined ? {} : { tryAt: iso(tryAt) }) };
  return [{ kind: 'subsystem.opened', actor, data }];
};

/**
 * Counts what became of an action against the subsystem that was asked. One read; a write only where it changes something, which a run of
 * successes does not. Health, not ledger: whoever dies before leaves it uncounted.
 */
export const countOutcome =
  ({ kernel, journal, clock }: OutcomeDeps, actor: string) =>
  async (subsystem: string | undefined, outcome: Outcome): Promise<void> => {
    if (subsystem === undefined || subsystem === 'swoe') return;
    // Each time somebody is faster the breaker has changed, and it does not change for ever: an open one counts nothing.
    for (;;) {
      const was = await kernel.breaker(subsystem);
      const now = after(was, outcome, clock.now());
      if (now === was) return;
      const done = await journal.commit(subsystem, entriesOf(was, now, outcome, actor), [kernel.turnBreaker(was, now)]);
      if (done.ok) return;
    }
  };

/** Counts that an action was sent, and not done within its time. */
export const countSilence =
  (deps: OutcomeDeps, actor: string) =>
  ({ subsystem, actionId, action }: Pick<StepRecord, 'subsystem' | 'actionId' | 'action'>): Promise<void> =>
    countOutcome(deps, actor)(subsystem, { ok: false, actionId, why: `${action} was not answered in time` });
