import type * as z from 'zod';
import type { endpoints, Operation } from '../endpoints.ts';

type BodyOf<O extends Operation> =
  Extract<(typeof endpoints)[number], { operation: O }> extends { body: infer B extends z.ZodType } ? z.input<B> : never;

const LOCATION = { lat: 26.7753, lon: -80.0581, radiusM: 25 };
const SHOT = {
  specversion: '1.0',
  id: 'shot-4711',
  source: 'gunshot_detection',
  type: 'gunshot.detected',
  time: '2026-11-22T17:00:00.000Z',
  data: { location: LOCATION, confidence: 0.93, summary: 'Three rounds, Marina Way' },
} as const;

const TOMORROW = { from: '2026-11-23T22:00:00.000Z', to: '2026-11-24T04:00:00.000Z' };

/** Bodies as somebody would send them. */
export const examples: { readonly [O in Operation]?: BodyOf<O> } = {
  executeWorkflow: { workflow: 'gunfire-response', location: LOCATION, reason: 'Caller heard shots; no sensor there', inputs: {} },
  simulate: { workflow: 'gunfire-response', event: SHOT, approvals: { releasePrediction: 'refuse' } },
  pauseExecution: { reason: 'Units report that the scene is clear' },
  resumeExecution: { reason: 'A second caller; the scene is not clear' },
  cancelExecution: { reason: 'Fireworks, seen by the patrol' },
  redriveExecution: { reason: 'The drone is back in service' },
  ingestEvent: SHOT,
  fuseEvents: { eventKey: 'gunshot_detection#shot-4711', reason: 'Two callers tell of the same shots' },
  redriveDeadLetter: { reason: 'The feed sent no type', body: SHOT },
  discardDeadLetter: { reason: 'A test of the feed' },
  checkPolicy: { workflow: 'gunfire-response', step: 'sendDrone' },
  overrideFact: { action: 'withdraw', until: 'for-good', reason: 'Quashed at the hearing of 1 December' },
  answerApproval: {
    answer: 'approve',
    reason: 'Two patrols ask for it',
    factsHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  },
  registerResource: { id: 'boat-7', type: 'BOAT', name: 'Marine 7', capabilities: ['sonar'], location: LOCATION },
  allocateResources: {
    incidentId: 'SW3H',
    needs: { BOAT: 1 },
    requires: { BOAT: { capabilities: ['sonar'] } },
    location: LOCATION,
    priority: 'HIGH',
    leaseS: 3600,
    reason: 'A swimmer is missing off the marina',
  },
  reserveResources: {
    needs: { BOAT: 1 },
    location: LOCATION,
    ...TOMORROW,
    incidentId: 'boat-parade',
    reason: 'The parade on the Intracoastal',
  },
  endReservation: { reason: 'The parade was called off' },
  releaseResource: { fence: 3, reason: 'The swimmer is ashore' },
  renewResource: { fence: 3, leaseS: 1800, reason: 'The search goes on' },
  stateResource: { status: 'OUT_OF_SERVICE', health: { fuelPct: 4, faults: ['bilge-pump'] }, reason: 'Taking water' },
  locateResource: { location: LOCATION, reason: 'Its transponder is silent; told by radio' },
  maintainResource: { maintenance: [{ ...TOMORROW, why: 'Bilge pump' }], reason: 'The yard has a slot' },
  startKernel: { reason: 'The new version is in' },
  stopKernel: { mode: 'finish', reason: 'A new version goes in' },
  pauseKernel: { reason: 'The radio bridge sends every call twice' },
  resumeKernel: { reason: 'The bridge is mended' },
  disablePerson: { reason: 'Left the department' },
  enablePerson: { reason: 'Came back' },
  unlockPerson: { reason: 'Mistyped in the dark' },
  revokeTokens: { sub: '0c9f4a52-7d0b-4f6e-9f1c-2b8f3b1f4f10', reason: 'The phone was lost' },
  openSealed: { purpose: 'response', reason: 'The crew on its way asks what was said' },
  findSubject: { kind: 'person-name', id: 'Doe, Jane', reason: 'Request 2026-114 under FS 943.0585' },
  holdSubject: { legalBasis: 'Case RB-2026-004417', reason: 'The case is open' },
  releaseSubject: { reason: 'The case was closed' },
  eraseSubject: { legalBasis: 'FS 943.0585, order 26-CF-1182', reason: 'The record was expunged' },
  answerAsk: { answer: 'yes', reason: 'Looked at it' },
  signReview: {
    week: '2026-W46',
    hash: '3f1b6a0c9d8e7f60514233241506f7e8d9cabb0c1d2e3f405162738495a6b7c8',
    found: 'in-order',
    note: 'Two stops of the engine, both for the new version',
  },
  declareJointOperation: {
    name: 'Marina shooting',
    reason: 'The suspect’s boat is in the sheriff’s waters',
    agencies: ['riviera-beach-fire'],
    incidents: ['SW3HS55C25QWD0WKJS5KXZ6ZK3'],
    objectives: ['Find the boat', 'Keep the marina clear'],
    until: '2026-11-23T17:00:00.000Z',
    command: [{ person: 'ann', role: 'incident_commander', position: 'incident_commander' }],
  },
  acceptJointOperation: {
    reason: 'The chief was asked by phone',
    command: [{ person: 'bob', role: 'watch_commander', position: 'incident_commander' }],
  },
  declineJointOperation: { reason: 'No crew to spare' },
  assignJointUnits: {
    commit: [{ id: 'marine-3', type: 'BOAT', name: 'Marine 3', location: LOCATION, capabilities: ['sonar'] }],
    reason: 'The boat is on its way',
  },
  commandJointOperation: {
    do: 'name',
    seat: { person: 'eve', role: 'chief', position: 'agency_representative' },
    reason: 'Takes over at shift change',
  },
  renewJointOperation: { until: '2026-11-24T17:00:00.000Z', objectives: ['Search the shore'], reason: 'The search goes on' },
  endJointOperation: { reason: 'The boat was found' },
  createTicket: { channel: 'alerts' },
};
