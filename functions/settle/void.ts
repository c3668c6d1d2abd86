import type { ApprovalRecord, Execution } from '../../shared/contracts/execution.ts';
import { changed } from '../../shared/domain/shown.ts';
import type { ExecutionsStore } from '../../shared/stores/executions.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';

/**
 * Puts an open question on the facts as they are now, under the same token and the same clock; what was said on the old ones counts no more.
 * False where the question changed meanwhile.
 */
export const voidOld =
  ({ executions, journal }: { executions: ExecutionsStore; journal: JournalStore }) =>
  async (execution: Execution, was: ApprovalRecord, now: ApprovalRecord): Promise<boolean> => {
    const { facts, factsHash, voices } = now;
    const done = await journal.commit(
      execution.incidentId,
      [
        {
          kind: 'approval.voided',
          actor: 'system/settle',
          incidentId: execution.incidentId,
          executionId: execution.id,
          data: {
            step: was.step,
            approvalId: was.id,
            kind: was.kind,
            changed: changed(was, now),
            factsHash,
            voices: was.voices.map(({ by, role }) => ({ by, role })),
          },
        },
      ],
      [executions.amend(was, { facts, factsHash, voices })],
    );
    return done.ok;
  };
