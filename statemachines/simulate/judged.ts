import type { Held, StepRecord } from '../../shared/contracts/execution.ts';
import type { GuardrailDecision } from '../../shared/contracts/policy.ts';
import type { Judgement } from '../../shared/contracts/simulation.ts';
import { consentTo, toAsk } from '../../shared/domain/consent.ts';
import { judgeWithUnits } from '../../shared/domain/judge-with-units.ts';
import { agreedWith, termsFor } from '../../shared/domain/sharing/terms.ts';
import { canonical } from '../../shared/lambda/ids.ts';
import { isNeverWithheld, vocabulary } from '../../workflows/vocabulary/index.ts';
import type { Perform } from './commands.ts';
import type { Run } from './run.ts';

/** Rounds of a step that are judged alike are one judgement. */
const keep = ({ judged: known, judgements }: Run, judgement: Judgement, decision: GuardrailDecision): void => {
  const about = known.get(judgement.step ?? '') ?? new Map<GuardrailDecision, string>();
  known.set(judgement.step ?? '', about);
  if (about.has(decision)) return;
  const text = canonical(decision);
  if (![...about.values()].includes(text)) judgements.push(judgement);
  about.set(decision, text);
};

/** Keeps a decision and tells it. */
export const decided = (run: Run, action: Judgement['action'], decision: GuardrailDecision, step?: string): void => {
  const { law: _, ...said } = decision;
  const about = { ...(step === undefined ? {} : { step }), action };
  keep(run, { atS: run.tale.seconds(), ...about, ...said }, decision);
  run.tale.tell({ kind: 'guardrail.decided', ...about, verdict: said.verdict, clauses: said.clauses.map(({ id }) => id) });
};

/** What guardrails and people say of a step; `held` is there where a person has to be asked before it goes on. */
interface Authority {
  readonly decision: GuardrailDecision;
  readonly held: Held | undefined;
}

/** The units that would be sent, whose own facts may allow what the city's do not. */
const unitsInQuestion = async ({ execution: { input }, fleet }: Run, { step }: Perform): Promise<string[]> => {
  if (!input.location || Object.keys(step.needs).length === 0) return [];
  const chosen = await fleet.look(step, input.location);
  return chosen.ok ? chosen.picks.map(({ id }) => id) : [];
};

/** What the guardrails say of a step at this moment of the virtual clock, and whether what people said still holds then. */
export const judged = async (run: Run, command: Perform, before: StepRecord | undefined): Promise<Authority> => {
  const { execution, situation, workflow, asked } = run;
  const { step, arguments: args } = command;
  const executions = { asked: async (_id: string, name: string) => asked.get(name) };
  const consent = await consentTo({ ...run, executions })({ execution, command, before }, { execution, situation, workflow });
  const { approvals } = consent;
  const { discloses } = vocabulary[step.action];
  const agreed = agreedWith(termsFor(run.partnerTerms, { execution, action: step.action, arguments: args, discloses }, run.clock.now()));
  const question = { execution, situation, workflow, step, arguments: args, approvals, agreed };
  const { decision } = await judgeWithUnits(run)(question, () => unitsInQuestion(run, command));
  decided(run, step.action, decision, step.name);
  return { decision, held: toAsk(decision, consent, isNeverWithheld(step.action, args)) };
};
