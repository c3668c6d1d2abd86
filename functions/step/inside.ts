import type { Execution, StepRecord } from '../../shared/contracts/execution.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import type { Node, Step } from '../../shared/contracts/workflow.ts';
import { release } from '../../shared/domain/release.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { Tokens } from '../../shared/lambda/machines.ts';
import type { ResourcesStore } from '../../shared/stores/resources.ts';
import { workflowNamed } from '../../workflows/index.ts';
import { type AuthoriseDeps, authorise } from './authorise.ts';
import { type Perform, type RecordDeps, stepEntry } from './record.ts';

export interface InsideDeps extends RecordDeps, AuthoriseDeps {
  resources: ResourcesStore;
  tokens: Tokens;
}

const stepsOf = (nodes: readonly Node[]): Step[] =>
  nodes.flatMap((node) => {
    if (node.kind === 'step') return [node];
    return node.kind === 'approval' ? stepsOf(node.then) : Object.values(node.branches).flatMap(stepsOf);
  });

/** POLICY_VALIDATION: what each guarded action of the workflow would be told now. It decides nothing: each step is judged again when it comes. */
const validatePolicy = async (deps: InsideDeps, execution: Execution): Promise<object> => {
  const steps = stepsOf(workflowNamed(execution.workflow)?.steps ?? []);
  const verdicts = await Promise.all(
    steps.map(async (step) => [step.name, (await authorise(deps)(execution, step, step.with)).verdict] as const),
  );
  return { verdicts: Object.fromEntries(verdicts.filter(([, verdict]) => verdict !== 'permit')) };
};

/** The actions SWOE performs itself, each answered at once. */
const perform = async (deps: InsideDeps, execution: Execution, record: StepRecord): Promise<object> => {
  if (record.action === 'POLICY_VALIDATION') return validatePolicy(deps, execution);
  if (record.action === 'RESOURCE_RELEASE') return { released: await release(deps)(execution.id, 'system/step') };
  if (record.action === 'AUDIT_LOG') {
    const steps = await deps.executions.steps(execution.id);
    return {
      steps: Object.fromEntries(steps.map(({ step, status }) => [step, status])),
      degraded: execution.degraded,
      missing: execution.missing,
    };
  }
  return {};
};

/** Runs an action inside SWOE, writes down what came of it, and answers the state machine with an id. */
export const inside =
  (deps: InsideDeps) =>
  async ({ token }: Perform, execution: Execution, record: StepRecord): Promise<void> => {
    const result = await perform(deps, execution, record);
    const completed: Entry = stepEntry('step.completed', execution, record.step, { action: record.action, result });
    await deps.journal.commit(
      execution.incidentId,
      [completed],
      [deps.executions.enterStep(execution.id, record.step, 'COMPLETED', { endedAt: iso(deps.clock.now()) })],
    );
    await deps.tokens.succeed(token, { actionId: record.actionId });
  };
