import type { ApprovalRecord, Execution, StepCommand } from '../../shared/contracts/execution.ts';
import type { Role } from '../../shared/contracts/vocabulary.ts';
import { canonical, iso, sha256 } from '../../shared/lambda/ids.ts';
import { isOver } from '../../shared/stores/executions.ts';
import { type RecordDeps, stepEntry } from './record.ts';

type Ask = Extract<StepCommand, { op: 'ask' }>;
type Hold = Extract<StepCommand, { op: 'hold' }>;

const HOLD_S = 24 * 3600;

/** What a person is shown and answers to: the answer is bound to a hash of it. */
const factsShown = (execution: Execution): Record<string, unknown> => ({
  workflow: execution.workflow,
  incidentId: execution.incidentId,
  summary: execution.input.summary,
  location: execution.input.location ?? null,
  priority: execution.priority,
});

interface Question {
  step: string;
  kind: ApprovalRecord['kind'];
  ask: Role;
  question: string;
  within: number;
  token: string;
  facts: Record<string, unknown>;
}

/** False where the run ended, or went on, before the question stood. */
const open = async (deps: RecordDeps, execution: Execution, { within, ...question }: Question): Promise<boolean> => {
  const now = deps.clock.now();
  const approval: ApprovalRecord = {
    ...question,
    voices: [],
    id: `${execution.id}~${question.step}`,
    executionId: execution.id,
    factsHash: sha256(canonical(question.facts)),
    askedAt: iso(now),
    expiresAt: iso(now + within * 1000),
  };
  const { id, step, kind, ask, expiresAt } = approval;
  const done = await deps.journal.commit(
    execution.incidentId,
    [stepEntry('approval.requested', execution, step, { approvalId: id, kind, ask, expiresAt, factsHash: approval.factsHash })],
    [...deps.executions.ask(approval), deps.executions.goesOn(execution)],
  );
  return done.ok;
};

/** Asks while the run goes on with this step; of what is over nobody is asked. */
const whileItGoesOn = async (
  { executions }: RecordDeps,
  id: string,
  step: string,
  put: (execution: Execution) => Promise<boolean>,
): Promise<void> => {
  for (;;) {
    const execution = await executions.get(id);
    if (!execution) throw new Error(`Execution ${id} is not stored`);
    if (isOver(execution, step) || (await put(execution))) return;
  }
};

/** The workflow asks a person; silence is the state machine's own clock. */
export const ask =
  (deps: RecordDeps) =>
  async ({ approval, ask: role, token, executionId }: Ask): Promise<void> => {
    const { name: step, question, within } = approval;
    await whileItGoesOn(deps, executionId, step, (execution) =>
      open(deps, execution, { step, kind: 'approval', ask: role, question, within, token, facts: factsShown(execution) }),
    );
  };

/** A step that cannot go on by itself waits for a supervisor: go on (try again) or leave it. */
export const hold =
  (deps: RecordDeps) =>
  async ({ step, token, executionId, error }: Hold): Promise<void> =>
    whileItGoesOn(deps, executionId, step.name, async (execution) => {
      const record = await deps.executions.step(executionId, step.name);
      if (record && record.status !== 'HELD') {
        await deps.journal.commit(
          execution.incidentId,
          [stepEntry('step.held', execution, step.name, { action: step.action, error: error.Error, cause: error.Cause })],
          [deps.executions.enterStep(executionId, step.name, 'HELD'), deps.executions.goesOn(execution)],
        );
      }
      const question = `${step.name} (${step.action}) is held: ${error.Cause ?? error.Error ?? 'no reason given'} Go on?`;
      const facts = { ...factsShown(execution), step: step.name, action: step.action, error: error.Error ?? null };
      return open(deps, execution, { step: step.name, kind: 'hold', ask: 'supervisor', question, within: HOLD_S, token, facts });
    });
