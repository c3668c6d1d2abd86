import type { Execution } from '../../shared/contracts/execution.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import { stepsOf } from '../../shared/contracts/workflow.ts';
import { type JudgeDeps, judge } from '../../shared/domain/judge.ts';
import { release } from '../../shared/domain/release.ts';
import type { Situation } from '../../shared/domain/situation.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { Tokens } from '../../shared/lambda/machines.ts';
import type { ResourcesStore } from '../../shared/stores/resources.ts';
import { workflowNamed } from '../../workflows/index.ts';
import { type Attempt, conclude, type RecordDeps, stepEntry } from './record.ts';

export interface InsideDeps extends RecordDeps, JudgeDeps {
  resources: ResourcesStore;
  tokens: Tokens;
}

/** POLICY_VALIDATION: what each guarded action of the workflow would be told now. It decides nothing: each step is judged again when it comes. */
const validatePolicy = (deps: InsideDeps, execution: Execution, situation: Situation): object => {
  const workflow = workflowNamed(execution.workflow);
  const verdicts = stepsOf(workflow?.steps ?? []).map(
    (step) => [step.name, judge(deps)({ execution, situation, workflow, step, arguments: step.with }).verdict] as const,
  );
  return { verdicts: Object.fromEntries(verdicts.filter(([, verdict]) => verdict !== 'permit')) };
};

/** The actions SWOE performs itself; each may be done twice without harm. */
const perform = async (deps: InsideDeps, { execution, record }: Attempt, situation: Situation): Promise<Record<string, unknown>> => {
  if (record.action === 'POLICY_VALIDATION') return { ...validatePolicy(deps, execution, situation) };
  if (record.action === 'RESOURCE_RELEASE') return { released: await release(deps)(execution.id, 'system/step') };
  if (record.action === 'AUDIT_LOG') {
    const steps = await deps.executions.steps(execution.id);
    return {
      steps: Object.fromEntries(steps.map(({ step, status }) => [step, status])),
      degraded: execution.degraded,
      missing: execution.missing,
    };
  }
  throw new Error(`SWOE does not perform ${record.action} itself`);
};

/** Runs an action inside SWOE, writes down what came of it, and answers the state machine with an id. False where another delivery was faster. */
export const inside =
  (deps: InsideDeps) =>
  async (attempt: Attempt, situation: Situation, decided: Entry): Promise<boolean> => {
    const { execution, record, command } = attempt;
    const result = await perform(deps, attempt, situation);
    const completed = stepEntry('step.completed', execution, record.step, { action: record.action, result });
    const done = await conclude(deps)(attempt, [decided, completed], { status: 'COMPLETED', endedAt: iso(deps.clock.now()) });
    if (done) await deps.tokens.succeed(command.token, { actionId: record.actionId });
    return done;
  };
