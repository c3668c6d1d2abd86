import type { JournalEntry } from '../../../shared/contracts/journal.ts';
import type { Observation } from '../observe.ts';

const END = /^workflow\.(completed|failed|cancelled|timed-out)$/;

/** What Step Functions may say where our table says this: a run may be stopped at the very end, its last answer may be lost, and what never started is not there. */
const AGREES: Readonly<Record<string, readonly (string | undefined)[]>> = {
  COMPLETED: ['SUCCEEDED', 'FAILED', 'ABORTED', 'TIMED_OUT'],
  FAILED: ['FAILED', 'SUCCEEDED', 'ABORTED', 'TIMED_OUT'],
  // What was taken over or called off may have come to its machine's end in that very moment, or never to its start.
  CANCELLED: ['ABORTED', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', undefined],
  TIMEOUT: ['TIMED_OUT', 'ABORTED', undefined],
};

/** Every execution has ended, once, here and at Step Functions, and nothing is listed as open. */
export const noExecutionIsStuck = ({ executions, machines, open, journal, approvals }: Observation): string[] => {
  const ends = journal.filter(({ kind }) => END.test(kind));
  return [
    ...executions.flatMap(({ id, status }) => {
      const said = ends.filter(({ executionId }) => executionId === id);
      if (said.length !== 1) return [`${id} is ${status} and was said to have ended ${said.length} times`];
      return AGREES[status]?.includes(machines.get(id)) ? [] : [`${id} is ${status}, at Step Functions ${machines.get(id) ?? 'unknown'}`];
    }),
    ...[...machines].flatMap(([name, status]) => (status === 'RUNNING' ? [`${name} still runs at Step Functions`] : [])),
    ...open.map(({ pk, sk }) => `${sk} is still listed under ${pk}`),
    ...approvals.flatMap(({ id, answer, token }) => (!answer && token ? [`the question ${id} still waits`] : [])),
  ];
};

/** A step is completed, undone and missed at most once, and on a completed run none is left in the middle. */
export const stepsEndOnce = ({ executions, steps, journal }: Observation): string[] => {
  const said = new Map<string, number>();
  for (const { kind, executionId, data } of journal)
    if (kind === 'step.completed' || kind === 'step.undone' || kind === 'step.missed') {
      const key = `${executionId}/${data['step']} ${kind}`;
      said.set(key, (said.get(key) ?? 0) + 1);
    }
  const completed = new Set(executions.filter(({ status }) => status === 'COMPLETED').map(({ id }) => id));
  return [
    ...[...said].flatMap(([key, times]) => (times > 1 ? [`${key} was said ${times} times`] : [])),
    ...steps.flatMap(({ executionId, step, status }) =>
      completed.has(executionId) && (status === 'RUNNING' || status === 'DISPATCHED')
        ? [`${executionId} is COMPLETED and its ${step} is ${status}`]
        : [],
    ),
  ];
};

const CLOSED: ReadonlySet<JournalEntry['kind']> = new Set(['approval.answered', 'approval.expired']);

/** A question is answered, or has run out, once for each time it was asked; and only what stands open is seconded or put on new facts. */
export const everyQuestionEndsOnce = ({ journal }: Observation): string[] => {
  const own = journal.filter(({ kind }) => kind.startsWith('approval.') && kind !== 'approval.taken-over').sort((a, b) => a.seq - b.seq);
  const open = new Set<unknown>();
  return own.flatMap(({ kind, data: { approvalId } }) => {
    const stood = open.has(approvalId);
    if (kind === 'approval.requested') open.add(approvalId);
    if (CLOSED.has(kind)) open.delete(approvalId);
    return kind === 'approval.requested' || stood ? [] : [`${kind} of ${approvalId}, which was not open`];
  });
};

/** An heir is given, once, a yes that people said to the run before it (or that this one was given in turn), on the facts they said it to. */
export const onlyAYesIsTakenOver = ({ journal }: Observation): string[] => {
  const yes = (executionId: unknown, { step, factsHash }: JournalEntry['data']): string => `${executionId}~${step} on ${factsHash}`;
  const taken = journal.filter(({ kind }) => kind === 'approval.taken-over');
  const given = taken.map(({ executionId, data }) => yes(executionId, data));
  const said = journal.flatMap(({ kind, executionId, data }) =>
    kind === 'approval.answered' && data['answer'] === 'approve' ? [yes(executionId, data)] : [],
  );
  const known = new Set([...said, ...given]);
  return [
    ...taken.flatMap(({ executionId, data }) =>
      known.has(yes(data['from'], data)) ? [] : [`${executionId} took over a yes that nobody said: ${yes(data['from'], data)}`],
    ),
    ...given.filter((one, n) => given.indexOf(one) !== n).map((one) => `${one} was taken over twice`),
  ];
};

/** Every step has a clock of its own, and together they take less than the run may: the deadline is for what nobody foresaw. */
export const noRunMeetsItsDeadline = ({ executions }: Observation): string[] =>
  executions.flatMap(({ id, status, cause }) => (status === 'TIMEOUT' ? [`${id} was ended at its deadline: ${cause}`] : []));

const STARTS = new Set<JournalEntry['kind']>(['step.started', 'action.requested', 'resource.allocated']);

/** Once a run has ended it begins nothing, asks for nothing and takes no unit. */
export const nothingBeginsAfterTheEnd = ({ journal }: Observation): string[] => {
  const ended = new Map(journal.filter(({ kind }) => END.test(kind)).map(({ executionId, stream, seq }) => [executionId, { stream, seq }]));
  return journal.flatMap(({ kind, executionId, stream, seq, data }) => {
    const end = STARTS.has(kind) ? ended.get(executionId) : undefined;
    return end && end.stream === stream && seq > end.seq ? [`${executionId} had ended when ${kind} was written (${data['step']})`] : [];
  });
};

const ASKS = new Set<JournalEntry['kind']>(['step.started', 'action.requested', 'resource.allocated', 'step.completed']);

/** Between a pause and the resume nothing new is begun, asked for or taken; what SWOE does itself is neither. What was under way may end. */
export const pausedRunsBeginNothing = ({ journal, steps }: Observation): string[] => {
  const inside = new Set(steps.filter(({ subsystem }) => subsystem === 'swoe').map(({ executionId, step }) => `${executionId}/${step}`));
  const paused = new Set<unknown>();
  const complaints: string[] = [];
  for (const { kind, executionId, data } of [...journal].sort((a, b) =>
    a.stream === b.stream ? a.seq - b.seq : a.stream < b.stream ? -1 : 1,
  )) {
    if (kind === 'workflow.paused') paused.add(executionId);
    if (kind === 'workflow.resumed' || kind === 'workflow.ending') paused.delete(executionId);
    const begins = kind !== 'step.completed' || inside.has(`${executionId}/${data['step']}`);
    if (ASKS.has(kind) && begins && paused.has(executionId))
      complaints.push(`${executionId} was paused when ${kind} was written (${data['step']})`);
  }
  return complaints;
};

/** A run that gave way named its heir, ended as CANCELLED, and the heir knows of it. */
export const handOversAreKnown = ({ executions }: Observation): string[] => {
  const byId = new Map(executions.map((execution) => [execution.id, execution]));
  return executions.flatMap(({ id, status, supersededBy, tookOver = [] }) => [
    ...(supersededBy && status !== 'CANCELLED' ? [`${id} gave way to ${supersededBy} and is ${status}`] : []),
    ...(supersededBy && !byId.get(supersededBy)?.tookOver.includes(id)
      ? [`${supersededBy} does not know that it took over from ${id}`]
      : []),
    ...tookOver.filter((from) => byId.get(from)?.supersededBy !== id).map((from) => `${id} took over from ${from}, which does not know`),
  ]);
};
