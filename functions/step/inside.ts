import type { Execution } from '../../shared/contracts/execution.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import type { PartnerTerms } from '../../shared/contracts/partner.ts';
import type { AllocatedUnit } from '../../shared/contracts/resource-allocation.ts';
import { ResourceType as ResourceTypes } from '../../shared/contracts/vocabulary.ts';
import { stepsOf } from '../../shared/contracts/workflow.ts';
import { type JudgeDeps, judge } from '../../shared/domain/judge.ts';
import { release } from '../../shared/domain/release.ts';
import { stepOutput } from '../../shared/domain/said.ts';
import { agreedWith, termsFor } from '../../shared/domain/sharing/terms.ts';
import type { Situation } from '../../shared/domain/situation.ts';
import { isMeant } from '../../shared/domain/which-units.ts';
import type { OwnBus } from '../../shared/lambda/bus.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { Tokens } from '../../shared/lambda/machines.ts';
import type { ResourcesStore } from '../../shared/stores/resources.ts';
import { workflowNamed } from '../../workflows/index.ts';
import { vocabulary } from '../../workflows/vocabulary/index.ts';
import type { Authority } from './authorise.ts';
import { type Attempt, conclude, type RecordDeps, stepEntry } from './record.ts';
import { verdictsToAsk } from './verdicts.ts';

export interface InsideDeps extends RecordDeps, JudgeDeps {
  resources: ResourcesStore;
  partnerTerms: readonly PartnerTerms[];
  tokens: Tokens;
  bus: OwnBus;
}

/** What SWOE did itself, and what else is to be written down with it. */
interface Done {
  result: Record<string, unknown>;
  entries?: Entry[];
}

type Act = (deps: InsideDeps, attempt: Attempt, situation: Situation, given: AllocatedUnit[]) => Promise<Done>;

/** What each guarded action of the workflow would be told now. It decides nothing: each step is judged again when it comes. */
const verdicts = (deps: InsideDeps, execution: Execution, situation: Situation): object => {
  const workflow = workflowNamed(execution.workflow);
  const said = stepsOf(workflow?.steps ?? []).map((step) => {
    const { discloses } = vocabulary[step.action];
    const agreed = agreedWith(
      termsFor(deps.partnerTerms, { execution, action: step.action, arguments: step.with, discloses }, deps.clock.now()),
    );
    return [step.name, judge(deps)({ execution, situation, workflow, step, arguments: step.with, agreed }).verdict] as const;
  });
  return Object.fromEntries(said.filter(([, verdict]) => verdict !== 'permit'));
};

/** States what stands in the way, and asks for the verdicts on the workflow that are missing; it waits for none. */
const validatePolicy: Act = async (deps, { execution, record }, situation) => {
  const { announcements, entries } = verdictsToAsk(execution, record.step, situation.facts, deps.clock.now());
  await deps.bus.announce(...announcements);
  return { result: { verdicts: verdicts(deps, execution, situation) }, entries };
};

/** What flies, what does not, or everything. */
const giveBack: Act = async (deps, { execution, command }) => {
  const which = command.arguments['which'];
  const held = await deps.resources.heldBy(execution.id);
  const units = which === 'all' ? [] : await deps.resources.many(held.map(({ resourceId }) => resourceId));
  const types = new Map(units.map(({ id, type }) => [id, type]));
  const released = await release(deps)(execution.id, 'system/step', ({ resourceId }) => isMeant(which, types.get(resourceId)));
  return { result: { released } };
};

const holdUnits: Act = async (_deps, _attempt, _situation, given) => {
  const byType = ResourceTypes.options.map((type) => [type, given.filter((unit) => unit.type === type).map(({ id }) => id)] as const);
  return { result: { units: Object.fromEntries(byType.filter(([, ids]) => ids.length > 0)) } };
};

const closeRecord: Act = async (deps, { execution }) => {
  const steps = await deps.executions.steps(execution.id);
  return {
    result: {
      steps: Object.fromEntries(steps.map(({ step, status }) => [step, status])),
      degraded: execution.degraded,
      missing: execution.missing,
    },
  };
};

/** The actions SWOE performs itself; each may be done twice without harm. */
const ACTS: Readonly<Record<string, Act>> = {
  POLICY_VALIDATION: validatePolicy,
  RESOURCE_ALLOCATE: holdUnits,
  RESOURCE_RELEASE: giveBack,
  AUDIT_LOG: closeRecord,
};

/** Runs an action inside SWOE, writes down what came of it, and answers the state machine with an id. False where another delivery was faster. */
export const inside =
  (deps: InsideDeps) =>
  async (attempt: Attempt, { situation, decided }: Pick<Authority, 'situation' | 'decided'>, given: AllocatedUnit[]): Promise<boolean> => {
    const { execution, record, command } = attempt;
    const act = ACTS[record.action];
    if (!act) throw new Error(`SWOE does not perform ${record.action} itself`);
    const { result, entries = [] } = await act(deps, attempt, situation, given);
    const completed = stepEntry('step.completed', execution, record.step, { action: record.action, result });
    const now = { status: 'COMPLETED', units: given.map(({ id }) => id), endedAt: iso(deps.clock.now()) } as const;
    const done = await conclude(deps)(attempt, [decided, ...entries, completed], now);
    const { reply } = vocabulary[command.step.action];
    if (done) await deps.tokens.succeed(command.token, stepOutput(reply, record.actionId, result));
    return done;
  };
