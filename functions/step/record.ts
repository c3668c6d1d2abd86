import type { Execution, StepCommand, StepRecord } from '../../shared/contracts/execution.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { Clock } from '../../shared/lambda/runtime.ts';
import type { ExecutionsStore } from '../../shared/stores/executions.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';

export type Perform = Extract<StepCommand, { op: 'perform' }>;

export interface RecordDeps {
  executions: ExecutionsStore;
  journal: JournalStore;
  clock: Clock;
}

/** Stable over deliveries of one attempt, so a subsystem does it once. */
export const actionIdOf = (executionId: string, step: string, attempt: number): string => `${executionId}/${step}/${attempt}`;

export const stepEntry = (kind: Entry['kind'], execution: Execution, step: string, data: object, actor = 'system/step'): Entry => ({
  kind,
  actor,
  incidentId: execution.incidentId,
  executionId: execution.id,
  data: { step, workflow: execution.workflow, ...data },
});

const fresh = (command: Perform, attempt: number, subsystem: string, now: number): StepRecord => ({
  executionId: command.executionId,
  step: command.step.name,
  action: command.step.action,
  actionId: actionIdOf(command.executionId, command.step.name, attempt),
  status: 'RUNNING',
  ordinal: command.ordinal,
  attempt,
  undo: command.step.undo,
  subsystem,
  token: command.token,
  units: [],
  startedAt: iso(now),
});

/**
 * The step as it stands when its command arrives: begun now, begun again after a failure (the next attempt), or the same
 * attempt delivered once more with a new token (then only the token is taken over).
 */
export const begin =
  ({ executions, journal, clock }: RecordDeps) =>
  async (command: Perform, execution: Execution, subsystem: string): Promise<StepRecord> => {
    const { name, action } = command.step;
    const before = await executions.step(command.executionId, name);
    if (before && (before.status === 'RUNNING' || before.status === 'DISPATCHED')) {
      await journal.commit(execution.incidentId, [], [executions.enterStep(execution.id, name, before.status, { token: command.token })]);
      return { ...before, token: command.token };
    }
    const record = fresh(command, before ? before.attempt + 1 : 0, subsystem, clock.now());
    const done = await journal.commit(
      execution.incidentId,
      [stepEntry('step.started', execution, name, { action, attempt: record.attempt })],
      [
        before
          ? executions.enterStep(execution.id, name, 'RUNNING', { ...record, error: undefined, cause: undefined, endedAt: undefined })
          : executions.begin(record),
      ],
    );
    return done.ok ? record : begin({ executions, journal, clock })(command, execution, subsystem);
  };
