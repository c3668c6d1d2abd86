import type { ApprovalRecord } from '../../../shared/contracts/execution.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import type { ExecutionsStore } from '../../../shared/stores/executions.ts';
import type { ApiBus } from '../bus.ts';
import type { Ask, Perform } from '../operation.ts';
import { accepted, conflict, forbidden, notFound, ok, type Reply, unavailable } from '../reply.ts';
import { withoutToken } from '../views.ts';

interface Deps {
  executions: ExecutionsStore;
  put: ApiBus;
  clock: Clock;
}

const secondsLeft = ({ expiresAt }: ApprovalRecord, now: number): number => Math.max(0, Math.ceil((Date.parse(expiresAt) - now) / 1000));

export const listApprovals =
  ({ executions, clock }: Deps): Perform<'listApprovals'> =>
  async () => {
    const open = await executions.openApprovals();
    open.sort((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1));
    return ok({ items: open.map((approval) => ({ ...withoutToken(approval), secondsLeft: secondsLeft(approval, clock.now()) })) });
  };

/** Why this person's answer cannot be taken. Silence has already answered a question whose time is over. */
const refusal = (approval: ApprovalRecord | undefined, { caller, body, params }: Ask<'answerApproval'>, now: number): Reply | undefined => {
  if (!approval || approval.answer || secondsLeft(approval, now) === 0) {
    return notFound(
      `No question ${params['id']?.slice(0, 200)} is open: it was answered, its time is over, or it never was. GET /approvals lists those that wait`,
    );
  }
  if (!caller.roles.includes(approval.ask)) {
    return forbidden(`This is for a ${approval.ask} to answer; your roles: ${caller.roles.join(', ')}`);
  }
  if (body.factsHash !== approval.factsHash) {
    return conflict('The facts have changed since you looked: read the question again and answer with its present factsHash');
  }
  return undefined;
};

export const answerApproval =
  ({ executions, put, clock }: Deps): Perform<'answerApproval'> =>
  async (ask) => {
    const { body, caller, params } = ask;
    const approval = await executions.approval(params['id'] ?? '');
    const refused = refusal(approval, ask, clock.now());
    if (refused || !approval) return refused ?? notFound('');
    const detail = { approvalId: approval.id, ...body, by: caller.sub, role: approval.ask, at: iso(clock.now()) };
    const busId = await put({ source: 'swoe', type: 'approval.answered', detail });
    if (!busId) return unavailable('The bus did not take your answer: the question still waits, try again');
    return accepted({ approvalId: approval.id, answer: body.answer });
  };
