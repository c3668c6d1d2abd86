import manifest from '../../package.json' with { type: 'json' };
import { createLending } from '../../shared/domain/joint/lending.ts';
import { partiesIn } from '../../shared/domain/joint/parties.ts';
import { createScopes } from '../../shared/domain/joint/scope.ts';
import { partnerTermsIn } from '../../shared/domain/sharing/terms.ts';
import { ownBus } from '../../shared/lambda/bus.ts';
import { dynamoDb } from '../../shared/lambda/clients.ts';
import { lazily, setting } from '../../shared/lambda/doors.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { createAccess, dutyOf } from '../../shared/policy/access/index.ts';
import { createPolicyEngine } from '../../shared/policy/index.ts';
import { vaultFor } from '../../shared/restricted/index.ts';
import { asksStore } from '../../shared/stores/asks.ts';
import { barredStore } from '../../shared/stores/barred.ts';
import { channelsStore } from '../../shared/stores/channels.ts';
import { connectionsStore } from '../../shared/stores/connections.ts';
import { deadLettersStore } from '../../shared/stores/dead-letters.ts';
import { eventsStore } from '../../shared/stores/events.ts';
import { executionsStore } from '../../shared/stores/executions.ts';
import { factsStore } from '../../shared/stores/facts.ts';
import { hoursStore } from '../../shared/stores/hours.ts';
import { idempotencyStore } from '../../shared/stores/idempotency.ts';
import { incidentsStore } from '../../shared/stores/incidents.ts';
import { jointStore } from '../../shared/stores/joint.ts';
import { journalStore } from '../../shared/stores/journal.ts';
import { kernelStore } from '../../shared/stores/kernel.ts';
import { resourcesStore } from '../../shared/stores/resources.ts';
import { reviewsStore } from '../../shared/stores/reviews.ts';
import { signinsStore } from '../../shared/stores/signins.ts';
import { sourcesStore } from '../../shared/stores/sources.ts';
import { workflows } from '../../workflows/index.ts';
import type { AdmitDeps } from './admit.ts';
import { apiBus } from './bus.ts';
import { restDoor } from './door.ts';
import { once } from './once.ts';
import type { Operations, Perform } from './operation.ts';
import { answerApproval, listApprovals } from './operations/approvals.ts';
import { answerAsk, listAsks } from './operations/asks.ts';
import { audit, auditPolicy } from './operations/audit.ts';
import { policyBindings } from './operations/bindings.ts';
import { eventBuffers } from './operations/buffers.ts';
import { discardDeadLetter, redriveDeadLetter, redriveLetterAhead } from './operations/close-letter.ts';
import { policyCompliance } from './operations/compliance.ts';
import { deadLetter, deadLetters } from './operations/dead-letters.ts';
import { getOpenApi } from './operations/documents.ts';
import { control, listExecutions, redriveAhead, redriveExecution } from './operations/executions.ts';
import { explainEvent } from './operations/explain.ts';
import { getFact, listFacts } from './operations/facts.ts';
import { fuseEvents } from './operations/fuse.ts';
import { fusedEvents } from './operations/fused.ts';
import { eventHistory } from './operations/history.ts';
import { ingestEvent } from './operations/ingest.ts';
import {
  acceptJointOperation,
  commandJointOperation,
  declineJointOperation,
  endJointOperation,
  getJointOperation,
  listJointOperations,
} from './operations/joint.ts';
import { jointPicture } from './operations/joint-picture.ts';
import { declareJointOperation, renewJointOperation } from './operations/joint-plan.ts';
import { assignJointUnits } from './operations/joint-units.ts';
import { commandKernel, getKernel, kernelQueue, stopAhead } from './operations/kernel.ts';
import { eventLedger } from './operations/ledger.ts';
import { maySecond, overrideAhead, overrideFact } from './operations/override-fact.ts';
import { disablePerson, enablePerson, listBarred, revokeTokens, unlockPerson } from './operations/people.ts';
import { checkPolicy } from './operations/policy.ts';
import { endReservation, listReservations, reserveResources } from './operations/reservations.ts';
import { allocateResources, releaseResource, renewResource } from './operations/resource-claims.ts';
import { locateResource, maintainResource, registerResource, stateResource } from './operations/resource-words.ts';
import { availableResources, listResources } from './operations/resources.ts';
import { getReview, listReviews, signReview } from './operations/reviews.ts';
import { routingChannels, routingPipelines, routingRules } from './operations/routing.ts';
import { openSealed } from './operations/sealed.ts';
import { sharedEvents } from './operations/shared-events.ts';
import { listSharing } from './operations/sharing.ts';
import { simulate } from './operations/simulate.ts';
import { eventSources } from './operations/sources.ts';
import { getActive, getExecution, getStatus } from './operations/status.ts';
import { eraseAhead, eraseSubject, findSubject, holdSubject, releaseSubject } from './operations/subjects.ts';
import { kernelSubsystems } from './operations/subsystems.ts';
import { createTicket } from './operations/tickets.ts';
import { resourceUtilization } from './operations/utilization.ts';
import { waitingResources } from './operations/waiting.ts';
import { executeWorkflow, getWorkflow, listWorkflows } from './operations/workflows.ts';
import { hangUp } from './sockets.ts';
import { openAsk } from './two-persons.ts';
import { witnessed } from './witness.ts';

/** The stage is part of every table's name: `swoe-<stage>-events`. */
const stageOf = (table: string): string => /^swoe-(.+)-events$/.exec(table)?.[1] ?? 'unknown';

const depsOf = (runtime: Runtime) => {
  const client = dynamoDb(runtime);
  const named = (variable: string): string => setting(runtime, variable);
  const connections = connectionsStore(client, named('CONNECTIONS_TABLE'));
  const parties = partiesIn(runtime);
  const joint = jointStore(client, named('JOINT_TABLE'));
  const incidents = incidentsStore(client, named('INCIDENTS_TABLE'), eventsStore(client, named('EVENTS_TABLE')));
  const opening = { joint, incidents, parties, clock: runtime.clock };
  const journal = journalStore({ client, name: named('JOURNAL_TABLE'), runtime });
  return {
    runtime,
    vault: vaultFor(runtime, journal),
    workflows,
    clock: runtime.clock,
    put: apiBus(runtime),
    bus: ownBus(runtime),
    about: { version: manifest.version, stage: stageOf(named('EVENTS_TABLE')) },
    events: eventsStore(client, named('EVENTS_TABLE')),
    incidents,
    joint,
    parties,
    access: createAccess(parties.ours),
    lending: createLending(opening),
    scopes: createScopes(opening),
    executions: executionsStore(client, named('EXECUTIONS_TABLE')),
    facts: factsStore(client, named('FACTS_TABLE'), runtime.clock),
    policy: createPolicyEngine(),
    resources: resourcesStore(client, named('RESOURCES_TABLE')),
    journal,
    kernel: kernelStore(client, named('KERNEL_TABLE')),
    reviews: reviewsStore(client, named('KERNEL_TABLE')),
    channels: channelsStore(client, named('CHANNELS_TABLE')),
    hours: hoursStore(client, named('CHANNELS_TABLE')),
    keys: idempotencyStore(client, named('CONNECTIONS_TABLE')),
    connections,
    barred: barredStore(client, named('CONNECTIONS_TABLE'), runtime.clock),
    asks: asksStore(client, named('CONNECTIONS_TABLE')),
    partners: parties.partners,
    partnerTerms: partnerTermsIn(setting(runtime, 'PARTNER_TERMS')),
    signins: signinsStore(client, named('CONNECTIONS_TABLE')),
    hangUp: hangUp({ runtime, connections, endpoint: named('WEBSOCKET_ENDPOINT') }),
    deadLetters: deadLettersStore(client, named('DEAD_LETTERS_TABLE')),
    sources: sourcesStore(client, named('SOURCES_TABLE')),
  };
};

type Deps = ReturnType<typeof depsOf>;

const admission = ({ facts, access, parties, scopes, clock, runtime }: Deps): AdmitDeps => ({
  access,
  parties,
  scopes,
  clock,
  duty: async (sub) => dutyOf(await facts.about([`person/${sub}`]), runtime.clock.now()),
});

const operationsOf = (deps: Deps, admitting: AdmitDeps, perform: Parameters<typeof answerAsk>[0]['perform']): Operations => ({
  getStatus: getStatus(deps),
  getActive: getActive(deps),
  listWorkflows: listWorkflows(deps),
  getWorkflow: getWorkflow(deps),
  executeWorkflow: executeWorkflow(deps),
  // A simulation counts on nobody else's units.
  simulate: simulate({ ...deps, resources: deps.lending.fleet(deps.resources) }),
  listExecutions: listExecutions(deps),
  getExecution: getExecution(deps),
  pauseExecution: control(deps, 'pause'),
  resumeExecution: control(deps, 'resume'),
  cancelExecution: control(deps, 'cancel'),
  redriveExecution: redriveExecution(deps),
  ingestEvent: ingestEvent(deps),
  eventHistory: eventHistory(deps),
  fusedEvents: fusedEvents(deps),
  fuseEvents: fuseEvents(deps),
  explainEvent: explainEvent(deps),
  eventLedger: eventLedger(deps),
  deadLetters: deadLetters(deps),
  deadLetter: deadLetter(deps),
  redriveDeadLetter: redriveDeadLetter(deps),
  discardDeadLetter: discardDeadLetter(deps),
  eventBuffers: eventBuffers(deps),
  eventSources: eventSources(deps),
  listResources: listResources(deps),
  getKernel: getKernel(deps),
  startKernel: commandKernel(deps, 'start'),
  stopKernel: commandKernel(deps, 'stop'),
  pauseKernel: commandKernel(deps, 'pause'),
  resumeKernel: commandKernel(deps, 'resume'),
  kernelQueue: kernelQueue(deps),
  kernelSubsystems: kernelSubsystems(deps),
  listJointOperations: listJointOperations(deps),
  declareJointOperation: declareJointOperation(deps),
  getJointOperation: getJointOperation(deps),
  jointPicture: jointPicture(deps),
  acceptJointOperation: acceptJointOperation(deps),
  declineJointOperation: declineJointOperation(deps),
  assignJointUnits: assignJointUnits(deps),
  commandJointOperation: commandJointOperation(deps),
  renewJointOperation: renewJointOperation(deps),
  endJointOperation: endJointOperation(deps),
  availableResources: availableResources(deps),
  resourceUtilization: resourceUtilization(deps),
  allocateResources: allocateResources(deps),
  waitingResources: waitingResources(deps),
  releaseResource: releaseResource(deps),
  renewResource: renewResource(deps),
  registerResource: registerResource(deps),
  stateResource: stateResource(deps),
  locateResource: locateResource(deps),
  maintainResource: maintainResource(deps),
  listReservations: listReservations(deps),
  reserveResources: reserveResources(deps),
  endReservation: endReservation(deps),
  listReviews: listReviews(deps),
  getReview: getReview(deps),
  signReview: signReview(deps),
  audit: audit(deps),
  auditPolicy: auditPolicy(deps),
  listSharing: listSharing(deps),
  sharedEvents: sharedEvents(deps),
  openSealed: openSealed({ ...deps, ...admitting }),
  findSubject: findSubject(deps),
  holdSubject: holdSubject(deps),
  releaseSubject: releaseSubject(deps),
  eraseSubject: eraseSubject(deps),
  checkPolicy: checkPolicy(deps),
  policyBindings: policyBindings(deps),
  policyCompliance: policyCompliance(deps),
  listFacts: listFacts(deps),
  getFact: getFact(deps),
  overrideFact: overrideFact(deps),
  routingRules,
  routingChannels,
  routingPipelines,
  listApprovals: listApprovals(deps),
  answerApproval: answerApproval(deps),
  createTicket: createTicket(deps),
  getOpenApi: getOpenApi(deps),
  listBarred: listBarred(deps),
  disablePerson: disablePerson(deps),
  enablePerson: enablePerson(deps),
  unlockPerson: unlockPerson(deps),
  revokeTokens: revokeTokens(deps),
  listAsks: listAsks(deps),
  answerAsk: answerAsk({ ...deps, ...admitting, perform, confirm: { overrideFact: maySecond(deps) } }),
});

/** The door of REST. Which endpoint exists, for whom and with what shape, stands in shared/contracts/endpoints.ts. */
export const create = (runtime: Runtime) => {
  const deps = depsOf(runtime);
  const admitting = admission(deps);
  const operations: Operations = operationsOf(deps, admitting, (operation, ask) =>
    (operations[operation] as Perform<typeof operation>)(ask),
  );
  const ahead = {
    redriveExecution: redriveAhead(deps),
    redriveDeadLetter: redriveLetterAhead(deps),
    stopKernel: stopAhead(deps),
    overrideFact: overrideAhead(deps),
    eraseSubject: eraseAhead(deps),
  };
  const door = restDoor({ operations, once: once(deps), log: runtime.log, ...admitting, second: openAsk({ ...deps, ahead }) });
  return witnessed(door, { journal: deps.journal, log: runtime.log });
};

export const handler = lazily(create);
