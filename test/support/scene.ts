import type { Execution, StepCommand } from '../../shared/contracts/execution.ts';
import type { Incident } from '../../shared/contracts/incident.ts';
import type { Fact } from '../../shared/contracts/policy.ts';
import type { Resource } from '../../shared/contracts/resource.ts';
import type { ResourceType } from '../../shared/contracts/vocabulary.ts';
import { type Step, stepsOf } from '../../shared/contracts/workflow.ts';
import { gunfireResponse } from '../../workflows/gunfire-response.ts';
import { certifiedFor } from './certified.ts';
import { headed } from './head.ts';
import type { Rooms } from './rooms.ts';

/** Riviera Beach marina: where the shot was heard. */
export const PLACE = { lat: 26.7753, lon: -80.0581, radiusM: 25 };
const NOW = '2026-11-22T17:00:00.000Z';

export const execution = (incidentId: string, more: Partial<Execution> = {}): Execution => ({
  id: `gunfire-response-${incidentId}`,
  workflow: 'gunfire-response',
  version: 1,
  incidentId,
  status: 'RUNNING',
  priority: 'CRITICAL',
  agency: 'riviera-beach-pd',
  createdAt: NOW,
  startedAt: NOW,
  deadline: '2026-11-22T17:30:00.000Z',
  degraded: false,
  missing: [],
  tookOver: [],
  input: {
    executionId: `gunfire-response-${incidentId}`,
    workflow: 'gunfire-response',
    version: 1,
    incidentId,
    location: PLACE,
    priority: 'CRITICAL',
    summary: 'Shots',
    startedBy: 'EVENT',
    inputs: {},
  },
  ...more,
});

export const unit = (id: string, type: ResourceType, northM: number, more: Partial<Resource> = {}): Resource => ({
  id,
  type,
  name: id,
  agency: 'riviera-beach-pd',
  status: 'FREE',
  location: { lat: PLACE.lat + northM / 111_195, lon: PLACE.lon, radiusM: 5 },
  locatedAt: '2026-11-22T16:59:00.000Z',
  capabilities: [],
  certifications: certifiedFor(type),
  health: { faults: [], maintenance: [] },
  bookings: [],
  fence: 0,
  revision: 0,
  ...more,
});

/** A step of gunfire-response by its name. */
export const stepNamed = (name: string): Step => {
  const step = stepsOf(gunfireResponse.steps).find((one) => one.name === name);
  if (!step) throw new Error(`gunfire-response has no step ${name}`);
  return step;
};

export const perform = (incidentId: string, name: string, more: object = {}): StepCommand => {
  const step = stepNamed(name);
  return {
    contract: 1,
    op: 'perform',
    executionId: `gunfire-response-${incidentId}`,
    attempt: 0,
    token: `token-${name}`,
    ordinal: stepsOf(gunfireResponse.steps).indexOf(step),
    step,
    arguments: step.with,
    ...more,
  } as StepCommand;
};

type Ask = Extract<StepCommand, { op: 'ask' }>;
type Hold = Extract<StepCommand, { op: 'hold' }>;

/** A question of gunfire-response: the watch commander's, unless said otherwise. */
export const ask = (incidentId: string, name: string, more: Partial<Ask> = {}): Ask => ({
  contract: 1,
  op: 'ask',
  executionId: `gunfire-response-${incidentId}`,
  attempt: 0,
  token: `token-${name}`,
  ordinal: 7,
  round: 0,
  approval: { kind: 'approval', name, ask: 'watch_commander', question: 'Shall it?', within: 90, onSilence: 'refuse', escalateTo: [] },
  ask: 'watch_commander',
  releases: [],
  ...more,
});

/** A held step of gunfire-response, as its hold state asks about it. */
export const hold = (incidentId: string, name: string, more: Partial<Hold> = {}): Hold => ({
  contract: 1,
  op: 'hold',
  executionId: `gunfire-response-${incidentId}`,
  attempt: 0,
  token: `token-hold-${name}`,
  ordinal: 1,
  round: 0,
  step: stepNamed(name),
  ask: 'supervisor',
  within: 300,
  error: { Error: 'SWOE.Held', Cause: 'held' },
  ...more,
});

/** A shot that was heard at the marina. */
export const incident = (id: string, more: Partial<Incident> = {}): Incident => ({
  id,
  eventKey: `gunshot_detection#${id}`,
  openedAt: NOW,
  firstAt: NOW,
  lastAt: NOW,
  category: 'SENSOR',
  priority: 'CRITICAL',
  type: 'gunshot.detected',
  summary: 'Shots',
  agency: 'riviera-beach-pd',
  location: PLACE,
  sources: ['gunshot_detection'],
  events: 1,
  confidence: 0.93,
  threatLevel: 0.8,
  state: 'OPEN',
  joined: [],
  ...more,
});

/** Files one stored incident under another. */
export const mergeInto = async ({ stores }: Rooms, parent: string, child: string): Promise<void> => {
  const [above, below] = [await stores.incidents.top(parent), await stores.incidents.top(child)];
  if (!above || !below) throw new Error(`${parent} or ${child} is not stored`);
  const reason = { rule: 'GEOLOCATION', with: below.incident.eventKey, values: {} };
  await stores.journal.commit(parent, [], stores.incidents.merge(above, below, above, { told: true, by: below.incident.id, reason }));
};

export const exigency = (incidentId: string): Fact => ({
  subject: `incident/${incidentId}`,
  kind: 'exigency',
  value: { basis: 'imminent danger to life', by: 'gunshot_detection', until: '2026-11-22T17:30:00.000Z' },
  source: 'gunshot_detection',
  eventKey: 'gunshot_detection#shot-1',
  recordedAt: NOW,
  expiresAt: '2026-11-22T17:30:00.000Z',
});

export const councilAuthorisation = (): Fact => ({
  subject: 'city',
  kind: 'council-authorisation',
  value: { technologies: 'drone camera', resolution: '2026-014' },
  source: 'public_guardian',
  eventKey: 'public_guardian#authorisation',
  recordedAt: NOW,
  expiresAt: '2027-11-22T17:00:00.000Z',
});

/** What stands in a city unless a test says of airframes what it will. */
const standing = (): Fact => ({
  ...councilAuthorisation(),
  kind: 'airframe-approval',
  value: { standard: 'state-approved list' },
  eventKey: 'public_guardian#airframe',
});

const cityFact = (kind: string, subject: string, source: Fact['source'], value: Fact['value']): Fact => ({
  subject,
  kind,
  value,
  source,
  eventKey: `${source}#${kind}-${subject}`,
  recordedAt: NOW,
  expiresAt: '2027-11-22T17:00:00.000Z',
});

/** What the law asks of a drone beside the incident's own facts: the council's word, and an airframe on the state's list. */
export const droneMayFly = (): Fact[] => [
  councilAuthorisation(),
  cityFact('airframe-approval', 'city', 'public_guardian', { standard: 'state-approved list' }),
];

/** That these persons are on duty, in whatever role. */
export const onDuty = (...persons: string[]): Fact[] =>
  persons.map((sub) => cityFact('duty', `person/${sub}`, 'dispatch', { status: 'on' }));

/** Stores a running execution, its incidents, a fleet and facts. */
export const stage = async (
  { stores }: Rooms,
  {
    executions = [execution('I1')],
    incidents = [],
    fleet = [],
    facts = [],
  }: { executions?: Execution[]; incidents?: Incident[]; fleet?: Resource[]; facts?: Fact[] },
) => {
  for (const one of incidents) await stores.journal.commit(one.id, [], [stores.incidents.write(headed(one))]);
  for (const one of executions)
    await stores.journal.commit(
      one.id,
      [{ kind: 'match.made', actor: 'system/test', data: {} }],
      stores.executions.create(one, `event-${one.id}`),
    );
  for (const one of fleet)
    await stores.journal.commit(one.id, [{ kind: 'resource.registered', actor: 'system/test', data: {} }], stores.resources.register(one));
  if (!facts.some(({ kind }) => kind === 'airframe-approval')) await stores.journal.commit('city', [], [stores.facts.record(standing())]);
  for (const one of facts)
    await stores.journal.commit(one.subject, [{ kind: 'fact.recorded', actor: 'system/test', data: {} }], [stores.facts.record(one)]);
};
