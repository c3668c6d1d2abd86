import type { Entry } from '../../shared/contracts/journal.ts';
import { gateOf, tried, tryAtOf } from '../../shared/domain/kernel/breaker.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { KernelStore } from '../../shared/stores/kernel.ts';
import type { Write } from '../../shared/stores/table.ts';
import { isNeverWithheld, vocabulary } from '../../workflows/vocabulary/index.ts';
import { type Attempt, isUnderWay, stepEntry } from './record.ts';

/** People are on their way because of it, or help is called: it is sent to whomever it may reach. */
const helpDependsOnIt = ({ command: { step, arguments: args } }: Attempt): boolean =>
  vocabulary[step.action].lifeSafety || isNeverWithheld(step.action, args);

/** Why a step is not sent to its subsystem, in a sentence; undefined where it is. What is under way was sent before. */
export const withheld = (attempt: Attempt, now: number): string | undefined => {
  const { breaker } = attempt;
  if (!breaker || isUnderWay(attempt) || helpDependsOnIt(attempt) || gateOf(breaker, now) !== 'withhold') return undefined;
  const { subsystem, downSince, because } = breaker;
  return `${subsystem} has not worked since ${downSince} (${because}); it is tried again from ${iso(tryAtOf(breaker) ?? now)} on`;
};

/** What is written with a dispatch that tries a subsystem which did not work: of two only one is the trial. */
export const trialOf = (kernel: Pick<KernelStore, 'turnBreaker'>, attempt: Attempt, now: number): { entries: Entry[]; writes: Write[] } => {
  const { breaker, execution, record, command } = attempt;
  if (!breaker || isUnderWay(attempt) || gateOf(breaker, now) !== 'trial') return { entries: [], writes: [] };
  const { actionId } = record;
  const next = tried(breaker, { actionId, within: command.step.within }, now);
  const data = { subsystem: breaker.subsystem, actionId, downSince: breaker.downSince, until: next.trial?.until };
  return {
    entries: [stepEntry('subsystem.half-opened', execution, record.step, data)],
    writes: [kernel.turnBreaker(breaker, next)],
  };
};
