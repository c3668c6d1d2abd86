import { eventKey, type IngestRequest, isStatement, type NormalizedDetail, type NormalizedEvent } from '../../shared/contracts/event.ts';
import type { Execution } from '../../shared/contracts/execution.ts';
import type { Incident } from '../../shared/contracts/incident.ts';
import type { Simulation, SimulationRequest } from '../../shared/contracts/simulation.ts';
import type { Workflow } from '../../shared/contracts/workflow.ts';
import { independentSources } from '../../shared/domain/independent.ts';
import { type Given, inputsOf } from '../../shared/domain/inputs.ts';
import { normalised } from '../../shared/domain/normalise.ts';
import { openedBy } from '../../shared/domain/opened.ts';
import { type Situation, situationOf } from '../../shared/domain/situation.ts';
import { timeRefusal } from '../../shared/domain/time.ts';
import { iso } from '../../shared/lambda/ids.ts';
import { factsOf } from '../../shared/policy/index.ts';
import type { Complaint } from './assumptions.ts';
import { triggerOf } from './trigger.ts';
import type { World } from './world.ts';

/** The incident of a run that no stored incident is named for. */
const NOBODYS = 'simulated';

export interface Beginning {
  readonly execution: Execution;
  readonly situation: Situation;
  readonly trigger: Simulation['trigger'];
}

type Begun = { readonly ok: true; readonly beginning: Beginning } | { readonly ok: false; readonly complaints: readonly Complaint[] };

const no = (path: string, message: string): Begun => ({ ok: false, complaints: [{ path, message }] });

/** Why an envelope starts nothing, or undefined. */
const unfit = ({ type, time }: IngestRequest, now: number): { path: string; message: string } | undefined => {
  if (isStatement(type)) return { path: 'event.type', message: `${type} states what is and starts nothing` };
  const late = time ? timeRefusal(Date.parse(time), now) : undefined;
  return late ? { path: 'event.time', message: late } : undefined;
};

/** The incident as it would be with the event in it: the stored one grown by a source, or one that the event opens. */
const grown = (incident: Incident | undefined, event: NormalizedEvent): Incident => {
  if (!incident) return openedBy(NOBODYS, eventKey(event), event);
  return {
    ...incident,
    sources: [...new Set([...incident.sources, event.source])].sort(),
    events: incident.events + 1,
    lastAt: event.occurredAt,
  };
};

/** What would be known once the event had come in: its incident, and the facts it attests. */
const withEvent = (situation: Situation, event: NormalizedEvent): Situation & { incident: Incident } => {
  const incident = grown(situation.incident, event);
  return { ...situation, incident, facts: [...situation.facts, ...factsOf({ ...event, incidentId: incident.id })] };
};

const detailOf = (event: NormalizedEvent, { id, sources, events, confidence }: Incident): NormalizedDetail => ({
  ...event,
  incidentId: id,
  incident: {
    id,
    change: events === 1 ? 'opened' : 'joined',
    sources,
    independentSources: independentSources(sources),
    events,
    confidence,
  },
});

const executionOf = (
  workflow: Workflow,
  input: Omit<Execution['input'], 'executionId' | 'workflow' | 'version' | 'priority'>,
  agency: string,
  now: number,
): Execution => {
  const { name, version, priority, timeout } = workflow;
  const id = `${name}-${input.incidentId}`;
  return {
    id,
    workflow: name,
    version,
    incidentId: input.incidentId,
    status: 'RUNNING',
    priority,
    agency,
    createdAt: iso(now),
    startedAt: iso(now),
    deadline: iso(now + timeout * 1000),
    degraded: false,
    missing: [],
    tookOver: [],
    input: { ...input, executionId: id, workflow: name, version, priority },
  };
};

const AGENCY = 'riviera-beach-pd';

interface Known {
  readonly situation: Situation;
  readonly event: NormalizedDetail | undefined;
}

interface Input {
  readonly input: Parameters<typeof executionOf>[1];
  readonly complaints: readonly Complaint[];
}

const complaintsOf = ({ inputs: specs }: Workflow, { lacking, unfit }: Given): Complaint[] =>
  Object.entries(specs).flatMap(([name, { type, required, values }]) => {
    const path = type === 'location' ? 'location' : `inputs.${name}`;
    const kind = `${type}${values ? ` of ${values.join(', ')}` : ''}`;
    if (unfit.includes(name)) return [{ path, message: `${name} is a ${kind}` }];
    return required && lacking.includes(name) ? [{ path, message: `This workflow cannot run without ${name}: a ${kind}` }] : [];
  });

/** What the run is started with, as `trigger` freezes it: what was asked for, then what the event and its incident tell. */
const inputFor = (workflow: Workflow, request: SimulationRequest, { event, situation }: Known, by: string): Input => {
  const { incident } = situation;
  const startedBy = request.startedBy ?? (event ? 'EVENT' : 'MANUAL');
  const given = inputsOf(workflow, [{ location: request.location }, event, incident], request.inputs);
  const input = {
    incidentId: request.incidentId ?? NOBODYS,
    location: given.location,
    summary: event?.summary ?? incident?.summary ?? 'A simulation',
    event,
    ...(startedBy === 'MANUAL' || startedBy === 'API' ? { requestedBy: by } : {}),
    startedBy,
    inputs: given.inputs,
  };
  return { input, complaints: complaintsOf(workflow, given) };
};

/**
 * The run as it would begin: by an event, normalised as `ingest` would, or by a person. Which incident an event would be fused into is not
 * guessed: it opens its own unless one is named. `now` is ms since the epoch; `by` is who asks for the simulation.
 */
export const beginningOf =
  (world: World) =>
  async (workflow: Workflow, request: SimulationRequest, by: string, now: number): Promise<Begun> => {
    const refused = request.event && unfit(request.event, now);
    if (refused) return { ok: false, complaints: [refused] };
    const heard = request.event && normalised(request.event.source, request.event, now, now);
    const stored = await situationOf(world)({ incidentId: request.incidentId ?? NOBODYS }, [`workflow/${workflow.name}`]);
    if (request.incidentId && !stored.incident) return no('incidentId', `There is no incident ${request.incidentId}`);
    const situation = heard ? withEvent(stored, heard) : stored;
    const { incident } = situation;
    const event = heard && incident && detailOf(heard, incident);
    const { input, complaints } = inputFor(workflow, request, { situation, event }, by);
    if (complaints.length > 0) return { ok: false, complaints };
    const execution = executionOf(workflow, input, incident?.agency ?? AGENCY, now);
    return { ok: true, beginning: { execution, situation, trigger: triggerOf(workflow, input.startedBy, event) } };
  };
