import type { Execution } from '../../shared/contracts/execution.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import type { Fact } from '../../shared/contracts/policy.ts';
import type { Announcement } from '../../shared/lambda/bus.ts';
import { iso } from '../../shared/lambda/ids.ts';
import { stepEntry } from './record.ts';

/** Whose verdict on a workflow is kept as a fact, and of which kind. */
const ASKED = { moral_compass: 'moral-verdict', public_guardian: 'guardian-review' } as const;

/** A verdict that ends sooner than this (ms) is asked for again, so that no run meets a gap. */
const SOON_MS = 3_600_000;
/** Nobody waits for it; an answer after this (ms) is of use to the next run only. */
const RESPOND_MS = 60_000;

/** Verdicts on the run's workflow that are missing, or end soon: what is asked of whom, and the entries that say so. Pure. */
export const verdictsToAsk = (
  execution: Execution,
  step: string,
  facts: readonly Fact[],
  now: number,
): { announcements: Announcement[]; entries: Entry[] } => {
  const subject = `workflow/${execution.workflow}`;
  const stands = (subsystem: string, kind: string): boolean =>
    facts.some(
      (fact) => fact.subject === subject && fact.kind === kind && fact.source === subsystem && Date.parse(fact.expiresAt) > now + SOON_MS,
    );
  const lacking = Object.entries(ASKED).filter(([subsystem, kind]) => !stands(subsystem, kind));
  const { workflow, version, id: executionId, incidentId } = execution;
  const respondBy = iso(now + RESPOND_MS);
  return {
    announcements: lacking.map(([subsystem]) => ({
      type: 'verdict.requested',
      detail: { subsystem, workflow, version, executionId, incidentId, respondBy },
    })),
    entries: lacking.map(([subsystem, kind]) => stepEntry('verdict.requested', execution, step, { subsystem, kind, version, respondBy })),
  };
};
