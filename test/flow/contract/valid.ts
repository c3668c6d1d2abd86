import type { Endpoint } from '../../../shared/contracts/endpoint.ts';
import { endpoints, type Operation } from '../../../shared/contracts/endpoints.ts';
import { examples } from '../../../shared/contracts/openapi/examples.ts';
import type { Role } from '../../../shared/contracts/vocabulary.ts';
import type { Request } from './ask.ts';
import type { Known } from './scene.ts';

interface Filled {
  /** What stands for the parameter of the path. */
  readonly param?: string;
  readonly query?: string;
  readonly body?: unknown;
  readonly role?: Role;
  readonly sub?: string;
  readonly agency?: string;
}

/** The stage's other agency. */
const FIRE = 'riviera-beach-fire';
const SHOT = 'gunshot_detection#shot-1';

/** What operations are asked whose path has a parameter, or whose example speaks of what is not in the scene. */
const filled = ({
  runs: [run = ''],
  ended: [ended = ''],
  letters: [first = '', second = ''],
  incidents,
  approval,
  held,
  reservation,
  asks,
  subject,
  review,
  fact,
  joint,
}: Known) =>
  ({
    getWorkflow: { param: 'gunfire-response' },
    getExecution: { param: run },
    pauseExecution: { param: run },
    resumeExecution: { param: run },
    cancelExecution: { param: run },
    redriveExecution: { param: ended },
    listExecutions: { query: '?workflow=gunfire-response&limit=2' },
    eventHistory: { query: '?source=gunshot_detection&limit=2' },
    fusedEvents: { query: `?minEvents=1&from=2026-11-22T00:00:00Z` },
    fuseEvents: { body: { incidentId: incidents[0], reason: 'a second caller tells of it' } },
    explainEvent: { param: SHOT },
    deadLetter: { param: first },
    redriveDeadLetter: { param: first, body: { reason: 'a confidence of seven', body: { ...examples.ingestEvent, id: 'mended-1' } } },
    discardDeadLetter: { param: second },
    listResources: { query: '?type=BOAT&limit=2' },
    availableResources: { query: '?type=BOAT&lat=26.7753&lon=-80.0581' },
    allocateResources: { body: { ...examples.allocateResources, requires: undefined } },
    endReservation: { param: reservation },
    releaseResource: { param: held[0]?.id ?? '', body: { ...examples.releaseResource, fence: held[0]?.fence } },
    renewResource: { param: held[1]?.id ?? '', body: { ...examples.renewResource, fence: held[1]?.fence } },
    stateResource: { param: 'car-2' },
    locateResource: { param: 'car-2' },
    maintainResource: { param: 'car-2' },
    getFact: { param: fact },
    overrideFact: { param: fact },
    declareJointOperation: { body: { ...examples.declareJointOperation, incidents: [incidents[0]] } },
    getJointOperation: { param: joint.stands },
    jointPicture: { param: joint.stands },
    acceptJointOperation: { param: joint.asked, agency: FIRE, sub: 'fire-chief' },
    declineJointOperation: { param: joint.asked, agency: FIRE, sub: 'fire-chief' },
    assignJointUnits: { param: joint.stands },
    commandJointOperation: { param: joint.stands },
    renewJointOperation: { param: joint.stands },
    endJointOperation: { param: joint.stands },
    disablePerson: { param: 'eve' },
    enablePerson: { param: 'eve' },
    unlockPerson: { param: 'ann' },
    answerAsk: { param: asks.at(-1) ?? '', role: 'kernel_operator', sub: 'second' },
    openSealed: { param: subject.pieces[0] ?? '' },
    holdSubject: { param: subject.token },
    releaseSubject: { param: subject.token },
    eraseSubject: { param: subject.token },
    getReview: { param: review.week },
    signReview: { body: { ...examples.signReview, ...review } },
    answerApproval: {
      param: approval.id,
      body: { answer: 'refuse', reason: 'nobody was seen', factsHash: approval.factsHash },
      role: 'watch_commander',
    },
  }) satisfies Partial<Record<Operation, Filled>>;

const roleFor = ({ roles }: Endpoint): Role => roles.find((role) => role === 'watch_commander') ?? roles[0] ?? 'viewer';

/** An engine that runs is paused before it goes on, and stopped, which a second person confirms, before it is started. */
const KERNEL: readonly Operation[] = ['pauseKernel', 'resumeKernel', 'stopKernel', 'answerAsk', 'startKernel'];

/** Every endpoint, in an order in which each can succeed. */
export const inOrder: readonly Endpoint[] = [
  ...endpoints.filter(({ operation }) => !KERNEL.includes(operation)),
  ...KERNEL.flatMap((wanted) => endpoints.filter(({ operation }) => operation === wanted)),
];

/** A request that the scene can answer with a success. */
export const valid = (known: Known, endpoint: Endpoint): Request => {
  const { operation, method, path } = endpoint;
  const { param, query, body, role, sub, agency }: Filled = (filled(known) as Record<string, Filled>)[operation] ?? {};
  const sent = body ?? (examples as Record<string, unknown>)[operation];
  return {
    method,
    path: `${path.replace(/\{\w+\}/, encodeURIComponent(param ?? ''))}${query ?? ''}`,
    role: role ?? roleFor(endpoint),
    sub,
    agency,
    text: sent === undefined ? undefined : JSON.stringify(sent),
  };
};
