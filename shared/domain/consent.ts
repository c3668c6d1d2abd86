import type { ApprovalRecord, Execution, Held, StepCommand, StepRecord } from '../contracts/execution.ts';
import type { GuardrailDecision } from '../contracts/policy.ts';
import type { RunFacts } from '../policy/situation.ts';
import type { ExecutionsStore } from '../stores/executions.ts';
import { type ShownDeps, type Sight, shownNow } from './shown.ts';

export interface ConsentDeps extends ShownDeps {
  executions: Pick<ExecutionsStore, 'asked'>;
}

/** A step whose command has arrived, and what became of it before. */
export interface Tried {
  execution: Execution;
  command: Pick<Extract<StepCommand, { op: 'perform' }>, 'step' | 'round' | 'behind'>;
  before: StepRecord | undefined;
}

/** What people have said about a step, as far as it still holds. */
export interface Consent {
  /** For the guardrails: each yes that still holds. */
  approvals: RunFacts['approvals'];
  /** Answered approvals in front of the step whose facts have changed since, and that no later yes to the step itself covers. */
  voided: ApprovalRecord[];
  /** Warnings that a person was shown with this step, and said yes to. */
  warned: ReadonlySet<string>;
}

const isYes = (asked: ApprovalRecord | undefined): asked is ApprovalRecord => asked?.answer === 'approve' && asked.kind !== 'pause';

const namesIn = (value: unknown): string[] => (Array.isArray(value) ? value.filter((name) => typeof name === 'string') : []);

const asApproval = ({ step, voices }: ApprovalRecord): RunFacts['approvals'][number] => ({
  step,
  roles: voices.map(({ role }) => role),
  persons: voices.map(({ by }) => by),
});

/** A yes holds on the facts that were shown, and no longer. */
export const consentTo =
  (deps: ConsentDeps) =>
  async ({ execution, command: { step, round, behind }, before }: Tried, sight: Sight): Promise<Consent> => {
    const ask = (name: string) => deps.executions.asked(execution.id, name);
    const holds = (asked: ApprovalRecord): boolean => shownNow(deps)(sight, asked).factsHash === asked.factsHash;
    // A step that was never tried was never held.
    const [own, ...above] = await Promise.all([before ? ask(step.name) : undefined, ...behind.map(ask)]);
    const given = isYes(own) && own.round === round && holds(own) ? own : undefined;
    const covered = new Set(namesIn(given?.facts['voided']));
    const yes = above.filter(isYes);
    return {
      approvals: [...yes.filter(holds), ...(given ? [given] : [])].map(asApproval),
      voided: yes.filter((asked) => !holds(asked) && !covered.has(asked.step)),
      warned: new Set(namesIn(given?.facts['warnings'])),
    };
  };

/** Who is asked again: the same, and where several approvals are void and others gave them, one of each of two. */
const askedAgain = ([first, ...more]: readonly ApprovalRecord[]): Pick<Held, 'ask' | 'second'> =>
  first ? { ask: first.ask, second: first.second ?? more.find(({ ask }) => ask !== first.ask)?.ask } : {};

const warningsOf = ({ clauses }: GuardrailDecision): Held['warnings'] =>
  clauses.filter(({ severity }) => severity === 'WARNING').map(({ id, citation, refusal }) => ({ id, citation, refusal }));

/** Why a person has to be asked before the step goes on, or undefined where nobody has. Pure. */
export const toAsk = (decision: GuardrailDecision, { voided, warned }: Consent, isNeverWithheld: boolean): Held | undefined => {
  const warnings = decision.verdict === 'ask' ? warningsOf(decision) : [];
  const isNew = warnings.some(({ id }) => !warned.has(id));
  const stale = isNeverWithheld ? [] : voided;
  if (!isNew && stale.length === 0) return undefined;
  return { warnings, facts: decision.facts, voided: stale.map(({ step }) => step), ...askedAgain(stale) };
};

/** What a held step's state machine is told, in words a person may read. */
export const causeOf = ({ warnings, voided }: Held): string =>
  [
    ...warnings.map(({ refusal }) => refusal),
    ...voided.map((name) => `The facts have changed since ${name} was approved, so that yes no longer holds.`),
  ].join(' ');
