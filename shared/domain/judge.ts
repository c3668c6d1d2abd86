import type { Execution } from '../contracts/execution.ts';
import type { GuardrailDecision } from '../contracts/policy.ts';
import type { Step, Workflow } from '../contracts/workflow.ts';
import type { Clock } from '../lambda/runtime.ts';
import type { PolicyEngine } from '../policy/index.ts';
import type { RunFacts } from '../policy/situation.ts';
import type { Situation } from './situation.ts';

export interface JudgeDeps {
  policy: PolicyEngine;
  clock: Clock;
}

/** One action of a run, with its parameters evaluated. The workflow's guardrails stand for each of its steps, and a step may add its own. */
export interface InQuestion {
  execution: Execution;
  situation: Situation;
  workflow: Pick<Workflow, 'guardrails' | 'timeout'> | undefined;
  step: Step;
  arguments: Record<string, unknown>;
  /** The answered approvals that cover the step and still hold. */
  approvals?: RunFacts['approvals'];
  /** Units in question, whose own facts count. */
  resources?: readonly string[];
}

const runOf = ({ execution, workflow, approvals = [] }: InQuestion): RunFacts => ({
  version: execution.version,
  timeoutS: workflow?.timeout ?? 0,
  startedBy: execution.input.startedBy,
  approvals,
});

/** Judges one action of a workflow on the facts of its situation; nothing the caller claimed is looked at. */
export const judge =
  ({ policy, clock }: JudgeDeps) =>
  (question: InQuestion): GuardrailDecision => {
    const { execution, workflow, step, resources } = question;
    const { incident, aliases, facts } = question.situation;
    return policy.decide({
      workflow: execution.workflow,
      action: step.action,
      run: runOf(question),
      step: { legalBasis: step.legalBasis, needs: step.needs, arguments: question.arguments },
      incident: {
        id: execution.incidentId,
        aliases,
        sources: incident?.sources ?? [],
        independentSources: incident?.sources.length ?? 0,
        type: incident?.type ?? 'manual',
        category: incident?.category,
        priority: incident?.priority,
        openedAt: incident?.openedAt,
      },
      facts,
      now: clock.now(),
      guardrails: [...new Set([...(workflow?.guardrails ?? []), ...step.guardrails])],
      requestedBy: execution.input.requestedBy,
      resources,
    });
  };
