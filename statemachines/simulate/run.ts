import type { ApprovalRecord, Execution, StepRecord } from '../../shared/contracts/execution.ts';
import type { GuardrailDecision } from '../../shared/contracts/policy.ts';
import type { Judgement, SimulatedApproval, Undoing } from '../../shared/contracts/simulation.ts';
import type { Workflow } from '../../shared/contracts/workflow.ts';
import type { Situation } from '../../shared/domain/situation.ts';
import type { Clock } from '../../shared/lambda/runtime.ts';
import type { PolicyEngine } from '../../shared/policy/index.ts';
import type { Assumptions } from './assumptions.ts';
import type { SimulatedFleet } from './fleet.ts';
import type { Tale } from './tale.ts';
import type { World } from './world.ts';

/** One simulated run: what the stores would hold of it, kept in memory and thrown away. */
export interface Run {
  readonly workflow: Workflow;
  execution: Execution;
  readonly situation: Situation;
  readonly facts: World['facts'];
  readonly partnerTerms: World['partnerTerms'];
  readonly policy: PolicyEngine;
  readonly assumptions: Assumptions;
  readonly clock: Clock;
  readonly tale: Tale;
  readonly fleet: SimulatedFleet;
  /** Each step as it last stood. */
  readonly records: Map<string, StepRecord>;
  /** Each question as it was put last, by the approval or the held step. */
  readonly asked: Map<string, ApprovalRecord>;
  readonly judgements: Judgement[];
  /** By step, the decisions that were made and, as text, what they say. */
  readonly judged: Map<string, Map<GuardrailDecision, string>>;
  readonly approvals: SimulatedApproval[];
  readonly undoing: Undoing[];
  /** What AWS would count beside the state machine. */
  readonly counts: { invocations: number; events: number };
}

/** What comes back to a task's token, after so many milliseconds of the virtual clock. */
export interface Answer {
  readonly afterMs: number;
  /** Writes down what happened then, and gives the words for the state machine. */
  readonly happen: () => { readonly output: unknown } | { readonly error: string; readonly cause: string };
}

/** No answer: only the state machine's own clock ends the wait. */
export type Silence = undefined;

export const atOnce = (happen: Answer['happen']): Answer => ({ afterMs: 0, happen });

/** A step as it now stands. */
export const put = ({ records }: Run, record: StepRecord, now: Partial<StepRecord>): void => {
  records.set(record.step, { ...record, ...now });
};
