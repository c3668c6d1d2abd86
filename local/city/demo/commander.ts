import type { ApprovalRecord } from '../../../shared/contracts/execution.ts';
import type { Role } from '../../../shared/contracts/vocabulary.ts';
import { type Rest, RestError } from '../../client/rest.ts';

/** The simulated person on duty: reads the open questions of one execution and says yes to each, in the role that was asked. */
export interface Commander {
  /** One look at the open questions; answers those that have stood for a moment. Resolves to how many were answered. */
  look(executionId: string): Promise<number>;
}

type Open = Pick<ApprovalRecord, 'id' | 'executionId' | 'ask' | 'askedAt' | 'factsHash'> & {
  /** A pause asks nobody and is never listed. */
  readonly kind: Exclude<ApprovalRecord['kind'], 'pause'>;
};

interface Deps {
  readonly restAs: (role: Role) => Rest;
  readonly now: () => number;
}

/** A person reads before answering. */
const READING_MS = 1500;
/** What a changed fact or an answer already given is refused with; the next look sees how things stand. */
const MOVED_ON = new Set([404, 409, 410]);

const REASON = { approval: 'Two sensors and a caller agree; places only', hold: 'Seen and released by the watch' } as const;

export const createCommander = ({ restAs, now }: Deps): Commander => {
  const answered = new Set<string>();

  const answer = async ({ id, ask, factsHash, kind }: Open): Promise<boolean> => {
    const mark = `${id} ${factsHash}`;
    if (answered.has(mark)) return false;
    try {
      await restAs(ask).post(`/approvals/${encodeURIComponent(id)}`, { answer: 'approve', reason: REASON[kind], factsHash });
      answered.add(mark);
      return true;
    } catch (error) {
      if (error instanceof RestError && MOVED_ON.has(error.status)) return false;
      throw error;
    }
  };

  return {
    look: async (executionId) => {
      const { items } = await restAs('watch_commander').get<{ items: Open[] }>('/approvals');
      const due = items.filter((open) => open.executionId === executionId && now() - Date.parse(open.askedAt) >= READING_MS);
      let count = 0;
      for (const open of due) count += (await answer(open)) ? 1 : 0;
      return count;
    },
  };
};
