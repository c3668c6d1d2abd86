import { expect, test } from 'vitest';
import { create as createIngest } from '../../../functions/ingest/handler.ts';
import type { Fact } from '../../../shared/contracts/policy.ts';
import { Simulation } from '../../../shared/contracts/simulation.ts';
import { delivery, gunshot, raw } from '../../support/rooms.ts';
import { unit } from '../../support/scene.ts';
import { type Api, api } from './ground.ts';

const HERE = { lat: 26.7753, lon: -80.0581, radiusM: 25 };
const NOW = '2026-11-22T17:00:00.000Z';

const stated = (kind: string, value: Fact['value']): Fact => ({
  subject: 'city',
  kind,
  value,
  source: 'public_guardian',
  eventKey: `public_guardian#${kind}`,
  recordedAt: NOW,
  expiresAt: '2027-11-22T17:00:00.000Z',
});

/** What the law asks of a city that flies drones. */
const allowing = [
  stated('council-authorisation', { technologies: 'drone camera', resolution: '2026-014' }),
  stated('airframe-approval', { standard: 'state-approved list' }),
];

/** A city with a few free units and the council's word on drones. */
const city = async (): Promise<Api> => {
  const ground = api();
  const { resources, facts, journal } = ground.stores;
  const units = [
    unit('drone-1', 'DRONE', 400),
    unit('officer-1', 'OFFICER', 300),
    unit('officer-2', 'OFFICER', 500),
    unit('car-1', 'VEHICLE', 350),
  ];
  await journal.commit('city', [], [...units.flatMap(resources.register), ...allowing.map(facts.record)]);
  return ground;
};

const shot = (id: string) => ({ ...gunshot(id), source: 'gunshot_detection' });

const simulation = ({ status, body }: { status: number; body: unknown }): Simulation => {
  expect(status).toBe(200);
  return Simulation.parse(body);
};

test('a dispatcher is told what an event would start, on the fleet and the facts that are', async () => {
  const { post } = await city();
  const told = simulation(await post('/simulate', { workflow: 'gunfire-response', event: shot('s1') }));
  expect(told).toMatchObject({ status: 'COMPLETED', startedBy: 'EVENT', trigger: { fits: true }, startedAt: NOW });
  expect(told.sent.map(({ id, distanceM }) => [id, distanceM])).toContainEqual(['drone-1', 400]);
});

test('a stored incident brings its place and its facts; a person who asks is the one who starts it', async () => {
  const ground = await city();
  await createIngest(ground.runtime)(delivery(raw('gunshot_detection', gunshot('s1'))) as never);
  const [incident] = (await ground.get('/events/fused')).body.items;
  const told = simulation(await ground.post('/simulate', { workflow: 'gunfire-response', incidentId: incident?.['id'] }));
  expect(told).toMatchObject({ startedBy: 'MANUAL', trigger: { fits: true, why: 'an officer or dispatcher heard it' } });
  expect(told.judgements.find(({ step }) => step === 'sendDrone')).toMatchObject({ verdict: 'permit' });
});

test('nobody is held and nothing is told: what is stored stays as it was, the journal with it', async () => {
  const ground = await city();
  const look = async () => [await ground.entries(), await ground.stores.resources.many(['drone-1', 'officer-1', 'officer-2', 'car-1'])];
  const before = await look();
  simulation(await ground.post('/simulate', { workflow: 'gunfire-response', event: shot('s1'), cancelAfterS: 20 }));
  expect([await look(), ground.told, ground.asked]).toEqual([before, [], []]);
});

test('what does not fit is a 400 that names it; a workflow that is not there is a 404 that lists those that are', async () => {
  const { post } = await city();
  const asked = { workflow: 'gunfire-response', event: shot('s1'), fail: ['sendTank'] };
  expect(await post('/simulate', asked)).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'fail', message: expect.stringContaining('sendTank') }] },
  });
  expect(await post('/simulate', { workflow: 'gunfire-response' })).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'location' }] },
  });
  expect(await post('/simulate', { workflow: 'none' })).toMatchObject({
    status: 404,
    body: { detail: expect.stringContaining('gunfire-response') },
  });
});

test.each(['viewer', 'admin', 'subsystem'] as const)('a %s may not ask', async (role) => {
  const { post } = await city();
  expect(await post('/simulate', { workflow: 'gunfire-response' }, { roles: [role] })).toMatchObject({ status: 403 });
});

test('an auditor may ask', async () => {
  const { post } = await city();
  expect(await post('/simulate', { workflow: 'gunfire-response', location: HERE }, { roles: ['auditor'] })).toMatchObject({ status: 200 });
});
