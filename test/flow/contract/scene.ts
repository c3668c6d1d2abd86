import { examples } from '../../../shared/contracts/openapi/examples.ts';
import { MARINA, type System } from '../../support/system.ts';
import { FLEET, shot, system } from '../system.ts';

interface Listed {
  items: { id: string; busId: string; incidentId: string; factsHash: string; workflow: string }[];
}

/** What there is to speak of: ids that requests may name. */
export interface Known {
  readonly runs: string[];
  readonly ended: string[];
  readonly letters: string[];
  readonly incidents: string[];
  readonly approval: { id: string; factsHash: string };
  /** Units held by hand, with the numbers of their claims. */
  readonly held: { id: string; fence: number }[];
  readonly reservation: string;
  /** What the first shot attests. */
  readonly fact: string;
  /** What waits for a second person, the newest last. */
  readonly asks: string[];
  /** A person of whom something is sealed, and that piece. */
  readonly subject: { token: string; pieces: readonly string[] };
  /** A week that can be signed, and the hash of its report. */
  readonly review: { week: string; hash: string };
  /** A joint operation in force, and one that waits for the other agency. */
  readonly joint: { stands: string; asked: string };
}

const EAST = { lat: 26.7753, lon: -79.9, radiusM: 25 };
const NORTH = { lat: 27.4, lon: -80.0581, radiusM: 25 };

const BOATS: typeof FLEET = { 'boat-1': ['BOAT', 600], 'boat-2': ['BOAT', 700], 'boat-3': ['BOAT', 800], 'boat-4': ['BOAT', 900] };

/** Two boats are held for a search, and another is promised for tomorrow. */
const boats = async ({ rest }: System): Promise<Pick<Known, 'held' | 'reservation'>> => {
  const search = { incidentId: 'search-1', needs: { BOAT: 2 }, location: MARINA, reason: 'a swimmer is missing' };
  const { body } = await rest<{ units: Known['held'] }>('dispatcher', 'POST', '/resources/allocate', search);
  const { id } = (await rest<{ id: string }>('dispatcher', 'POST', '/resources/reservations', examples.reserveResources)).body;
  return { held: body.units, reservation: id };
};

/** Two operations of both agencies of the stage; fire rescue has accepted one. */
const operations = async ({ rest, bearer }: System, incidents: readonly string[]): Promise<Known['joint']> => {
  const declare = async () => {
    const body = { ...examples.declareJointOperation, incidents: incidents.slice(0, 1) };
    return (await rest<{ id: string }>('watch_commander', 'POST', '/joint-operations', body)).body.id;
  };
  const joint = { stands: await declare(), asked: await declare() };
  const authorization = `Bearer ${await bearer('watch_commander', 'fire-chief', 'riviera-beach-fire')}`;
  await rest('watch_commander', 'POST', `/joint-operations/${joint.stands}/accept`, examples.acceptJointOperation, undefined, {
    authorization,
  });
  return joint;
};

/** A caller speaks of somebody who is ill. */
const patient = async ({ put, pass, rest }: System): Promise<Known['subject']> => {
  const data = { location: { ...NORTH, lat: 27.8 }, entities: [{ kind: 'person-name', id: 'Jane Doe' }], summary: 'She has chest pains' };
  await put('cad_system', 'call.medical', { ...shot('ill-1', data), type: 'call.medical' });
  await pass(1000);
  return (await rest<Known['subject']>('chief', 'POST', '/subjects/find', examples.findSubject)).body;
};

/** Somebody who mistyped six times. */
const locked = async ({ live, machine }: System, sub: string): Promise<void> => {
  const event = { triggerSource: 'PreAuthentication_Authentication', request: { userAttributes: { sub } } };
  for (let tries = 0; tries < 6; tries += 1) await live(machine.invoke('swoe-dev-signin', event).catch(() => undefined));
};

/** A week from before the system was started, which it is told to review all the same: a week of its own would take a week. */
const review = async ({ machine, live, rest }: System): Promise<Known['review']> => {
  const since = {
    TableName: 'swoe-dev-kernel',
    Key: { pk: { S: 'AUDIT' }, sk: { S: 'SINCE' } },
    UpdateExpression: 'SET #at = :at',
    ExpressionAttributeNames: { '#at': 'at' },
    ExpressionAttributeValues: { ':at': { S: '2026-11-01T00:00:00.000Z' } },
  };
  await live(machine.call(machine.localUser, 'dynamodb', 'UpdateItem', since));
  const { week } = examples.signReview ?? { week: '' };
  return { week, hash: (await rest<{ hash: string }>('auditor', 'GET', `/audit/reviews/${week}`)).body.hash };
};

/** The system with three responses under way, one of which was called off, a question that waits, units held by hand, and events that were refused. */
export const scene = async (): Promise<{ running: System; known: Known }> => {
  const running = await system();
  await running.populate({ ...FLEET, ...BOATS });
  for (const [id, data] of [
    ['shot-1', {}],
    ['shot-2', { location: EAST }],
    ['shot-3', { location: NORTH }],
  ] as const)
    await running.put('gunshot_detection', 'gunshot.detected', shot(id, data));
  for (const id of ['bad-1', 'bad-2', 'bad-3']) await running.put('gunshot_detection', 'gunshot.detected', shot(id, { confidence: 7 }));
  await running.pass(5000);
  const get = async (path: string) => (await running.rest<Listed>('auditor', 'GET', path)).body.items;
  const runs = (await get('/executions')).map(({ id }) => id);
  const [last = ''] = runs;
  await running.rest('supervisor', 'POST', `/executions/${last}/cancel`, { reason: 'fireworks' });
  await running.pass(5000);
  await locked(running, 'ann');
  const [approval] = await get('/approvals');
  if (!approval) throw new Error('nothing waits for a person');
  const incidents = (await get('/events/fused')).map(({ id }) => id);
  return {
    running,
    known: {
      // The run that asks is not one that is called off.
      runs: runs.slice(1).filter((id) => !approval.id.startsWith(id)),
      ended: [last],
      letters: (await get('/events/dead-letters')).map(({ busId }) => busId),
      incidents,
      joint: await operations(running, incidents),
      approval,
      asks: [],
      fact: (await get('/facts?kind=exigency'))[0]?.id ?? '',
      subject: await patient(running),
      ...(await boats(running)),
      review: await review(running),
    },
  };
};
