import type { StepRecord } from '../../shared/contracts/execution.ts';
import type { SimulatedApproval } from '../../shared/contracts/simulation.ts';
import type { Ask, Hold } from './commands.ts';
import { type Answer, put, type Run, type Silence } from './run.ts';
import { ANSWER_MS } from './takes.ts';

type Question = Omit<SimulatedApproval, 'atS' | 'answer'>;

/** The persons that are assumed to answer: one for each role that is asked, two where both are of one role. */
const personsOf = ({ ask, second }: Question): string[] => {
  if (!second) return [`assumed-${ask}`];
  return [`assumed-${ask}`, second === ask ? `assumed-second-${second}` : `assumed-${second}`];
};

/** Puts a question and gives what is assumed to be answered; a yes covers what stands behind it. */
const pose = (run: Run, question: Question): Answer | Silence => {
  const { step, ask, second } = question;
  const { assumptions, tale, counts, allowed } = run;
  const answer = assumptions.answerTo(step);
  const who = [ask, ...(second ? [second] : [])].join(' and ');
  run.approvals.push({ atS: tale.seconds(), ...question, answer });
  tale.tell({ kind: 'approval.requested', step, who, note: question.question });
  if (answer === 'silent') return undefined;
  const happen: Answer['happen'] = () => {
    const voices = second && answer === 'approve' ? 2 : 1;
    counts.events += voices;
    counts.invocations += voices;
    tale.tell({ kind: 'approval.answered', step, who, note: answer });
    if (answer === 'refuse') return { error: 'SWOE.Refused', cause: `Refused by a ${ask}` };
    allowed.set(step, { step, roles: second ? [ask, second] : [ask], persons: personsOf(question) });
    return { output: { answer } };
  };
  return { afterMs: ANSWER_MS, happen };
};

/** The workflow asks a person, or two. */
export const ask =
  (run: Run) =>
  ({ approval: { name: step, second, question }, ask: role }: Ask): Answer | Silence =>
    pose(run, { step, kind: 'approval', ask: role, ...(second ? { second } : {}), question });

/** A step that was asked for and never answered is called off before a person is asked, for a yes asks for it anew. */
const callOff = ({ counts, tale }: Run, { step, action, subsystem, status }: StepRecord): void => {
  if (status !== 'DISPATCHED' || subsystem === 'swoe') return;
  counts.events += 1;
  tale.tell({ kind: 'action.cancelled', step, action, ...(subsystem ? { who: subsystem } : {}) });
};

/** A step that cannot go on by itself waits for a person: go on, which tries it again, or leave it. */
export const hold =
  (run: Run) =>
  ({ step, ask: role, error }: Hold): Answer | Silence => {
    const record = run.records.get(step.name);
    if (record && record.status !== 'HELD') {
      callOff(run, record);
      put(run, record, { status: 'HELD' });
      run.tale.tell({ kind: 'step.held', step: step.name, action: step.action, ...(error.Error ? { error: error.Error } : {}) });
    }
    const question = `${step.name} (${step.action}) is held: ${error.Cause ?? error.Error ?? 'no reason given'} Go on?`;
    return pose(run, { step: step.name, kind: 'hold', ask: role, question });
  };
