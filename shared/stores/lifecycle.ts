import { ApprovalRecord, Execution } from '../contracts/execution.ts';
import type { Situation } from '../contracts/situation.ts';
import type { WorkflowStatus } from '../contracts/vocabulary.ts';
import { type table, ttl, type Write } from './table.ts';

/** From which statuses each status may be entered. The conditions of the writes come from here, so races lose loudly. */
export const ENTERED_FROM: Record<WorkflowStatus, WorkflowStatus[]> = {
  // What waited for the engine, or for its turn, is about to start.
  PENDING: ['QUEUED'],
  QUEUED: ['PENDING'],
  RUNNING: ['PENDING', 'QUEUED', 'PAUSED'],
  PAUSED: ['RUNNING'],
  // A run that is paused when nothing is left to do has done everything; one that was put back while its machine started may have too.
  COMPLETED: ['PENDING', 'QUEUED', 'RUNNING', 'PAUSED'],
  FAILED: ['PENDING', 'QUEUED', 'RUNNING', 'PAUSED'],
  CANCELLED: ['PENDING', 'QUEUED', 'RUNNING', 'PAUSED'],
  TIMEOUT: ['PENDING', 'QUEUED', 'RUNNING', 'PAUSED'],
};

/** A start ends no pause: only whoever resumes a run does. */
const STARTED_FROM = ENTERED_FROM.RUNNING.filter((status) => status !== 'PAUSED');

/** The statuses that a run may have which enters this one by what happens to it. */
export const entersFrom = (status: WorkflowStatus): WorkflowStatus[] => (status === 'RUNNING' ? STARTED_FROM : ENTERED_FROM[status]);

export const ENDED: readonly WorkflowStatus[] = ['COMPLETED', 'FAILED', 'CANCELLED', 'TIMEOUT'];
export const GOING: WorkflowStatus[] = ['PENDING', 'QUEUED', 'RUNNING', 'PAUSED'];
export const UNPAUSED: WorkflowStatus[] = ['PENDING', 'QUEUED', 'RUNNING'];

/** Whether this run may still begin something, now or when it is resumed. */
export const isGoing = ({ status, ending }: Pick<Execution, 'status' | 'ending'>): boolean => GOING.includes(status) && !ending;

/** How long what is no longer needed is kept (ms). */
export const KEEP_MS = 400 * 24 * 3600 * 1000;

/** The partition of an execution: its head, its steps, its questions and what happened to it. */
export const pk = (id: string): string => `EXE#${id}`;

/** What people, later events and other runs do to a run: the part of the executions' store that is about its life. */
export const lifecycle = (executions: ReturnType<typeof table>) => ({
  /** Whether the end of this run, or of any, has still to be told. */
  isUntold: async (id: string): Promise<boolean> => (await executions.get('UNTOLD', id)) !== undefined,
  untold: async (): Promise<string[]> => (await executions.under('UNTOLD')).map((row) => String(row['sk'])),
  told: (id: string): Write => executions.remove('UNTOLD', id),

  /** PENDING → QUEUED: its start waits, and it is written down since when. */
  queue: (id: string, queuedAt: string): Write =>
    executions.change(pk(id), 'HEAD', { status: 'QUEUED', queuedAt }, { status: ENTERED_FROM.QUEUED, ending: [undefined] }),

  /** QUEUED → PENDING: its time begins now. */
  dequeue: (id: string, time: Pick<Execution, 'deadline' | 'enginePausedMs'>): Write =>
    executions.change(pk(id), 'HEAD', { status: 'PENDING', ...time }, { status: ENTERED_FROM.PENDING, ending: [undefined] }),

  /** Every run that has not ended, what waits to start among them. */
  underWay: async (): Promise<Execution[]> => {
    const ids = (await executions.under('ACTIVE')).map((row) => String(row['sk']));
    return (await executions.batchGet(ids.map((id) => ({ pk: pk(id), sk: 'HEAD' })))).map((item) => Execution.parse(item));
  },

  /** RUNNING → PAUSED: from now on nothing new is dispatched. `pausedBefore` is how long the engine had stood paused by then (ms). */
  pause: (id: string, at: string, pausedBefore: number): Write =>
    executions.change(
      pk(id),
      'HEAD',
      { status: 'PAUSED', pausedAt: at, pausedBefore },
      { status: ENTERED_FROM.PAUSED, ending: [undefined] },
    ),

  /** PAUSED → RUNNING, its deadline as much later as it was paused for. */
  resume: ({ id, pausedAt }: Execution, deadline: string): Write =>
    executions.change(
      pk(id),
      'HEAD',
      { status: 'RUNNING', pausedAt: undefined, pausedBefore: undefined, deadline },
      { status: ['PAUSED'], pausedAt: [pausedAt], ending: [undefined] },
    ),

  /** A person's command is taken once. */
  commanded: (id: string, requestId: string, now: number): Write =>
    executions.putNew({ pk: pk(id), sk: `COMMAND#${requestId}`, ttl: ttl(now + KEEP_MS) }),

  /** A step of a paused run waits, on the condition that the run is still paused; nobody is asked. */
  waitForResume: (execution: Execution, waiting: ApprovalRecord): Write[] => [
    executions.put({ pk: pk(execution.id), sk: `PAUSE#${waiting.step}`, ...waiting }),
    executions.check(pk(execution.id), 'HEAD', { status: ['PAUSED'], ending: [undefined] }),
  ],
  waitingForResume: async (id: string): Promise<ApprovalRecord[]> =>
    (await executions.under(pk(id), 'PAUSE#')).map((item) => ApprovalRecord.parse(item)),
  resumed: ({ executionId, step, token }: ApprovalRecord): Write =>
    executions.removeAs(pk(executionId), `PAUSE#${step}`, { token: [token] }),

  /** A later event's word on the situation is taken once, if nobody else's was taken since it was read. */
  update: (execution: Execution, situation: Situation, eventKey: string, now: number): Write[] => [
    executions.putNew({ pk: pk(execution.id), sk: `UPDATE#${eventKey}`, ttl: ttl(now + KEEP_MS) }),
    executions.change(pk(execution.id), 'HEAD', { situation }, { status: GOING, ending: [undefined], situation: [execution.situation] }),
  ],

  /** `from` begins its end as handed over, and `to` knows whom it took over from: both or neither. */
  handOver: (from: Execution, to: Execution, { at, cause }: { at: string; cause: string }): Write[] => [
    executions.change(
      pk(from.id),
      'HEAD',
      { ending: at, endingAs: 'CANCELLED', supersededBy: to.id, cause },
      { status: GOING, ending: [undefined] },
    ),
    executions.change(
      pk(to.id),
      'HEAD',
      { tookOver: [...to.tookOver, from.id] },
      { status: GOING, ending: [undefined], tookOver: [to.tookOver] },
    ),
  ],

  /** Holds a transaction to a run that has neither ended nor begun to. */
  isGoing: (id: string): Write => executions.check(pk(id), 'HEAD', { status: GOING, ending: [undefined] }),

  /** A yes that another run was given stands as this run's own answer, until its own question is put on other facts. */
  carry: (to: string, yes: ApprovalRecord): Write =>
    executions.putNew({ pk: pk(to), sk: `APPROVAL#${yes.step}`, ...yes, id: `${to}~${yes.step}`, executionId: to, token: undefined }),
});
