import { looking } from '../../../shared/contracts/endpoints.ts';
import type { ApprovalRecord, Execution } from '../../../shared/contracts/execution.ts';
import type { Role } from '../../../shared/contracts/vocabulary.ts';
import type { Workflow } from '../../../shared/contracts/workflow.ts';
import { type AnswerRefusal, lacking, rolesAsked, type Word } from '../../../shared/domain/answering.ts';
import type { Parties } from '../../../shared/domain/joint/in-force.ts';
import type { Scopes } from '../../../shared/domain/joint/scope.ts';
import { type Sitting, sittingOf } from '../../../shared/domain/joint/seat.ts';
import { asItStands } from '../../../shared/domain/shown.ts';
import { sightOf, type WordDeps, weigh } from '../../../shared/domain/word.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import type { ExecutionsStore } from '../../../shared/stores/executions.ts';
import type { ApiBus } from '../bus.ts';
import type { Caller } from '../caller.ts';
import type { Ask, Perform, Replied } from '../operation.ts';
import { accepted, conflict, forbidden, notFound, ok, type Reply, unavailable } from '../reply.ts';
import { withoutToken } from '../views.ts';

interface Deps extends WordDeps {
  executions: ExecutionsStore;
  workflows: readonly Workflow[];
  put: ApiBus;
  parties: Parties;
  scopes: Scopes;
}

const secondsLeft = ({ expiresAt }: ApprovalRecord, now: number): number => Math.max(0, Math.ceil((Date.parse(expiresAt) - now) / 1000));

const sight = (deps: Deps) => sightOf(deps, (name) => deps.workflows.find((workflow) => workflow.name === name));

/** A question as a person sees it: on the facts as they are now, with who has said yes on these and which roles are still wanted. */
const view = (asked: ApprovalRecord, now: number) => ({
  ...withoutToken(asked),
  lacking: lacking(asked),
  secondsLeft: secondsLeft(asked, now),
});

export const listApprovals =
  (deps: Deps): Perform<'listApprovals'> =>
  async ({ caller: { roles } }) => {
    const looks = roles.some((role) => looking.has(role));
    const open = (await deps.executions.openApprovals()).filter(
      (asked) => asked.kind !== 'pause' && (looks || rolesAsked(asked).some((role) => roles.includes(role))),
    );
    open.sort((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1));
    const items = open.map(async (asked) => {
      const execution = await deps.executions.get(asked.executionId);
      return view(execution ? asItStands(deps)(await sight(deps)(execution), asked) : asked, deps.clock.now());
    });
    return ok({ items: await Promise.all(items) });
  };

/** The role in which a caller answers: one that is still wanted, else one that was asked; somebody of another agency in that of their seat alone. */
const roleOf = (asked: ApprovalRecord, { roles }: Caller, seat: Sitting | undefined): Role | undefined =>
  [...lacking(asked), ...rolesAsked(asked)].find((role) => roles.includes(role) && (seat === undefined || seat.role === role));

const REPLY: Record<AnswerRefusal['why'], (says: string) => Reply> = {
  over: notFound,
  role: forbidden,
  requester: forbidden,
  guardrail: forbidden,
  twice: conflict,
  changed: conflict,
};

/** Why this word is not taken on; on facts that are others now it is told which. */
const refused = ({ why, says }: AnswerRefusal, now: ApprovalRecord): Reply =>
  why === 'changed'
    ? conflict(`${says}: look at them as they are now and answer with this factsHash`, undefined, {
        factsHash: now.factsHash,
        facts: now.facts,
      })
    : REPLY[why](says);

const gone = (id: string | undefined): Reply =>
  notFound(
    `No question ${id?.slice(0, 200)} is open: it was answered, its time is over, or it never was. GET /approvals lists those that wait`,
  );

/** For whom of another agency the word counts: `settle` holds it to the seat once more. */
const underWhich = ({ agency }: Caller, seat: Sitting | undefined) =>
  seat === undefined ? {} : { joint: { operationId: seat.operation.id, agency } };

const take = async (
  deps: Deps,
  asked: ApprovalRecord,
  execution: Execution,
  { body, caller }: Ask<'answerApproval'>,
  seat: Sitting | undefined,
): Promise<Replied<'answerApproval'>> => {
  const known = await sight(deps)(execution, caller.sub);
  const role = roleOf(asItStands(deps)(known, asked), caller, seat);
  if (!role) return forbidden(`This is for a ${rolesAsked(asked).join(' and a ')} to answer; your roles: ${caller.roles.join(', ')}`);
  const word: Word = { answer: body.answer, by: caller.sub, role, factsHash: body.factsHash };
  const { now, refusal } = weigh(deps)(known, asked, word);
  if (refusal) return refused(refusal, now);
  const detail = { approvalId: asked.id, ...body, by: caller.sub, role, at: iso(deps.clock.now()), ...underWhich(caller, seat) };
  const busId = await deps.put({ source: 'swoe', type: 'approval.answered', detail });
  if (!busId) return unavailable('The bus did not take your answer: the question still waits, try again');
  const left = lacking({ ...now, voices: [...now.voices, { ...word, reason: body.reason, at: detail.at }] });
  return accepted({ approvalId: asked.id, answer: body.answer, lacking: body.answer === 'approve' ? left : [] });
};

export const answerApproval =
  (deps: Deps): Perform<'answerApproval'> =>
  async (ask) => {
    const asked = await deps.executions.approval(ask.params['id'] ?? '');
    const execution = asked && (await deps.executions.get(asked.executionId));
    const isOver = !asked || !execution || asked.kind === 'pause' || asked.answer || secondsLeft(asked, deps.clock.now()) === 0;
    if (isOver) return gone(ask.params['id']);
    if (deps.parties.ours.includes(ask.caller.agency)) return take(deps, asked, execution, ask, undefined);
    // Somebody of another agency answers from a seat in the unified command, and is told of no question beyond it.
    const seat = sittingOf(await deps.scopes(), ask.caller, execution.incidentId);
    return seat ? take(deps, asked, execution, ask, seat) : gone(ask.params['id']);
  };
