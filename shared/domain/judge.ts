import type { ApprovalRecord, Execution } from '../contracts/execution.ts';
import type { GuardrailDecision } from '../contracts/policy.ts';
import type { Step, Workflow } from '../contracts/workflow.ts';
import type { Clock } from '../lambda/runtime.ts';
import type { PolicyEngine } from '../policy/index.ts';
import type { PolicyRequest, RunFacts } from '../policy/situation.ts';
import type { Word } from './answering.ts';
import { independentSources } from './independent.ts';
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
  /** Partner systems with whom the stage has an agreement that covers the action. */
  agreed?: readonly string[];
  /** Units in question, whose own facts count. */
  resources?: readonly string[];
}

const runOf = ({ execution, workflow, approvals = [] }: Omit<InQuestion, 'step' | 'arguments'>): RunFacts => ({
  version: execution.version,
  timeoutS: workflow?.timeout ?? 0,
  startedBy: execution.input.startedBy,
  approvals,
});

const incidentOf = (execution: Execution, { incident, aliases }: Situation): PolicyRequest['incident'] => ({
  id: execution.incidentId,
  aliases,
  sources: incident?.sources ?? [],
  independentSources: independentSources(incident?.sources ?? []),
  type: incident?.type ?? 'manual',
  category: incident?.category,
  priority: incident?.priority,
  openedAt: incident?.openedAt,
});

/** Judges one action of a workflow on the facts of its situation; nothing the caller claimed is looked at. */
export const judge =
  ({ policy, clock }: JudgeDeps) =>
  (question: InQuestion): GuardrailDecision => {
    const { execution, situation, workflow, step, agreed, resources } = question;
    return policy.decide({
      workflow: execution.workflow,
      action: step.action,
      run: runOf(question),
      step: { legalBasis: step.legalBasis, needs: step.needs, arguments: question.arguments },
      incident: incidentOf(execution, situation),
      facts: situation.facts,
      now: clock.now(),
      guardrails: [...new Set([...(workflow?.guardrails ?? []), ...step.guardrails])],
      requestedBy: execution.input.requestedBy,
      agreed,
      resources,
    });
  };

/** Judges a person's word on a question: the chain of command. Among the facts of the situation are those about `person/<sub>`. */
export const judgeWord =
  ({ policy, clock }: JudgeDeps) =>
  (
    { execution, situation, workflow }: Pick<InQuestion, 'execution' | 'situation' | 'workflow'>,
    asked: ApprovalRecord,
    { by, role, answer }: Word,
  ): GuardrailDecision =>
    policy.decide({
      workflow: execution.workflow,
      action: 'ANSWER_APPROVAL',
      run: runOf({ execution, situation, workflow }),
      answer: {
        by,
        role,
        asked: asked.ask,
        second: asked.second,
        isRequester: execution.input.requestedBy === by,
        hasAnswered: answer === 'approve' && asked.voices.some((voice) => voice.by === by),
      },
      incident: incidentOf(execution, situation),
      facts: situation.facts,
      now: clock.now(),
      guardrails: workflow?.guardrails ?? [],
      requestedBy: execution.input.requestedBy,
    });

/** A run that has not begun, and what SWOE knows of its incident by itself. */
export interface Asking {
  workflow: Pick<Workflow, 'name' | 'version' | 'guardrails' | 'timeout'>;
  incidentId: string;
  input: Pick<Execution['input'], 'startedBy' | 'requestedBy' | 'event'>;
  situation: Situation;
}

/** Judges whether a workflow may start at all: at its admission. */
export const judgeStart =
  ({ policy, clock }: JudgeDeps) =>
  ({ workflow, incidentId, input, situation: { incident, aliases, facts } }: Asking): GuardrailDecision =>
    policy.decide({
      workflow: workflow.name,
      action: 'START_WORKFLOW',
      run: { version: workflow.version, timeoutS: workflow.timeout, startedBy: input.startedBy, approvals: [] },
      incident: {
        id: incidentId,
        aliases,
        sources: incident?.sources ?? [],
        independentSources: independentSources(incident?.sources ?? []),
        type: input.event?.type ?? incident?.type ?? 'manual',
        category: incident?.category,
        priority: incident?.priority,
        openedAt: incident?.openedAt,
      },
      facts,
      now: clock.now(),
      guardrails: workflow.guardrails,
      requestedBy: input.requestedBy,
    });
