import * as z from 'zod';
import { ApprovalAnswer, type ApprovalRecord } from '../../shared/contracts/execution.ts';
import { Role } from '../../shared/contracts/vocabulary.ts';
import type { BusEvent } from '../../shared/lambda/doors.ts';
import { say } from '../../shared/lambda/log.ts';
import type { ReplyDeps } from './reply.ts';

/** The detail of `approval.answered`: who said what, on which facts. */
export const ApprovalAnswered = ApprovalAnswer.extend({ approvalId: z.string(), by: z.string(), role: Role, at: z.string() });
export type ApprovalAnswered = z.infer<typeof ApprovalAnswered>;

/** Why an answer does not count, or undefined. Pure. */
export const answerRefusal = (asked: ApprovalRecord, answer: ApprovalAnswered, requestedBy: string | undefined): string | undefined => {
  if (answer.role !== asked.ask) return `${asked.ask} was asked, ${answer.role} answered`;
  if (answer.factsHash !== asked.factsHash) return 'the facts shown have changed since';
  if (requestedBy === answer.by) return 'who asked for the workflow may not approve it';
  return undefined;
};

const tell = async ({ tokens }: ReplyDeps, asked: ApprovalRecord, { answer, role }: ApprovalAnswered): Promise<void> => {
  if (!asked.token) return;
  if (answer === 'approve') await tokens.succeed(asked.token, { answer });
  else await tokens.fail(asked.token, 'SWOE.Refused', `Refused by a ${role}`);
};

/** A delivery of an answer that was stored before: only the state machine may not have heard of it. */
const again = async (deps: ReplyDeps, raw: BusEvent, answered: ApprovalAnswered): Promise<void> => {
  const [executionId, step] = answered.approvalId.split('~');
  const asked = await deps.executions.asked(executionId ?? '', step ?? '');
  if (asked?.answer === answered.answer && asked.by === answered.by) return tell(deps, asked, answered);
  say(deps.log, 'info', 'event.refused', { busId: raw.id, reason: 'the question is closed' });
};

/** A person's answer: it closes the question once, and lets the state machine go on or not. */
export const settleAnswer =
  (deps: ReplyDeps) =>
  async (raw: BusEvent): Promise<void> => {
    const { executions, journal, log } = deps;
    const answered = ApprovalAnswered.parse(raw.detail);
    const asked = await executions.approval(answered.approvalId);
    const execution = asked && (await executions.get(asked.executionId));
    if (!asked || !execution) return again(deps, raw, answered);
    const refusal = answerRefusal(asked, answered, execution.input.requestedBy);
    if (refusal) return say(log, 'warn', 'event.refused', { busId: raw.id, reason: refusal });
    const { answer, by, reason, role, factsHash } = answered;
    const done = await journal.commit(
      execution.incidentId,
      [
        {
          kind: 'approval.answered',
          actor: `person/${by}`,
          incidentId: execution.incidentId,
          executionId: execution.id,
          data: { step: asked.step, approvalId: asked.id, kind: asked.kind, answer, role, reason, factsHash },
        },
      ],
      executions.close(asked, { answer, by, reason }),
    );
    return done.ok ? tell(deps, asked, answered) : again(deps, raw, answered);
  };
