import type { ApprovalRecord, Release, StepRecord, Voice } from '../../shared/contracts/execution.ts';
import type { AssumedAnswer, SimulatedApproval } from '../../shared/contracts/simulation.ts';
import { questionOf } from '../../shared/domain/question.ts';
import { shown } from '../../shared/domain/shown.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { Ask, Hold } from './commands.ts';
import { type Answer, put, type Run, type Silence } from './run.ts';
import { ANSWER_MS } from './takes.ts';

/** What a step that waits for units is held under, and what it fails with. */
export const WAITING = 'SWOE.Waiting';
const SHORT = 'SWOE.ResourcesShort';

interface Question extends Omit<SimulatedApproval, 'atS' | 'answer'> {
  readonly round: number;
  readonly within: number;
  readonly releases: readonly Release[];
  /** What it shows beside the situation. */
  readonly about: object;
}

/** The question as the store would keep it: with what was shown, which the answer is bound to. */
const recordOf = (run: Run, { about, within, releases, ...question }: Question): ApprovalRecord => {
  const { execution, situation, workflow, clock } = run;
  const now = clock.now();
  return {
    ...question,
    ...shown(run)({ execution, situation, workflow }, { releases, about: { ...about, round: question.round } }),
    releases: [...releases],
    voices: [],
    id: `${execution.id}~${question.step}`,
    executionId: execution.id,
    askedAt: iso(now),
    expiresAt: iso(now + within * 1000),
  };
};

/** The persons that are assumed to say yes: one for each role that is asked, two where both are of one role. */
const voicesOf = ({ ask, second }: Question, at: string): Voice[] => {
  const voice = (role: Voice['role'], by: string): Voice => ({ by, role, answer: 'approve', reason: 'assumed', at });
  return [voice(ask, `assumed-${ask}`), ...(second ? [voice(second, `assumed-${second === ask ? 'second-' : ''}${second}`)] : [])];
};

/** A yes to a step that had failed tries it again; where it fails as before, whoever is asked once more is assumed to leave it. */
const assumedAnswer = ({ assumptions, approvals, asked }: Run, { step, kind, question, round }: Question): AssumedAnswer => {
  const answer = assumptions.answerTo(step);
  const inVain =
    asked.get(step)?.round === round && approvals.some((one) => one.step === step && one.question === question && one.answer === answer);
  return kind === 'hold' && answer === 'approve' && inVain ? 'refuse' : answer;
};

/** Puts a question and gives what is assumed to be answered; a yes holds on the facts that were shown. */
const pose = (run: Run, question: Question): Answer | Silence => {
  const { step, kind, ask, second, question: text } = question;
  const { tale, counts, asked, clock } = run;
  const answer = assumedAnswer(run, question);
  const who = [ask, ...(second ? [second] : [])].join(' and ');
  const record = recordOf(run, question);
  asked.set(step, record);
  run.approvals.push({ atS: tale.seconds(), step, kind, ask, ...(second ? { second } : {}), question: text, answer });
  tale.tell({ kind: 'approval.requested', step, who, note: text });
  if (answer === 'silent') return undefined;
  const happen: Answer['happen'] = () => {
    const voices = answer === 'approve' ? voicesOf(question, iso(clock.now())) : [];
    counts.events += Math.max(1, voices.length);
    counts.invocations += Math.max(1, voices.length);
    asked.set(step, { ...record, answer, voices });
    tale.tell({ kind: 'approval.answered', step, who, note: answer });
    return answer === 'approve' ? { output: { answer } } : { error: 'SWOE.Refused', cause: `Refused by a ${ask}` };
  };
  return { afterMs: ANSWER_MS, happen };
};

/** The workflow asks a person, or two. */
export const ask =
  (run: Run) =>
  ({ approval: { name: step, second, question, within }, ask: role, round, releases }: Ask): Answer | Silence =>
    pose(run, { step, kind: 'approval', ask: role, ...(second ? { second } : {}), question, round, within, releases, about: {} });

/** A step that was asked for and never answered is called off before a person is asked, for a yes asks for it anew. */
const callOff = ({ counts, tale }: Run, { step, action, subsystem, status, undo }: StepRecord): void => {
  if (status !== 'DISPATCHED' || subsystem === 'swoe' || undo !== 'auto') return;
  counts.events += 1;
  tale.tell({ kind: 'action.cancelled', step, action, ...(subsystem ? { who: subsystem } : {}) });
};

/** The step waits, and its record says so. */
const markHeld = (run: Run, { step, error }: Hold, record: StepRecord | undefined): void => {
  if (!record || record.status === 'HELD') return;
  callOff(run, record);
  put(run, record, { status: 'HELD' });
  run.tale.tell({ kind: 'step.held', step: step.name, action: step.action, ...(error.Error ? { error: error.Error } : {}) });
};

/** Nobody else's units come free in a simulation, so a step that waits for some waits in vain. */
const inLine = (run: Run, { step, within, error }: Hold): Answer => ({
  afterMs: within * 1000,
  happen: () => {
    const cause = `waited ${within} s: ${error.Cause ?? 'too few units'}`;
    const record = run.records.get(step.name);
    if (record) put(run, record, { status: 'FAILED', error: SHORT, cause });
    run.tale.tell({ kind: 'step.failed', step: step.name, action: step.action, error: SHORT, note: cause });
    return { error: SHORT, cause };
  },
});

/** A step that cannot go on by itself waits for a person: go on, which tries it again, or leave it. */
export const hold =
  (run: Run) =>
  (command: Hold): Answer | Silence => {
    const { step, ask: role, round, within, error } = command;
    if (error.Error === WAITING) return inLine(run, command);
    const record = run.records.get(step.name);
    markHeld(run, command, record);
    const held = error.Error === 'SWOE.Held' ? record?.held : undefined;
    return pose(run, {
      step: step.name,
      kind: 'hold',
      round,
      ask: held?.ask ?? role,
      ...(held?.second ? { second: held.second } : {}),
      question: questionOf(step, held, error.Cause ?? error.Error ?? 'no reason given'),
      within,
      releases: [{ step: step.name, action: step.action, with: record?.arguments ?? {} }],
      about: { warnings: held?.warnings.map(({ id }) => id) ?? [], voided: held?.voided ?? [] },
    });
  };
