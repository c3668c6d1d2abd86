import type { Execution, StepCommand, StepRecord } from '../../shared/contracts/execution.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import type { Kernel } from '../../shared/contracts/kernel.ts';
import type { Breaker } from '../../shared/contracts/subsystem.ts';
import { situationNow } from '../../shared/domain/situation-now.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { Clock } from '../../shared/lambda/runtime.ts';
import type { ExecutionsStore } from '../../shared/stores/executions.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';
import type { KernelStore } from '../../shared/stores/kernel.ts';
import type { Write } from '../../shared/stores/table.ts';

export type Perform = Extract<StepCommand, { op: 'perform' }>;

export interface RecordDeps {
  executions: ExecutionsStore;
  journal: JournalStore;
  kernel: Pick<KernelStore, 'get' | 'before' | 'stands' | 'wait' | 'breaker' | 'turnBreaker'>;
  clock: Clock;
}

/** A step whose command has arrived: its record to be, and the one that stands, if any. Nothing is written until it is known what becomes of it. */
export interface Attempt {
  execution: Execution;
  command: Perform;
  before: StepRecord | undefined;
  record: StepRecord;
  /** The engine as it stood when the command was looked at. */
  engine: Kernel;
  /** That of the subsystem that is to be asked; of what SWOE does itself there is none. */
  breaker: Breaker | undefined;
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

/** The one under way, delivered once more; a dispatched step of an older round is over, whatever became of it. */
export const isUnderWay = ({ before, command }: Pick<Attempt, 'before' | 'command'>): boolean =>
  before?.status === 'DISPATCHED' && before.round === command.round;

/** The attempt a command stands for: the one under way, delivered once more with a newer token, or the next one. Pure. */
export const attemptOf = (
  { execution, command, before, engine, breaker }: Omit<Attempt, 'record'>,
  subsystem: string,
  now: number,
): Attempt => {
  const known = { execution, command, before, engine, breaker };
  if (before && isUnderWay(known)) return { ...known, record: { ...before, token: command.token } };
  const attempt = before ? before.attempt + 1 : 0;
  const { step, executionId, ordinal, token } = command;
  const { location, priority } = situationNow(execution);
  const record: StepRecord = {
    executionId,
    incidentId: execution.incidentId,
    step: step.name,
    action: step.action,
    actionId: actionIdOf(executionId, step.name, attempt),
    status: 'RUNNING',
    ordinal,
    attempt,
    round: command.round,
    undo: step.undo,
    subsystem,
    token,
    location,
    priority,
    units: [],
    ...(Object.keys(step.needs).length > 0 ? { needs: step.needs, requires: step.requires, prefers: step.prefers } : {}),
    asked: before?.asked,
    told: undefined,
    arguments: command.arguments,
    startedAt: iso(now),
  };
  return { ...known, record };
};

/** The journal, or what stands in for it. */
interface Commits {
  commit(subject: string, entries: Entry[], writes: Write[]): Promise<{ ok: boolean }>;
}

/**
 * What becomes of an attempt, written once with all its entries, on the condition that the step still stands as it was
 * read, the run still goes on and the engine stands as it did. False where another delivery, the end or an operator was faster: then the
 * command is looked at anew.
 */
export const conclude =
  ({ executions, journal, kernel }: Pick<RecordDeps, 'executions' | 'kernel'> & { journal: Commits }) =>
  async (attempt: Attempt, entries: Entry[], now: Partial<StepRecord>, more: Write[] = []): Promise<boolean> => {
    const { execution, before, record, engine } = attempt;
    const { step, action, attempt: nth, round } = record;
    const begun = isUnderWay(attempt)
      ? []
      : [stepEntry('step.started', execution, step, { action, attempt: nth, ...(round > 0 ? { round } : {}) })];
    // What is under way goes on, whatever became of the engine meanwhile.
    const gate = isUnderWay(attempt) ? [] : [kernel.stands(engine, execution.incidentId)];
    const writes = [executions.writeStep({ ...record, ...now }, before), executions.goesOn(execution), ...gate, ...more];
    const done = await journal.commit(execution.incidentId, [...begun, ...entries], writes);
    return done.ok;
  };
