import type { Execution } from '../../shared/contracts/execution.ts';
import { ExecutionControl } from '../../shared/contracts/run-events.ts';
import { deadlineOf, pausedAlone, pausedMsBy } from '../../shared/domain/kernel/state.ts';
import type { Deadlines } from '../../shared/lambda/deadlines.ts';
import type { BusEvent } from '../../shared/lambda/doors.ts';
import { iso } from '../../shared/lambda/ids.ts';
import { say } from '../../shared/lambda/log.ts';
import type { KernelStore } from '../../shared/stores/kernel.ts';
import { isGoing } from '../../shared/stores/lifecycle.ts';
import type { Write } from '../../shared/stores/table.ts';
import type { ReplyDeps } from './reply.ts';

export interface ControlDeps extends ReplyDeps {
  deadline: Deadlines;
  kernel: ReplyDeps['kernel'] & Pick<KernelStore, 'get'>;
}

type Command = ExecutionControl;

/** Says once who did what to the run, together with what changes; false where the run changed meanwhile, or the command came before. */
const write = async (
  { executions, journal, clock }: ControlDeps,
  { id: executionId, incidentId, workflow }: Execution,
  { requestId, by, role, reason, op }: Command,
  { change, more }: { change: Write; more?: object },
): Promise<boolean> => {
  const kind = op === 'pause' ? 'workflow.paused' : 'workflow.resumed';
  const done = await journal.commit(
    incidentId,
    [{ kind, actor: `person/${by}`, incidentId, executionId, data: { workflow, role, reason, ...more } }],
    [change, executions.commanded(executionId, requestId, clock.now())],
  );
  return done.ok;
};

/** Steps that wait go back to where they were held. Each is told before it is forgotten, so a crash tells it again. */
const wake = async ({ executions, journal, tokens }: ControlDeps, { id, incidentId }: Execution): Promise<void> => {
  for (const waiting of await executions.waitingForResume(id)) {
    if (waiting.token) await tokens.succeed(waiting.token, { resumed: true });
    await journal.commit(incidentId, [], [executions.resumed(waiting)]);
  }
};

/** From now on nothing new is dispatched; what is under way goes on, and no deadline runs. */
const pause = async (deps: ControlDeps, execution: Execution, command: Command): Promise<void> => {
  const at = deps.clock.now();
  const change = deps.executions.pause(execution.id, iso(at), pausedMsBy(await deps.kernel.get(), at));
  if (execution.status === 'RUNNING') await write(deps, execution, command, { change });
  const now = await deps.executions.get(execution.id);
  if (now?.status === 'PAUSED') await deps.deadline.clear(execution.id);
};

/** The run goes on with as much time as it had left. Whatever of this was cut short is done by the next delivery. */
const resume = async (deps: ControlDeps, execution: Execution, command: Command): Promise<void> => {
  if (execution.status === 'PAUSED') {
    const now = deps.clock.now();
    const deadline = iso(Date.parse(execution.deadline) + pausedAlone(execution, await deps.kernel.get(), now));
    await write(deps, execution, command, { change: deps.executions.resume(execution, deadline), more: { deadline } });
  }
  const now = await deps.executions.get(execution.id);
  if (now?.status !== 'RUNNING') return;
  await deps.deadline.set({ id: now.id, deadline: iso(deadlineOf(now, await deps.kernel.get(), deps.clock.now())) });
  await wake(deps, now);
};

/** A person pauses or resumes a run. A command that does not fit the run as it stands changes nothing, and is said in the log. */
export const control =
  (deps: ControlDeps) =>
  async (raw: BusEvent): Promise<void> => {
    const command = ExecutionControl.parse(raw.detail);
    const execution = await deps.executions.get(command.executionId);
    if (!execution || !isGoing(execution)) {
      say(deps.log, 'info', 'command.refused', { executionId: command.executionId, reason: 'it has ended, or never was' });
      return;
    }
    await (command.op === 'pause' ? pause : resume)(deps, execution, command);
  };
