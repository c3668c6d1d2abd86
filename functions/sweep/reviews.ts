import type { ApprovalRecord } from '../../shared/contracts/execution.ts';
import { errorFields, say } from '../../shared/lambda/log.ts';
import type { SweepDeps } from './sweep.ts';

type Deps = Pick<SweepDeps, 'executions' | 'journal' | 'clock' | 'log'>;

/** Closes one review; an answer that was faster has taken it off the list, and then nothing is written. */
const expire = async ({ executions, journal, log }: Deps, asked: ApprovalRecord, actor: string): Promise<void> => {
  const { id: approvalId, executionId, step, kind, ask } = asked;
  const execution = await executions.get(executionId);
  if (!execution) return;
  const { incidentId, workflow } = execution;
  const data = { step, workflow, approvalId, kind, ask };
  const entry = { kind: 'approval.expired', actor, incidentId, executionId, data } as const;
  const done = await journal.commit(incidentId, [entry], executions.close(asked, { token: undefined }));
  if (done.ok) say(log, 'warn', 'sweep.found', { executionId, approvalId, finding: 'unreviewed' });
};

/** Life-safety overrides that no supervisor reviewed in time: said once, which alarms. No machine waits for them, so no machine's clock ends them. */
export const expireReviews = async (deps: Deps, actor: string): Promise<void> => {
  for (const asked of await deps.executions.openApprovals()) {
    if (asked.kind !== 'review' || Date.parse(asked.expiresAt) > deps.clock.now()) continue;
    try {
      await expire(deps, asked, actor);
    } catch (error) {
      say(deps.log, 'error', 'sweep.found', { executionId: asked.executionId, approvalId: asked.id, ...errorFields(error) });
    }
  }
};
