import type { ActionRequested } from '../../shared/contracts/action.ts';
import type { Execution, StepRecord } from '../../shared/contracts/execution.ts';
import type { GuardrailDecision } from '../../shared/contracts/policy.ts';
import type { AllocatedUnit } from '../../shared/contracts/resource.ts';
import type { AllocationPriority, Priority } from '../../shared/contracts/vocabulary.ts';
import type { OwnBus } from '../../shared/lambda/bus.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { Tokens } from '../../shared/lambda/machines.ts';
import { ENDED } from '../../shared/stores/executions.ts';
import { vocabulary } from '../../workflows/vocabulary/index.ts';
import { type AllocateDeps, allocate } from './allocate.ts';
import { type AuthoriseDeps, authorise } from './authorise.ts';
import { type InsideDeps, inside } from './inside.ts';
import { begin, type Perform, type RecordDeps, stepEntry } from './record.ts';

export interface PerformDeps extends RecordDeps, AllocateDeps, AuthoriseDeps, InsideDeps {
  bus: OwnBus;
  tokens: Tokens;
}

const ALLOCATION: Record<Priority, AllocationPriority> = { CRITICAL: 'EMERGENCY', HIGH: 'HIGH', MEDIUM: 'NORMAL', LOW: 'LOW', INFO: 'LOW' };

/** The step ends here and now with an error that the state machine's Catch knows by name. */
const end = async (
  deps: PerformDeps,
  execution: Execution,
  record: StepRecord,
  status: 'REFUSED' | 'FAILED' | 'HELD',
  error: string,
  cause: string,
): Promise<void> => {
  const kind = ({ REFUSED: 'step.refused', FAILED: 'step.failed', HELD: 'step.held' } as const)[status];
  const set = { error, cause, ...(status === 'HELD' ? {} : { endedAt: iso(deps.clock.now()) }) };
  await deps.journal.commit(
    execution.incidentId,
    [stepEntry(kind, execution, record.step, { action: record.action, error, cause })],
    [deps.executions.enterStep(execution.id, record.step, status, set)],
  );
  await deps.tokens.fail(record.token ?? '', error, cause);
};

const decided = (deps: PerformDeps, execution: Execution, { step, action }: StepRecord, decision: GuardrailDecision) =>
  deps.journal.commit(execution.incidentId, [stepEntry('guardrail.decided', execution, step, { action, ...decision })]);

/** The nearest free units for the step's needs; undefined where they are short. */
const units = async (deps: PerformDeps, execution: Execution, { step }: Perform): Promise<{ units: AllocatedUnit[]; short?: string }> => {
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
  const allocation = await allocate(deps)(want, execution.incidentId);
  if (allocation.outcome === 'allocated') return { units: allocation.units };
  return {
    units: [],
    short: `not enough free units within reach: ${Object.entries(allocation.short)
      .map(([type, count]) => `${count} ${type}`)
      .join(', ')} short`,
  };
};

const request = (
  execution: Execution,
  { step, arguments: args }: Perform,
  record: StepRecord,
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
  units: given.map(({ id, type, fence }) => ({ id, type, fence })),
  within: step.within,
  legalBasis: step.legalBasis,
  requestedAt: iso(now),
});

/** Tells the subsystem, after the store knows that it was told: a crash between the two is mended by the next delivery. */
const dispatch = async (
  deps: PerformDeps,
  execution: Execution,
  command: Perform,
  record: StepRecord,
  given: AllocatedUnit[],
): Promise<void> => {
  const asked = request(execution, command, record, given, deps.clock.now());
  if (record.status === 'RUNNING') {
    const { actionId, subsystem, action } = asked;
    const done = await deps.journal.commit(
      execution.incidentId,
      [
        stepEntry('action.requested', execution, record.step, {
          actionId,
          action,
          subsystem,
          units: given,
          within: asked.within,
          legalBasis: asked.legalBasis,
        }),
      ],
      [deps.executions.enterStep(execution.id, record.step, 'DISPATCHED', { units: given.map(({ id }) => id) })],
    );
    if (!done.ok) return;
  }
  await deps.bus.announce({ type: 'action.requested', detail: asked });
};

/**
 * One step of a running workflow: authorise → allocate → dispatch. Every command may be the second delivery of the same.
 * A life-safety notice is never withheld: where no unit is free it goes out without one.
 */
export const perform =
  (deps: PerformDeps) =>
  async (command: Perform): Promise<void> => {
    const { step } = command;
    const spec = vocabulary[step.action];
    const execution = await deps.executions.get(command.executionId);
    if (!execution) throw new Error(`Execution ${command.executionId} is not stored`);
    if (ENDED.includes(execution.status)) {
      await deps.tokens.fail(command.token, 'SWOE.Ended', `The execution is ${execution.status}`);
      return;
    }
    const record = await begin(deps)(command, execution, spec.performs);
    const decision = await authorise(deps)(execution, step, command.arguments);
    if (record.status === 'RUNNING') await decided(deps, execution, record, decision);
    const cause = decision.clauses.map(({ refusal }) => refusal).join(' ');
    if (decision.verdict === 'refuse') return end(deps, execution, record, 'REFUSED', 'SWOE.Refused', cause);
    if (decision.verdict === 'ask' && !(await wasAllowed(deps, command))) return end(deps, execution, record, 'HELD', 'SWOE.Held', cause);
    if (spec.performs === 'swoe') return inside(deps)(command, execution, record);
    const found = await units(deps, execution, command);
    if (found.short && !neverWithheld(command)) return end(deps, execution, record, 'FAILED', 'SWOE.ResourcesShort', found.short);
    await dispatch(deps, execution, command, record, found.units);
  };

/** Help is sent for even where nobody is free to be sent: such a notice goes out without units. */
const neverWithheld = ({ step, arguments: args }: Perform): boolean => {
  const rule = vocabulary[step.action].neverWithheld;
  return typeof rule === 'boolean' ? rule : rule.to.includes(String(args['to']));
};

/** A person has already said yes to this step, having been asked because of a warning. */
const wasAllowed = async ({ executions }: PerformDeps, { executionId, step }: Perform): Promise<boolean> =>
  (await executions.asked(executionId, step.name))?.answer === 'approve';
