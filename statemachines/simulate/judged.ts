import type { Held, StepRecord } from '../../shared/contracts/execution.ts';
import type { GuardrailDecision } from '../../shared/contracts/policy.ts';
import type { Judgement } from '../../shared/contracts/simulation.ts';
import { consentTo, toAsk } from '../../shared/domain/consent.ts';
import { judge } from '../../shared/domain/judge.ts';
import { canonical } from '../../shared/lambda/ids.ts';
import { isNeverWithheld } from '../../workflows/vocabulary/index.ts';
import type { Perform } from './commands.ts';
import type { Run } from './run.ts';

/** Rounds of a step that are judged alike are one judgement. */
const isNew = ({ judgements }: Run, one: Judgement): boolean => {
  const text = ({ atS: _, ...rest }: Judgement): string => canonical(rest);
  return (
    !judgements.some(({ step, action }) => step === one.step && action === one.action) ||
    !judgements.some((known) => text(known) === text(one))
  );
};

/** Keeps a decision and tells it. */
export const decided = (run: Run, action: Judgement['action'], { law: _, ...decision }: GuardrailDecision, step?: string): void => {
  const judgement: Judgement = { atS: run.tale.seconds(), ...(step === undefined ? {} : { step }), action, ...decision };
  if (isNew(run, judgement)) run.judgements.push(judgement);
  const { verdict, clauses } = decision;
  run.tale.tell({
    kind: 'guardrail.decided',
    ...(step === undefined ? {} : { step }),
    action,
    verdict,
    clauses: clauses.map(({ id }) => id),
  });
};

/** What guardrails and people say of a step; `held` is there where a person has to be asked before it goes on. */
interface Authority {
  readonly decision: GuardrailDecision;
  readonly held: Held | undefined;
}

/** What the guardrails say of a step at this moment of the virtual clock, and whether what people said still holds then. */
export const judged = async (run: Run, command: Perform, before: StepRecord | undefined): Promise<Authority> => {
  const { execution, situation, workflow, asked } = run;
  const { step, arguments: args } = command;
  const executions = { asked: async (_id: string, name: string) => asked.get(name) };
  const consent = await consentTo({ ...run, executions })({ execution, command, before }, { execution, situation, workflow });
  const { approvals } = consent;
  const decision = judge(run)({ execution, situation, workflow, step, arguments: args, approvals });
  decided(run, step.action, decision, step.name);
  return { decision, held: toAsk(decision, consent, isNeverWithheld(step.action, args)) };
};
