import type { ActionRequested } from '../../shared/contracts/action.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import type { AllocatedUnit } from '../../shared/contracts/resource.ts';
import type { AllocationPriority, Priority } from '../../shared/contracts/vocabulary.ts';
import { type JudgeDeps, judge } from '../../shared/domain/judge.ts';
import { type SituationDeps, situationOf } from '../../shared/domain/situation.ts';
import type { OwnBus } from '../../shared/lambda/bus.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { Tokens } from '../../shared/lambda/machines.ts';
import { isOver } from '../../shared/stores/executions.ts';
import { workflowNamed } from '../../workflows/index.ts';
import { isNeverWithheld, vocabulary } from '../../workflows/vocabulary/index.ts';
import { type AllocateDeps, allocate } from './allocate.ts';
import { type InsideDeps, inside } from './inside.ts';
import { type Attempt, attemptOf, conclude, type Perform, type RecordDeps, stepEntry } from './record.ts';

export interface PerformDeps extends RecordDeps, AllocateDeps, SituationDeps, JudgeDeps, InsideDeps {
  bus: OwnBus;
  tokens: Tokens;
}

const ALLOCATION: Record<Priority, AllocationPriority> = {
  CRITICAL: 'EMERGENCY',
  HIGH: 'HIGH',
  MEDIUM: 'NORMAL',
  LOW: 'LOW',
  INFO: 'LOW',
};

const KIND = { REFUSED: 'step.refused', FAILED: 'step.failed', HELD: 'step.held' } as const;

/** The step ends here and now, with an error that the state machine's Catch knows by name. */
const end = async (
  deps: PerformDeps,
  attempt: Attempt,
  decided: Entry,
  { status, error, cause }: { status: keyof typeof KIND; error: string; cause: string },
): Promise<boolean> => {
  const { execution, record, command } = attempt;
  const ended = stepEntry(KIND[status], execution, record.step, { action: record.action, error, cause });
  const endedAt = status === 'HELD' ? undefined : iso(deps.clock.now());
  const done = await conclude(deps)(attempt, [decided, ended], { status, error, cause, endedAt });
  if (done) await deps.tokens.fail(command.token, error, cause);
  return done;
};

/** The nearest free units for the step's needs, or why there are none; undefined where the run no longer goes on. */
const units = async (
  deps: PerformDeps,
  { execution, command: { step } }: Attempt,
): Promise<{ units: AllocatedUnit[]; short?: string } | undefined> => {
  if (Object.keys(step.needs).length === 0) return { units: [] };
  const { location } = execution.input;
  if (!location) return { units: [], short: 'the place is not known, so no unit can be the nearest' };
  const leaseS = Math.max(60, (Date.parse(execution.deadline) - deps.clock.now()) / 1000 + 300);
  const want = {
    executionId: execution.id,
    step: step.name,
    needs: step.needs,
    location,
    priority: ALLOCATION[execution.priority],
    leaseS,
  };
  const allocation = await allocate(deps)(want, execution.incidentId, deps.executions.goesOn(execution));
  if (!allocation) return undefined;
  if (allocation.outcome === 'allocated') return { units: allocation.units };
  const short = Object.entries(allocation.short).map(([type, count]) => `${count} ${type}`);
  return { units: [], short: `not enough free units within reach: ${short.join(', ')} short` };
};

const request = (
  { execution, command: { step, arguments: args }, record }: Attempt,
  given: AllocatedUnit[],
  now: number,
): ActionRequested => ({
  actionId: record.actionId,
  subsystem: record.subsystem ?? '',
  action: step.action,
  executionId: execution.id,
  incidentId: execution.incidentId,
  step: step.name,
  priority: execution.priority,
  agency: execution.agency,
  location: execution.input.location,
  arguments: args,
  entities: [],
  units: given.map(({ id, type, fence }) => ({ id, type, fence })),
  within: step.within,
  legalBasis: step.legalBasis,
  requestedAt: iso(now),
});

/** Tells the subsystem, after the store knows that it was told: a crash between the two is mended by the next delivery. */
const dispatch = async (deps: PerformDeps, attempt: Attempt, decided: Entry, given: AllocatedUnit[]): Promise<boolean> => {
  const { execution, record, before } = attempt;
  const asked = request(attempt, given, deps.clock.now());
  const { actionId, subsystem, action, within, legalBasis } = asked;
  const requested = stepEntry('action.requested', execution, record.step, {
    actionId,
    action,
    subsystem,
    units: given,
    within,
    legalBasis,
  });
  // Of an attempt that was dispatched before, only the token is new.
  const entries = before?.status === 'DISPATCHED' ? [] : [decided, requested];
  const done = await conclude(deps)(attempt, entries, { status: 'DISPATCHED', units: given.map(({ id }) => id) });
  if (done) await deps.bus.announce({ type: 'action.requested', detail: asked });
  return done;
};

/** A person has already said yes to this step, having been asked because of a warning. */
const wasAllowed = async ({ executions }: PerformDeps, { executionId, step }: Perform): Promise<boolean> =>
  (await executions.asked(executionId, step.name))?.answer === 'approve';

/** authorise → allocate → dispatch; false where another delivery of the command, or the end of the run, was faster. */
const take = async (deps: PerformDeps, attempt: Attempt): Promise<boolean> => {
  const { execution, command, record } = attempt;
  const situation = await situationOf(deps)(execution);
  const workflow = workflowNamed(execution.workflow);
  const decision = judge(deps)({ execution, situation, workflow, step: command.step, arguments: command.arguments });
  const decided = stepEntry('guardrail.decided', execution, record.step, { action: record.action, ...decision });
  const cause = decision.clauses.map(({ refusal }) => refusal).join(' ');
  if (decision.verdict === 'refuse') return end(deps, attempt, decided, { status: 'REFUSED', error: 'SWOE.Refused', cause });
  if (decision.verdict === 'ask' && !(await wasAllowed(deps, command))) {
    return end(deps, attempt, decided, { status: 'HELD', error: 'SWOE.Held', cause });
  }
  if (record.subsystem === 'swoe') return inside(deps)(attempt, situation, decided);
  const found = await units(deps, attempt);
  if (!found) return false;
  if (found.short && !isNeverWithheld(command.step.action, command.arguments)) {
    return end(deps, attempt, decided, { status: 'FAILED', error: 'SWOE.ResourcesShort', cause: found.short });
  }
  return dispatch(deps, attempt, decided, found.units);
};

/**
 * One step of a running workflow. Every command may be the second delivery of the same: what was dispatched is dispatched
 * again under its id, what was completed is only said again, and what was undone or is over stays so.
 */
export const perform =
  (deps: PerformDeps) =>
  async (command: Perform): Promise<void> => {
    const { step, executionId, token } = command;
    for (;;) {
      const { execution, record: before } = await deps.executions.standing(executionId, step.name);
      if (!execution) throw new Error(`Execution ${executionId} is not stored`);
      const over = before?.status === 'UNDONE' ? `${step.name} was undone` : isOver(execution, step.name);
      if (over) {
        await deps.tokens.fail(token, 'SWOE.Ended', over);
        return;
      }
      if (before?.status === 'COMPLETED') {
        await deps.tokens.succeed(token, { actionId: before.actionId });
        return;
      }
      if (await take(deps, attemptOf(execution, command, before, vocabulary[step.action].performs, deps.clock.now()))) return;
    }
  };
