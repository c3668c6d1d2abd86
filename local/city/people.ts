import { type Rest, RestError } from '../../client/rest.ts';
import type { ApprovalRecord } from '../../shared/contracts/execution.ts';
import type { Role } from '../../shared/contracts/vocabulary.ts';

/** The simulated people on duty: they read the open questions and say yes to each, in the role that was asked; where two must agree, two do. */
export interface People {
  /** One look at the open questions; answers those that have stood for a moment. Resolves to how many answers were given. */
  look(isTheirs?: (question: Question) => boolean): Promise<number>;
}

export type Question = Pick<ApprovalRecord, 'id' | 'executionId' | 'step' | 'kind' | 'ask' | 'second' | 'askedAt' | 'factsHash'> & {
  readonly voices?: ApprovalRecord['voices'];
};

interface Deps {
  /** A REST client of a person in a role; `second` is another person than the first. */
  readonly restAs: (role: Role, who: 'first' | 'second') => Rest;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** A person reads before answering. */
const READING_MS = 1500;
/** What a changed fact or an answer already given is refused with; the next look sees how things stand. */
const MOVED_ON = new Set([404, 409, 410]);

const reasonFor = ({ kind }: Question): string => {
  if (kind === 'approval') return 'Reports agree and the facts shown bear it out';
  return kind === 'review' ? 'Lives hung on it, and waiting would have cost them' : 'Seen and released by the watch';
};

/** Who speaks next: the one asked, and where two must say yes, then the other. */
const speaker = ({ ask, second, voices = [] }: Question): [role: Role, who: 'first' | 'second'] =>
  second !== undefined && voices.length > 0 ? [second, 'second'] : [ask, 'first'];

export const createPeople = ({ restAs, now }: Deps): People => {
  const answered = new Set<string>();

  const answer = async (question: Question): Promise<boolean> => {
    const [role, who] = speaker(question);
    const mark = `${question.id} ${question.factsHash} ${question.askedAt} ${who}`;
    if (answered.has(mark)) return false;
    try {
      const body = { answer: 'approve' as const, reason: reasonFor(question), factsHash: question.factsHash };
      await restAs(role, who).ask('answerApproval', { params: { id: question.id }, body });
      answered.add(mark);
      return true;
    } catch (error) {
      if (error instanceof RestError && MOVED_ON.has(error.status)) return false;
      throw error;
    }
  };

  return {
    look: async (isTheirs = () => true) => {
      const { items } = await restAs('watch_commander', 'first').ask('listApprovals');
      const due = items.filter((question) => isTheirs(question) && now() - Date.parse(question.askedAt) >= READING_MS);
      let count = 0;
      for (const question of due) count += (await answer(question)) ? 1 : 0;
      return count;
    },
  };
};
