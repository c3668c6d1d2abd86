import type { ApprovalRecord } from '../contracts/execution.ts';
import type { Role } from '../contracts/vocabulary.ts';
import type { Tokens } from '../lambda/machines.ts';

/** Why a person's word does not count. `changed`: the facts are others now. `over`: the question is. */
export interface AnswerRefusal {
  readonly why: 'over' | 'role' | 'requester' | 'twice' | 'changed' | 'guardrail';
  readonly says: string;
}

/** A person's word, before it counts. */
export interface Word {
  readonly answer: 'approve' | 'refuse';
  readonly by: string;
  readonly role: Role;
  readonly factsHash: string;
}

type Roles = Pick<ApprovalRecord, 'ask' | 'second'>;

export const rolesAsked = ({ ask, second }: Roles): Role[] => (second === undefined ? [ask] : [ask, second]);

/** Roles whose yes is still wanted, each from another person. Pure. */
export const lacking = ({ voices, ...roles }: Roles & Pick<ApprovalRecord, 'voices'>): Role[] => {
  const open = rolesAsked(roles);
  for (const { role } of voices) {
    const place = open.indexOf(role);
    if (place >= 0) open.splice(place, 1);
  }
  return open;
};

const wanted = (roles: readonly Role[]): string => roles.join(' and ');

/** Why a word does not count on this question, or undefined. `now` is ms since the epoch. Pure; what guardrails say is asked beside it. */
export const answerRefusal = (
  asked: ApprovalRecord,
  { answer, by, role, factsHash }: Word,
  requestedBy: string | undefined,
  now: number,
): AnswerRefusal | undefined => {
  if (asked.kind === 'pause') return { why: 'over', says: 'A pause asks nobody; resume the execution' };
  if (Date.parse(asked.expiresAt) <= now) return { why: 'over', says: `Its time was over at ${asked.expiresAt}` };
  const roles = rolesAsked(asked);
  if (!roles.includes(role)) return { why: 'role', says: `This is for a ${wanted(roles)} to answer, not for a ${role}` };
  if (requestedBy === by) return { why: 'requester', says: 'Who asked for the workflow may not answer for it' };
  if (factsHash !== asked.factsHash) return { why: 'changed', says: 'The facts have changed since they were shown' };
  if (answer === 'refuse') return undefined;
  const left = wanted(lacking(asked));
  if (asked.voices.some((voice) => voice.by === by))
    return { why: 'twice', says: `You have said yes; a ${left} who is another person must` };
  if (!lacking(asked).includes(role)) return { why: 'role', says: `A ${role} has said yes already; a ${left} is still wanted` };
  return undefined;
};

/** Lets the state machine go on, or not, as a question was answered. */
export const tellAnswer = async (tokens: Tokens, { token, answer, voices }: ApprovalRecord): Promise<void> => {
  if (!token || !answer) return;
  if (answer === 'approve') await tokens.succeed(token, { answer });
  else await tokens.fail(token, 'SWOE.Refused', `Refused by a ${voices.at(-1)?.role ?? 'person'}`);
};
