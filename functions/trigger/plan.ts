import type { Execution, ExecutionInput, TriggerMatch } from '../../shared/contracts/execution.ts';
import type { Workflow } from '../../shared/contracts/workflow.ts';
import { iso } from '../../shared/lambda/ids.ts';

/** Why a match ends as refused before any guardrail is asked: a clause of our own, and a sentence. */
export interface Objection {
  readonly clause: string;
  readonly says: string;
}

/** A workflow that something asks for: an event, a person, the clock, an incident's state, or another run's end. */
export interface Wanted {
  workflow: Workflow;
  /** The event's key, or the request's id: what makes the match unique. */
  by: string;
  /** The incident, or the request's id where there is none. */
  incidentId: string;
  input: Omit<ExecutionInput, 'executionId' | 'workflow' | 'version' | 'incidentId' | 'priority'>;
  agency: string;
  objection?: Objection | undefined;
  /** Inputs that were given in a form that does not fit, and left out. */
  unfit: readonly string[];
}

/** One execution per workflow and incident, so this is also the state machine's execution name. */
export const executionIdOf = (workflow: string, incidentId: string): string => `${workflow}-${incidentId}`;

/** The execution as it is before it starts: its input is frozen here. `now` is ms since the epoch. */
export const plan = (
  { workflow, incidentId, input, agency }: Wanted,
  now: number,
  id = executionIdOf(workflow.name, incidentId),
): Execution => {
  const { name, version, priority } = workflow;
  return {
    id,
    workflow: name,
    version,
    incidentId,
    status: 'PENDING',
    priority,
    agency,
    createdAt: iso(now),
    deadline: iso(now + workflow.timeout * 1000),
    degraded: false,
    missing: [],
    tookOver: [],
    input: { ...input, executionId: id, workflow: name, version, incidentId, priority },
  };
};

export const matchOf = (
  { workflow, by, incidentId }: Wanted,
  executionId: string,
  outcome: TriggerMatch['outcome'],
  now: number,
): TriggerMatch => ({
  workflow: workflow.name,
  version: workflow.version,
  eventKey: by,
  incidentId,
  executionId,
  outcome,
  at: iso(now),
});
