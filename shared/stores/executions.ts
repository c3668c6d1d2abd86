import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ApprovalRecord, Execution, type MatchOutcome, StepRecord, type StepStatus, TriggerMatch } from '../contracts/execution.ts';
import type { WorkflowStatus } from '../contracts/vocabulary.ts';
import { corrections } from './corrections.ts';
import { findings } from './findings.ts';
import { ENDED, entersFrom, GOING, KEEP_MS, lifecycle, pk, UNPAUSED } from './lifecycle.ts';
import { type Item, type Paged, table, ttl, type Write } from './table.ts';

export { ENDED } from './lifecycle.ts';

/** RUNNING and DISPATCHED are entered by `writeStep`, on the condition that the step stands as it was read. */
type Entered = Exclude<StepStatus, 'RUNNING' | 'DISPATCHED'>;
const STEP_ENTERED_FROM: Record<Entered, StepStatus[]> = {
  HELD: ['RUNNING', 'DISPATCHED', 'FAILED', 'REFUSED', 'TIMED_OUT'],
  COMPLETED: ['RUNNING', 'DISPATCHED'],
  FAILED: ['RUNNING', 'DISPATCHED', 'HELD'],
  REFUSED: ['RUNNING', 'HELD'],
  TIMED_OUT: ['RUNNING', 'DISPATCHED', 'HELD'],
  UNDONE: ['COMPLETED', 'DISPATCHED'],
};

/** Why a step of this run may not begin any more, or undefined: the run is over, ends, or went on without it in this round or a later one. */
export const isOver = ({ status, ending, missing }: Execution, step: string, round = 0): string | undefined => {
  if (ENDED.includes(status)) return `The execution is ${status}`;
  if (ending) return 'The execution is ending';
  const gone = missing.some((one) => one.step === step && (one.round ?? 0) >= round);
  return gone ? `The execution went on without ${step}` : undefined;
};

/** A question that waits for its answer: neither answered nor run out. */
export const isOpen = ({ answer, token }: ApprovalRecord): boolean => answer === undefined && token !== undefined;

const matchPk = (eventKey: string): string => `MATCH#${eventKey}`;

export const executionsStore = (client: DynamoDBDocumentClient, name: string) => {
  const executions = table(client, name);
  const delist = (approval: ApprovalRecord): Write => executions.removeExisting('APPROVALS', approval.id);
  /** A question as it was read: who speaks or asks meanwhile makes a write fail on it. */
  const changeAsked = (was: ApprovalRecord, set: Item): Write =>
    executions.change(pk(was.executionId), `APPROVAL#${was.step}`, set, {
      token: [was.token],
      answer: [was.answer],
      factsHash: [was.factsHash],
      voices: [was.voices],
    });
  const parse = <T>(schema: { parse(value: unknown): T }, item: Item | undefined): T | undefined => item && schema.parse(item);

  const born = (execution: Execution, matchOf: string): Write[] => {
    const { id, createdAt, deadline } = execution;
    const listed = { day: createdAt.slice(0, 10), order: `${createdAt}#${id}` };
    return [
      executions.putNew({ pk: pk(id), sk: 'HEAD', ...execution, ...listed }),
      executions.put({ pk: 'ACTIVE', sk: id, deadline, createdAt, matchOf }),
    ];
  };

  return {
    ...lifecycle(executions),
    ...findings(executions),
    ...corrections(executions),

    get: async (id: string): Promise<Execution | undefined> => parse(Execution, await executions.get(pk(id), 'HEAD')),

    steps: async (id: string): Promise<StepRecord[]> =>
      (await executions.under(pk(id), 'STEP#')).map((item) => StepRecord.parse(item)).sort((a, b) => a.ordinal - b.ordinal),

    /** An execution and one of its steps as they stand, in one read. */
    standing: async (id: string, step: string): Promise<{ execution?: Execution | undefined; record?: StepRecord | undefined }> => {
      const items = await executions.batchGet([
        { pk: pk(id), sk: 'HEAD' },
        { pk: pk(id), sk: `STEP#${step}` },
      ]);
      return {
        execution: parse(
          Execution,
          items.find(({ sk }) => sk === 'HEAD'),
        ),
        record: parse(
          StepRecord,
          items.find(({ sk }) => sk !== 'HEAD'),
        ),
      };
    },

    step: async (id: string, step: string): Promise<StepRecord | undefined> =>
      parse(StepRecord, await executions.get(pk(id), `STEP#${step}`)),

    /** Executions of one workflow on any of these incidents. */
    onIncidents: async (workflow: string, incidentIds: string[]): Promise<string[]> => {
      const rows = await executions.batchGet(incidentIds.map((id) => ({ pk: `INC#${id}`, sk: workflow })));
      return rows.map((row) => String(row['executionId']));
    },

    /** The newest run of each workflow on any of these incidents. */
    runsOn: async (incidentIds: string[]): Promise<Execution[]> => {
      const rows = (await Promise.all(incidentIds.map((id) => executions.under(`INC#${id}`)))).flat();
      const heads = await executions.batchGet(rows.map((row) => ({ pk: pk(String(row['executionId'])), sk: 'HEAD' })));
      return heads.map((head) => Execution.parse(head));
    },

    /** Runs that began on one UTC day (`2026-11-22`), newest first. */
    ofDay: async (day: string, page: { limit: number; cursor?: string }): Promise<Paged<Execution>> => {
      const { items, next } = await executions.page(day, { index: { name: 'byDay', pk: 'day' }, ...page });
      return { items: items.map((item) => Execution.parse(item)), next };
    },

    /** Ids of every execution that has not ended. */
    active: async (): Promise<{ id: string; deadline: string; createdAt: string }[]> =>
      (await executions.under('ACTIVE')).map((row) => ({
        id: String(row['sk']),
        deadline: String(row['deadline']),
        createdAt: String(row['createdAt']),
      })),

    match: async (eventKey: string, workflow: string): Promise<TriggerMatch | undefined> =>
      parse(TriggerMatch, await executions.get(matchPk(eventKey), workflow)),

    /** Every match of an event. */
    matchesOf: async (eventKey: string): Promise<TriggerMatch[]> =>
      (await executions.under(matchPk(eventKey))).map((item) => TriggerMatch.parse(item)),

    /** A match is written once per (event, workflow). */
    matched: (match: TriggerMatch): Write =>
      executions.putNew({ pk: matchPk(match.eventKey), sk: match.workflow, ...match, ttl: ttl(Date.parse(match.at) + KEEP_MS) }),

    /** A match comes to its end, or waits, or waits no longer. */
    settleMatch: (eventKey: string, workflow: string, outcome: MatchOutcome, from: MatchOutcome = 'pending'): Write =>
      executions.change(matchPk(eventKey), workflow, { outcome }, { outcome: [from] }),

    /** The frozen input, the one row per (workflow, incident) that makes a second start impossible, and the row that says it is under way. */
    create: (execution: Execution, matchOf: string): Write[] => [
      ...born(execution, matchOf),
      executions.putNew({ pk: `INC#${execution.incidentId}`, sk: execution.workflow, executionId: execution.id }),
    ],

    /** The same for a run that takes up an ended one, which must be the newest of its workflow on its incident. */
    redrive: (execution: Execution, ended: Execution, matchOf: string): Write[] => [
      ...born(execution, matchOf),
      executions.change(`INC#${ended.incidentId}`, ended.workflow, { executionId: execution.id }, { executionId: [ended.id] }),
      executions.check(pk(ended.id), 'HEAD', { status: [...ENDED] }),
    ],

    /** The event whose match is still pending for this execution, where it is. */
    activeMatch: async (id: string): Promise<string | undefined> => (await executions.get('ACTIVE', id))?.['matchOf'] as string | undefined,

    /** An end is kept under `UNTOLD` until the bus has taken the word of it. */
    enter: (id: string, status: WorkflowStatus, set: Partial<Execution> = {}): Write[] => [
      executions.change(
        pk(id),
        'HEAD',
        { ...set, status },
        { status: entersFrom(status), ...(ENDED.includes(status) ? {} : { ending: [undefined] }) },
      ),
      ...(ENDED.includes(status) ? [executions.remove('ACTIVE', id), executions.put({ pk: 'UNTOLD', sk: id })] : []),
    ],

    /** From now on no step begins: `goesOn` holds no more. Who begins the end says how it ends. */
    beginEnd: (id: string, end: Required<Pick<Execution, 'ending' | 'endingAs' | 'cause'>>): Write =>
      executions.change(pk(id), 'HEAD', end, { status: GOING, ending: [undefined] }),

    /** What a step writes it writes only while the run goes on as it was read: not paused or resumed since, not gone on without a step, its situation no other. */
    goesOn: ({ id, status, missing, situation }: Execution): Write =>
      executions.check(pk(id), 'HEAD', {
        status: status === 'PAUSED' ? ['PAUSED'] : UNPAUSED,
        ending: [undefined],
        missing: [missing],
        situation: [situation],
      }),

    /** What is missing from the run grows; `before` is the list as it was read. */
    miss: (execution: Execution, missing: Execution['missing']): Write =>
      executions.change(pk(execution.id), 'HEAD', { degraded: true, missing }, { missing: [execution.missing] }),

    /** A step as it now stands, if it still stands as it was read (not at all, or at this status and attempt). */
    writeStep: (step: StepRecord, before: StepRecord | undefined): Write => {
      const key = { pk: pk(step.executionId), sk: `STEP#${step.step}` };
      if (!before) return executions.putNew({ ...key, ...step });
      const forgotten = { error: undefined, cause: undefined, endedAt: undefined, result: undefined, held: undefined };
      return executions.change(key.pk, key.sk, { ...forgotten, ...step }, { status: [before.status], attempt: [before.attempt] });
    },

    enterStep: (id: string, step: string, status: Entered, set: Partial<StepRecord> = {}): Write =>
      executions.change(pk(id), `STEP#${step}`, { ...set, status }, { status: STEP_ENTERED_FROM[status] }),

    /** A step is undone as it was read: one that completes meanwhile is looked at anew. */
    undoStep: ({ executionId, step, status, attempt }: StepRecord): Write =>
      executions.change(pk(executionId), `STEP#${step}`, { status: 'UNDONE' }, { status: [status], attempt: [attempt] }),

    /** A reply is taken once per delivery of the bus. */
    replied: (id: string, busId: string, now: number): Write =>
      executions.putNew({ pk: pk(id), sk: `REPLY#${busId}`, ttl: ttl(now + KEEP_MS) }),

    /** Asks; over an earlier question of the same step only where that still stands as it was read. */
    ask: (approval: ApprovalRecord, before?: ApprovalRecord): Write[] => {
      const forgotten = { answer: undefined, by: undefined, reason: undefined, second: undefined };
      return [
        before
          ? changeAsked(before, { ...forgotten, ...approval })
          : executions.putNew({ pk: pk(approval.executionId), sk: `APPROVAL#${approval.step}`, ...approval }),
        executions.put({ pk: 'APPROVALS', sk: approval.id, executionId: approval.executionId, step: approval.step }),
      ];
    },

    /** What changes of an open question: a voice more, or facts that are others now. */
    amend: changeAsked,

    /** Closes an open question with its answer, once, and as it was read. */
    answer: (asked: ApprovalRecord, set: Required<Pick<ApprovalRecord, 'answer' | 'by' | 'reason' | 'voices'>>): Write[] => [
      delist(asked),
      changeAsked(asked, set),
    ],

    /** Closes an open question that nobody answered, whoever spoke or asked meanwhile. */
    close: (approval: ApprovalRecord, set: Partial<ApprovalRecord>): Write[] => [
      delist(approval),
      executions.change(pk(approval.executionId), `APPROVAL#${approval.step}`, set, { id: [approval.id] }),
    ],

    approval: async (id: string): Promise<ApprovalRecord | undefined> => {
      const row = await executions.get('APPROVALS', id);
      if (!row) return undefined;
      return parse(ApprovalRecord, await executions.get(pk(String(row['executionId'])), `APPROVAL#${String(row['step'])}`));
    },

    /** The question a step asked last, open or answered. */
    asked: async (id: string, step: string): Promise<ApprovalRecord | undefined> =>
      parse(ApprovalRecord, await executions.get(pk(id), `APPROVAL#${step}`)),

    /** Every question of one execution, open or answered. */
    approvalsOf: async (id: string): Promise<ApprovalRecord[]> =>
      (await executions.under(pk(id), 'APPROVAL#')).map((item) => ApprovalRecord.parse(item)),

    openApprovals: async (): Promise<ApprovalRecord[]> => {
      const rows = await executions.under('APPROVALS');
      const items = await executions.batchGet(
        rows.map((row) => ({ pk: pk(String(row['executionId'])), sk: `APPROVAL#${String(row['step'])}` })),
      );
      return items.map((item) => ApprovalRecord.parse(item));
    },
  };
};

export type ExecutionsStore = ReturnType<typeof executionsStore>;
