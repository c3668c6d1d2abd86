import type { GuardrailDecision } from '../../shared/contracts/policy.ts';
import type { Judgement } from '../../shared/contracts/simulation.ts';
import { judge } from '../../shared/domain/judge.ts';
import { canonical } from '../../shared/lambda/ids.ts';
import type { RunFacts } from '../../shared/policy/situation.ts';
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

/** The yeses that cover a step: of the approvals it stands behind, and of the hold that it was itself. */
const covering = ({ allowed }: Run, { behind, step }: Perform): RunFacts['approvals'] =>
  [...behind, step.name].flatMap((name) => allowed.get(name) ?? []);

/** What the guardrails say of a step at this moment of the virtual clock. */
export const judged = (run: Run, command: Perform): GuardrailDecision => {
  const { execution, situation, workflow } = run;
  const { step, arguments: args } = command;
  const decision = judge(run)({ execution, situation, workflow, step, arguments: args, approvals: covering(run, command) });
  decided(run, step.action, decision, step.name);
  return decision;
};
