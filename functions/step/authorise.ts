import type { Entry } from '../../shared/contracts/journal.ts';
import type { GuardrailDecision } from '../../shared/contracts/policy.ts';
import { type JudgeDeps, judge } from '../../shared/domain/judge.ts';
import { type Situation, type SituationDeps, situationOf } from '../../shared/domain/situation.ts';
import { workflowNamed } from '../../workflows/index.ts';
import { vocabulary } from '../../workflows/vocabulary/index.ts';
import { type ConsentDeps, consentTo, toAsk } from './consent.ts';
import { type Attempt, isUnderWay, type Perform, stepEntry } from './record.ts';

export interface AuthoriseDeps extends JudgeDeps, SituationDeps, ConsentDeps {}

/** What guardrails and people say of a step. `held` is there where a person has to be asked before it goes on. */
export interface Authority {
  situation: Situation;
  /** `redact`: kinds of entities that are masked in what is sent. */
  decision: GuardrailDecision & { readonly redact?: readonly string[] };
  held: ReturnType<typeof toAsk>;
  decided: Entry;
}

/** Help is sent for even where nobody is free to be sent, and whatever has changed since somebody was asked: such a notice goes out. */
export const isNeverWithheld = ({ step, arguments: args }: Perform): boolean => {
  const rule = vocabulary[step.action].neverWithheld;
  return typeof rule === 'boolean' ? rule : rule.to.includes(String(args['to']));
};

export const authorise =
  (deps: AuthoriseDeps) =>
  async (attempt: Attempt): Promise<Authority> => {
    const { execution, command, record } = attempt;
    const workflow = workflowNamed(execution.workflow);
    const situation = await situationOf(deps)(execution, [`workflow/${execution.workflow}`]);
    const consent = await consentTo(deps)(attempt, { execution, situation, workflow });
    const { approvals } = consent;
    const decision = judge(deps)({ execution, situation, workflow, step: command.step, arguments: command.arguments, approvals });
    // What was dispatched had been allowed: a subsystem is at it, and nobody is asked whether it may begin.
    const held = isUnderWay(attempt) ? undefined : toAsk(decision, consent, isNeverWithheld(command));
    const said = { action: record.action, ...decision, ...(approvals.length > 0 ? { approvals } : {}) };
    return { situation, decision, held, decided: stepEntry('guardrail.decided', execution, record.step, said) };
  };
