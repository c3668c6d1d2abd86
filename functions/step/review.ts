import type { ApprovalRecord } from '../../shared/contracts/execution.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import { canonical, iso, sha256 } from '../../shared/lambda/ids.ts';
import type { ExecutionsStore } from '../../shared/stores/executions.ts';
import type { Write } from '../../shared/stores/table.ts';
import { LIFE_SAFETY_REVIEW } from '../../workflows/language/define.ts';
import type { Authority } from './authorise.ts';
import { type Attempt, stepEntry } from './record.ts';

/** How long a supervisor has to review a life-safety override (ms), as its clause says. */
const REVIEW_MS = 24 * 3_600_000;

/** Why nobody was asked before, as the clause may be quoted, and which approvals the step stands behind all the same. */
const grounds = ({ clauses }: Authority['decision'], { behind }: Attempt['command']): object => ({
  why: clauses.filter(({ id }) => id === LIFE_SAFETY_REVIEW).map(({ id, citation, refusal }) => `${refusal} [${id}: ${citation}]`),
  behind,
});

/** Each attempt is an override of its own. A node's name holds no dot, so no step's own question has this name. */
const recordOf = ({ execution, command, record }: Attempt, decision: Authority['decision'], now: number): ApprovalRecord => {
  const { action, actionId, attempt, round } = record;
  const step = `${record.step}.review.${attempt}`;
  const { summary } = execution.input;
  const facts = { summary, step: record.step, action, actionId, arguments: command.arguments, at: iso(now), ...grounds(decision, command) };
  return {
    id: `${execution.id}~${step}`,
    executionId: execution.id,
    step,
    kind: 'review',
    round,
    ask: 'supervisor',
    voices: [],
    question: `${record.step} (${action}) was done as a declared life-safety override. Was it justified?`,
    facts,
    releases: [],
    factsHash: sha256(canonical({ facts, releases: [] })),
    askedAt: iso(now),
    expiresAt: iso(now + REVIEW_MS),
  };
};

/** What is written with the dispatch of a life-safety override, so that none goes out unreviewed; of any other step nothing. */
export const reviewOf = (
  executions: Pick<ExecutionsStore, 'ask'>,
  attempt: Attempt,
  decision: Authority['decision'],
  now: number,
): { entries: Entry[]; writes: Write[] } => {
  if (!attempt.command.step.guardrails.includes(LIFE_SAFETY_REVIEW)) return { entries: [], writes: [] };
  const asked = recordOf(attempt, decision, now);
  const { id: approvalId, kind, ask, expiresAt, factsHash } = asked;
  const data = { approvalId, kind, ask, expiresAt, factsHash, lacking: [ask], actionId: attempt.record.actionId };
  return { entries: [stepEntry('approval.requested', attempt.execution, asked.step, data)], writes: executions.ask(asked) };
};
