import type { Execution } from '../../shared/contracts/execution.ts';
import type { Kernel } from '../../shared/contracts/kernel.ts';
import type { ExecutionControl } from '../../shared/contracts/run-events.ts';
import { deadlineOf } from '../../shared/domain/kernel/state.ts';
import { iso } from '../../shared/lambda/ids.ts';
import { say } from '../../shared/lambda/log.ts';
import { isGoing } from '../../shared/stores/lifecycle.ts';
import type { End, FinishDeps } from './finish.ts';

type EndRun = (executionId: string, end: End) => Promise<void>;

/** A deadline's clock and ours may differ by this (ms). */
const SKEW_MS = 2_000;

/** While the engine is paused a run's time is looked at no oftener than this (ms). */
const LOOK_MS = 60_000;

/** Whether a run's time is over: a deadline that a pause has moved, or suspended, is not this one. Pure; `now` is ms. */
export const isOverdue = (run: Execution, engine: Kernel, now: number): boolean =>
  isGoing(run) && run.status !== 'PAUSED' && run.status !== 'QUEUED' && now + SKEW_MS >= deadlineOf(run, engine, now);

/** Where a pause of the engine has moved the deadline past its schedule, the schedule moves after it. */
const follow = async ({ deadline, clock }: FinishDeps, run: Execution, engine: Kernel): Promise<void> => {
  const now = clock.now();
  if (!isGoing(run) || run.status !== 'RUNNING' || now + SKEW_MS < Date.parse(run.deadline)) return;
  const due = Math.max(deadlineOf(run, engine, now), engine.state === 'PAUSED' ? now + LOOK_MS : 0);
  await deadline.set({ id: run.id, deadline: iso(due) });
};

/** Its schedule, or the sweep, says that a run's time is over. */
export const onDeadline =
  (deps: FinishDeps, end: EndRun) =>
  async (executionId: string): Promise<void> => {
    const [execution, engine] = await Promise.all([deps.executions.get(executionId), deps.kernel.get()]);
    if (!execution) return;
    // An end that was begun and cut short is taken up, whoever says so.
    if (!execution.ending && !isOverdue(execution, engine, deps.clock.now())) return follow(deps, execution, engine);
    await end(executionId, { status: 'TIMEOUT', cause: 'the deadline has passed', stop: 'SWOE.Deadline' });
  };

/** A run whose units and yeses go to another ends; its end was begun by whoever found the graver one, or the older. */
export const onSuperseded =
  ({ executions }: FinishDeps, end: EndRun) =>
  async (executionId: string): Promise<void> => {
    const execution = await executions.get(executionId);
    if (execution?.supersededBy) await end(executionId, { status: 'CANCELLED', cause: execution.cause ?? '', stop: 'SWOE.Superseded' });
  };

/** A person ends a run, in whatever state it is; said once, however often it is delivered. */
export const onCancel =
  (deps: FinishDeps, end: EndRun) =>
  async ({ executionId, requestId, by, role, reason }: ExecutionControl): Promise<void> => {
    const { executions, journal, clock, log } = deps;
    const execution = await executions.get(executionId);
    if (!execution || (!isGoing(execution) && !execution.ending)) {
      say(log, 'info', 'command.refused', { executionId, reason: 'it has ended, or never was' });
      return;
    }
    const { incidentId, workflow } = execution;
    await journal.commit(
      incidentId,
      [{ kind: 'workflow.cancel-requested', actor: `person/${by}`, incidentId, executionId, data: { workflow, role, reason } }],
      [executions.commanded(executionId, requestId, clock.now())],
    );
    await end(executionId, { status: 'CANCELLED', cause: `cancelled by a ${role}`, stop: 'SWOE.Cancelled' });
  };
