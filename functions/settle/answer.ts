import * as z from 'zod';
import { ApprovalAnswer, type ApprovalRecord, type Execution, type Voice } from '../../shared/contracts/execution.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import { Role } from '../../shared/contracts/vocabulary.ts';
import { lacking, tellAnswer } from '../../shared/domain/answering.ts';
import type { Scopes } from '../../shared/domain/joint/scope.ts';
import { sittingOf } from '../../shared/domain/joint/seat.ts';
import { sightOf, type WordDeps, weigh } from '../../shared/domain/word.ts';
import type { BusEvent } from '../../shared/lambda/doors.ts';
import { say } from '../../shared/lambda/log.ts';
import { workflowNamed } from '../../workflows/index.ts';
import type { ReplyDeps } from './reply.ts';
import { voidOld } from './void.ts';

export interface AnswerDeps extends Omit<ReplyDeps, 'bury'>, WordDeps {
  /** What joint operations open; asked where somebody of another agency answers. */
  scopes: Scopes;
}

/** The detail of `approval.answered`: who said what, on which facts; `joint`, where it was somebody of another agency, from a seat in whose unified command. */
export const ApprovalAnswered = ApprovalAnswer.extend({
  approvalId: z.string(),
  by: z.string(),
  role: Role,
  at: z.iso.datetime(),
  joint: z.object({ operationId: z.string(), agency: z.string() }).optional(),
});
export type ApprovalAnswered = z.infer<typeof ApprovalAnswered>;

const isSame = (voice: Voice, { by, at, answer }: ApprovalAnswered): boolean =>
  voice.by === by && voice.at === at && voice.answer === answer;

/** A word on a question that is closed: where it is one that was counted, only the state machine may not have heard of it. */
const again = async ({ executions, tokens, log }: AnswerDeps, raw: BusEvent, answered: ApprovalAnswered): Promise<void> => {
  const [executionId = '', step = ''] = answered.approvalId.split('~');
  const asked = await executions.asked(executionId, step);
  if (asked?.voices.some((voice) => isSame(voice, answered))) return tellAnswer(tokens, asked);
  say(log, 'info', 'event.refused', { busId: raw.id, reason: 'the question is closed' });
};

const entry = (kind: Entry['kind'], execution: Execution, asked: ApprovalRecord, answered: ApprovalAnswered, more: object): Entry => {
  const { answer, role, reason, factsHash, by, joint } = answered;
  return {
    kind,
    actor: `person/${by}`,
    incidentId: execution.incidentId,
    executionId: execution.id,
    data: { step: asked.step, approvalId: asked.id, kind: asked.kind, answer, role, reason, factsHash, ...joint, ...more },
  };
};

/** Why a word does not count: as it was weighed, or as somebody of another agency has no longer the seat from which they answered. */
const objectionTo = async (
  { scopes }: AnswerDeps,
  { incidentId }: Execution,
  { joint, by, role }: ApprovalAnswered,
  weighed: string | undefined,
): Promise<string | undefined> => {
  if (weighed !== undefined || joint === undefined) return weighed;
  const sits = sittingOf(await scopes(), { agency: joint.agency, sub: by }, incidentId);
  return sits?.role === role ? undefined : 'the seat in the unified command is gone';
};

/** Counts a word: a no, or the last yes that is wanted, closes the question; the first of two waits for the other. False where somebody was faster. */
const count = async (deps: AnswerDeps, execution: Execution, asked: ApprovalRecord, answered: ApprovalAnswered): Promise<boolean> => {
  const { executions, journal, tokens } = deps;
  const { by, role, answer, reason, at } = answered;
  const voices = [...asked.voices, { by, role, answer, reason, at }];
  const wanted = lacking({ ...asked, voices });
  const closes = answer === 'refuse' || wanted.length === 0;
  const told = closes
    ? entry('approval.answered', execution, asked, answered, { persons: voices.map((voice) => voice.by) })
    : entry('approval.seconded', execution, asked, answered, { lacking: wanted });
  const writes = closes ? executions.answer(asked, { answer, by, reason, voices }) : [executions.amend(asked, { voices })];
  const done = await journal.commit(execution.incidentId, [told], writes);
  if (done.ok && closes) await tellAnswer(tokens, { ...asked, answer, voices });
  return done.ok;
};

/**
 * A person's word. It counts on the facts as they are now: where those are others than were shown the question is put on the new ones first,
 * and only a word on these counts. Two deliveries of it are one.
 */
export const settleAnswer =
  (deps: AnswerDeps) =>
  async (raw: BusEvent): Promise<void> => {
    const { executions, log } = deps;
    const answered = ApprovalAnswered.parse(raw.detail);
    for (;;) {
      const asked = await executions.approval(answered.approvalId);
      const execution = asked && (await executions.get(asked.executionId));
      if (!asked || !execution) return again(deps, raw, answered);
      if (asked.voices.some((voice) => isSame(voice, answered))) return;
      const sight = await sightOf(deps, workflowNamed)(execution, answered.by);
      const { now, refusal } = weigh(deps)(sight, asked, answered);
      if (now !== asked && !(await voidOld(deps)(execution, asked, now))) continue;
      const objection = await objectionTo(deps, execution, answered, refusal?.says);
      if (objection) return say(log, 'warn', 'event.refused', { busId: raw.id, reason: objection });
      if (await count(deps, execution, now, answered)) return;
    }
  };
