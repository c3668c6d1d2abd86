import type { ApprovalRecord, Execution, StepCommand } from '../../shared/contracts/execution.ts';
import { lacking, rolesAsked, tellAnswer } from '../../shared/domain/answering.ts';
import { type ShownDeps, type Sight, shown } from '../../shared/domain/shown.ts';
import { type SituationDeps, situationOf } from '../../shared/domain/situation.ts';
import type { OwnBus } from '../../shared/lambda/bus.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { Tokens } from '../../shared/lambda/machines.ts';
import { isOpen, isOver } from '../../shared/stores/executions.ts';
import { workflowNamed } from '../../workflows/index.ts';
import { type RecordDeps, stepEntry } from './record.ts';

export interface AskDeps extends RecordDeps, ShownDeps, SituationDeps {
  bus: OwnBus;
  tokens: Tokens;
}

/** A question to be put. `within` is seconds; `about` is what it shows beside the situation, and stays the same while it stands. */
export interface Question
  extends Pick<ApprovalRecord, 'step' | 'kind' | 'round' | 'ask' | 'second' | 'question' | 'releases'>,
    Required<Pick<ApprovalRecord, 'token'>> {
  within: number;
  about: object;
}

/** Of an earlier question what still counts: the words of those who are still asked, on the same facts. */
const voicesKept = (before: ApprovalRecord | undefined, now: ApprovalRecord): ApprovalRecord['voices'] => {
  if (!before || !isOpen(before) || before.factsHash !== now.factsHash) return [];
  const roles = rolesAsked(now);
  return before.voices.filter(({ role }) => roles.includes(role));
};

/** An approval that was answered before this command came (it climbed, or was tried again, in that moment): what was said stands. */
const isAnswered = (before: ApprovalRecord, now: ApprovalRecord): boolean =>
  before.token === now.token ||
  (now.kind === 'approval' && before.round === now.round && (before.answer === 'refuse' || before.factsHash === now.factsHash));

/** The question as it is put now; `before` is what this step asked last. */
const recordOf = (
  deps: AskDeps,
  sight: Sight,
  { within, about, ...question }: Question,
  before: ApprovalRecord | undefined,
): ApprovalRecord => {
  const now = deps.clock.now();
  const record: ApprovalRecord = {
    ...question,
    ...shown(deps)(sight, { releases: question.releases, about: { ...about, round: question.round }, before: before?.facts }),
    voices: [],
    id: `${sight.execution.id}~${question.step}`,
    executionId: sight.execution.id,
    askedAt: iso(now),
    expiresAt: iso(now + within * 1000),
  };
  return { ...record, voices: voicesKept(before, record) };
};

const requested = (execution: Execution, now: ApprovalRecord, before: ApprovalRecord | undefined) => {
  const { id: approvalId, step, kind, ask, second, expiresAt, factsHash } = now;
  // The same question to the same role on the same facts, by a newer token, is no news.
  if (before && isOpen(before) && before.ask === ask && before.factsHash === factsHash) return [];
  const after = before && isOpen(before) && before.ask !== ask ? before.ask : undefined;
  const data = { approvalId, kind, ask, second, expiresAt, factsHash, lacking: lacking(now), after };
  return [stepEntry('approval.requested', execution, step, data)];
};

/**
 * Puts a question, or puts it on: to the next role, with a newer token, in a new round, or on facts that have changed. Delivered twice it
 * is put once, and what was answered is only said again. False where the run, or the question, changed meanwhile.
 */
const put = async (deps: AskDeps, execution: Execution, question: Question): Promise<boolean> => {
  const before = await deps.executions.asked(execution.id, question.step);
  const sight = { execution, situation: await situationOf(deps)(execution), workflow: workflowNamed(execution.workflow) };
  const now = recordOf(deps, sight, question, before);
  if (before?.answer && isAnswered(before, now)) {
    await tellAnswer(deps.tokens, { ...before, token: now.token });
    return true;
  }
  if (before && isOpen(before) && before.token === now.token) return true;
  const writes = [...deps.executions.ask(now, before), deps.executions.goesOn(execution)];
  return (await deps.journal.commit(execution.incidentId, requested(execution, now, before), writes)).ok;
};

/** Asks while the run goes on with this step; of what is over nobody is asked. */
export const whileItGoesOn = async (
  deps: AskDeps,
  { executionId, round }: Pick<Extract<StepCommand, { round: number }>, 'executionId' | 'round'>,
  step: string,
  question: (execution: Execution) => Promise<Question | undefined>,
): Promise<void> => {
  for (;;) {
    const execution = await deps.executions.get(executionId);
    if (!execution) throw new Error(`Execution ${executionId} is not stored`);
    if (isOver(execution, step, round)) return;
    const asked = await question(execution);
    if (!asked || (await put(deps, execution, asked))) return;
  }
};
