import { eventKey, type NormalizedDetail } from '../../shared/contracts/event.ts';
import type { Execution, ExecutionInput, TriggerMatch, WorkflowRequested } from '../../shared/contracts/execution.ts';
import type { Workflow } from '../../shared/contracts/workflow.ts';
import { iso } from '../../shared/lambda/ids.ts';

/** A workflow that something asks for: an event that matched, or a person's request. */
export interface Wanted {
  workflow: Workflow;
  /** The event's key, or the request's id: what makes the match unique. */
  by: string;
  /** The incident, or the request's id where there is none. */
  incidentId: string;
  input: Omit<ExecutionInput, 'executionId' | 'workflow' | 'version' | 'incidentId' | 'priority'>;
  agency: string;
}

/** One execution per workflow and incident, so this is also the state machine's execution name. */
export const executionIdOf = (workflow: string, incidentId: string): string => `${workflow}-${incidentId}`;

export const wantedBy = (workflow: Workflow, incidentId: string, event: NormalizedDetail): Wanted => ({
  workflow,
  by: eventKey(event),
  incidentId,
  input: { location: event.location, summary: event.summary, event, startedBy: 'EVENT', inputs: {} },
  agency: event.agency,
});

export const wantedByPerson = (workflow: Workflow, request: WorkflowRequested): Wanted => ({
  workflow,
  by: `request#${request.requestId}`,
  incidentId: request.incidentId ?? request.requestId,
  input: { location: request.location, summary: request.reason, requestedBy: request.by, startedBy: 'MANUAL', inputs: request.inputs },
  agency: 'riviera-beach-pd',
});

/** The execution as it is before it starts: its input is frozen here. `now` is ms since the epoch. */
export const plan = ({ workflow, incidentId, input, agency }: Wanted, now: number): Execution => {
  const id = executionIdOf(workflow.name, incidentId);
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
