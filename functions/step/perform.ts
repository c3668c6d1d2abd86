import type { Held } from '../../shared/contracts/execution.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import type { AllocateDeps } from '../../shared/domain/allocation/allocate.ts';
import { causeOf } from '../../shared/domain/consent.ts';
import type { Lending } from '../../shared/domain/joint/lending.ts';
import { mayDispatch } from '../../shared/domain/kernel/state.ts';
import { release } from '../../shared/domain/release.ts';
import { stepOutput } from '../../shared/domain/said.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { Tokens } from '../../shared/lambda/machines.ts';
import { isOver } from '../../shared/stores/executions.ts';
import type { ResourcesStore } from '../../shared/stores/resources.ts';
import { isNeverWithheld, vocabulary } from '../../workflows/vocabulary/index.ts';
import { type AuthoriseDeps, authorise } from './authorise.ts';
import { withheld } from './breaker.ts';
import { type DispatchDeps, dispatch } from './dispatch.ts';
import { type InsideDeps, inside } from './inside.ts';
import { WAITING } from './line.ts';
import { HALTED, PAUSED } from './pause.ts';
import { type Attempt, attemptOf, conclude, isUnderWay, type Perform, stepEntry } from './record.ts';
import { unitsFor } from './units.ts';

export interface PerformDeps extends DispatchDeps, AllocateDeps, AuthoriseDeps, InsideDeps {
  resources: ResourcesStore;
  lending: Lending;
}

const KIND = { REFUSED: 'step.refused', FAILED: 'step.failed', HELD: 'step.held' } as const;

/** The step ends here and now, with an error that the state machine's Catch knows by name. */
const end = async (
  deps: PerformDeps,
  attempt: Attempt,
  decided: Entry,
  { status, error, cause, held }: { status: keyof typeof KIND; error: string; cause: string; held?: Held },
): Promise<boolean> => {
  const { execution, record, command } = attempt;
  const ended = stepEntry(KIND[status], execution, record.step, { action: record.action, error, cause });
  const endedAt = status === 'HELD' ? undefined : iso(deps.clock.now());
  const done = await conclude(deps)(attempt, [decided, ended], { status, error, cause, held, endedAt });
  if (done) await deps.tokens.fail(command.token, error, cause);
  return done;
};

/** What the step was given and does not use: it waited for it, or rivals were faster and it was given others than were looked at. */
const letGo = (deps: PerformDeps, { command: { executionId, step } }: Attempt) =>
  release(deps)(executionId, 'system/step', (lease) => lease.step === step.name);

/** authorise → allocate → dispatch; false where another delivery of the command, or the end of the run, was faster. */
const take = async (deps: PerformDeps, attempt: Attempt): Promise<boolean> => {
  const { command, record } = attempt;
  const authority = await authorise(deps)(attempt);
  const { decision, held, decided, only } = authority;
  if (decision.verdict === 'refuse') {
    const cause = decision.clauses.map(({ refusal }) => refusal).join(' ');
    const ended = await end(deps, attempt, decided, { status: 'REFUSED', error: 'SWOE.Refused', cause });
    if (ended && command.step.waits && !attempt.before?.asked?.length) await letGo(deps, attempt);
    return ended;
  }
  if (held) return end(deps, attempt, decided, { status: 'HELD', error: 'SWOE.Held', cause: causeOf(held), held });
  const away = withheld(attempt, deps.clock.now());
  if (away) return end(deps, attempt, decided, { status: 'FAILED', error: 'SWOE.SubsystemDown', cause: away });
  const found = await unitsFor(deps)(attempt);
  if (!found) return false;
  if (found.short && !isNeverWithheld(command.step.action, command.arguments)) {
    // It is no failure yet: the machine waits in a state of its own, and comes back when the step was served.
    if (command.step.waits && found.lacking) return deps.tokens.fail(command.token, WAITING, found.short).then(() => true);
    return end(deps, attempt, decided, { status: 'FAILED', error: 'SWOE.ResourcesShort', cause: found.short });
  }
  // Rivals were faster, and these units are others than those the guardrails looked at.
  if (only && found.units.some(({ id }) => !only.includes(id))) {
    await letGo(deps, attempt);
    return false;
  }
  return record.subsystem === 'swoe' ? inside(deps)(attempt, authority, found.units) : dispatch(deps)(attempt, authority, found.units);
};

/** What a step that is over, done, or not to begin now is answered with; undefined where it is to be done. A new round does it anew. */
const answerAtOnce = ({ command, execution, before, engine }: Omit<Attempt, 'record'>) => {
  const { token, step, round } = command;
  const over =
    isOver(execution, step.name, round) ??
    (before?.status === 'UNDONE' ? `${step.name} was undone` : undefined) ??
    (before && before.round > round ? `${step.name} is in round ${before.round}` : undefined);
  if (over) return (tokens: Tokens) => tokens.fail(token, 'SWOE.Ended', over);
  if (before?.status === 'COMPLETED' && before.round === round) {
    const output = stepOutput(vocabulary[step.action].reply, before.actionId, before.result);
    return (tokens: Tokens) => tokens.succeed(token, output);
  }
  // What is under way goes on while the run, or the engine, is paused.
  if (isUnderWay({ before, command })) return undefined;
  if (execution.status === 'PAUSED') return (tokens: Tokens) => tokens.fail(token, 'SWOE.Paused', PAUSED);
  if (!mayDispatch(engine)) return (tokens: Tokens) => tokens.fail(token, 'SWOE.Paused', HALTED);
  return undefined;
};

/** The engine, and the breaker of whoever is to be asked. */
const gateFor = async ({ kernel }: PerformDeps, subsystem: string) =>
  subsystem === 'swoe' ? { engine: await kernel.get(), breaker: undefined } : kernel.before(subsystem);

/**
 * One step of a running workflow. Every command may be the second delivery of the same: what was dispatched is dispatched
 * again under its id, what was completed is only said again, and what was undone or is over stays so.
 */
export const perform =
  (deps: PerformDeps) =>
  async (command: Perform): Promise<void> => {
    const { step, executionId } = command;
    const subsystem = vocabulary[step.action].performs;
    for (;;) {
      const [{ execution, record: before }, gate] = await Promise.all([
        deps.executions.standing(executionId, step.name),
        gateFor(deps, subsystem),
      ]);
      if (!execution) throw new Error(`Execution ${executionId} is not stored`);
      const seen = { command, execution, before, ...gate };
      const answer = answerAtOnce(seen);
      if (answer) {
        await answer(deps.tokens);
        return;
      }
      if (await take(deps, attemptOf(seen, subsystem, deps.clock.now()))) return;
    }
  };
