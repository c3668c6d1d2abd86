import { eventKey, type NormalizedDetail } from '../../shared/contracts/event.ts';
import type { Execution, ExecutionInput, WorkflowRequested } from '../../shared/contracts/execution.ts';
import type { Incident, IncidentState } from '../../shared/contracts/incident.ts';
import type { WorkflowScheduled } from '../../shared/contracts/run-events.ts';
import { LONGEST_CHAIN } from '../../shared/contracts/situation.ts';
import type { TriggerKind } from '../../shared/contracts/vocabulary.ts';
import type { Workflow } from '../../shared/contracts/workflow.ts';
import { askedFor } from '../../shared/domain/asked-for.ts';
import { inputsOf, type Telling } from '../../shared/domain/inputs.ts';
import { situationNow } from '../../shared/domain/situation-now.ts';
import { sha256 } from '../../shared/lambda/ids.ts';
import type { Objection, Wanted } from './plan.ts';

/** The agency of runs that nobody's event started. */
const OWN_AGENCY = 'riviera-beach-pd';

interface Asking extends Pick<Wanted, 'workflow' | 'by' | 'incidentId' | 'agency'> {
  readonly startedBy: TriggerKind;
  readonly summary: string;
  readonly telling: Telling;
  readonly named?: Readonly<Record<string, unknown>>;
  readonly more?: Partial<ExecutionInput>;
  readonly objection?: Objection | undefined;
}

const lacks = (workflow: Workflow, lacking: readonly string[]): Objection | undefined => {
  const [name] = lacking;
  const spec = name === undefined ? undefined : workflow.inputs[name];
  if (!spec) return undefined;
  return {
    clause: `input:${name}`,
    says: `${workflow.name} cannot run without ${lacking.join(', ')}: nothing at ${spec.from} is a ${spec.type} that fits`,
  };
};

const wanted = ({ workflow, by, incidentId, agency, startedBy, summary, telling, named, more = {}, objection }: Asking): Wanted => {
  const { location, inputs, lacking, unfit } = inputsOf(workflow, telling, named);
  return {
    workflow,
    by,
    incidentId,
    agency,
    input: { ...more, location, summary, startedBy, inputs },
    objection: objection ?? lacks(workflow, lacking),
    unfit,
  };
};

/** An event that fits the workflow's EVENT trigger; what it does not say its incident may. */
export const wantedByEvent = (workflow: Workflow, incident: Incident, event: NormalizedDetail): Wanted =>
  wanted({
    workflow,
    by: eventKey(event),
    incidentId: incident.id,
    agency: event.agency,
    startedBy: 'EVENT',
    summary: event.summary,
    telling: [event, incident],
    more: { event },
  });

/** An incident whose state fits the workflow's CONDITION; `by` is the event, or the fact's event, after which it was looked at. */
export const wantedByState = (
  workflow: Workflow,
  { incident, state, by, event }: { incident: Incident; state: IncidentState; by: string; event?: NormalizedDetail | undefined },
): Wanted =>
  wanted({
    workflow,
    by,
    incidentId: incident.id,
    agency: incident.agency,
    startedBy: 'CONDITION',
    summary: event?.summary ?? incident.summary,
    telling: [event, { ...incident, ...state }],
    more: { event },
  });

export const wantedByPerson = (workflow: Workflow, request: WorkflowRequested, incident: Incident | undefined): Wanted => {
  const { kind, refusal } = askedFor(workflow, request.via);
  return wanted({
    workflow,
    by: `request#${request.requestId}`,
    incidentId: incident?.id ?? request.requestId,
    agency: OWN_AGENCY,
    startedBy: kind,
    summary: request.reason,
    telling: [{ location: request.location }, incident && { location: incident.location }],
    named: request.inputs,
    more: { requestedBy: request.by },
    objection: refusal === undefined ? undefined : { clause: `trigger:${kind}`, says: refusal },
  });
};

/** A workflow that follows another: on the same incident, at the place where that one ended, with what inputs are named alike. */
export const wantedAfter = (workflow: Workflow, run: Execution): Wanted => {
  const { id, incidentId, agency, input } = run;
  const { location, summary } = situationNow(run);
  const depth = (input.chain?.depth ?? 0) + 1;
  return wanted({
    workflow,
    by: `${id}#completed`,
    incidentId,
    agency,
    startedBy: 'CHAIN',
    summary,
    telling: [{ location }, input.event],
    named: input.inputs,
    more: { event: input.event, requestedBy: input.requestedBy, chain: { after: id, depth } },
    objection:
      depth > LONGEST_CHAIN
        ? { clause: 'chain:depth', says: `it would be number ${depth} of a chain of workflows, and none is longer than ${LONGEST_CHAIN}` }
        : undefined,
  });
};

/** A workflow that the clock asks for. It has no incident; each firing is a run of its own. */
export const wantedByClock = (workflow: Workflow, { at }: WorkflowScheduled): Wanted =>
  wanted({
    workflow,
    by: `scheduled#${at}`,
    incidentId: `${at.replace(/[^0-9TZ]/g, '')}-${sha256(workflow.name).slice(0, 8)}`,
    agency: OWN_AGENCY,
    startedBy: 'SCHEDULE',
    summary: `${workflow.title}, by the clock`,
    telling: [],
  });
