import { describe, expect, test } from 'vitest';
import { create as createSettle } from '../../../functions/settle/handler.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import { delivery, raw } from '../../support/rooms.ts';
import { PLACE, unit } from '../../support/scene.ts';
import { type Answer, type Api, api, withExecution } from './ground.ts';

const RUN = 'gunfire-response-i1';
const NOW = Date.UTC(2026, 10, 22, 17);
const at = (minutes: number): string => iso(NOW + minutes * 60_000);
const reason = 'asked for by the watch';

const city = async (...fleet: ReturnType<typeof unit>[]): Promise<Api> => {
  const ground = api();
  const { journal, resources } = ground.stores;
  for (const one of fleet) await journal.commit(one.id, [], resources.register(one));
  return ground;
};
const officers = () =>
  city(unit('a', 'OFFICER', 100, { capabilities: ['trauma-kit'] }), unit('b', 'OFFICER', 200), unit('d', 'DRONE', 300));
const allocate = (ground: Api, more: object = {}) =>
  ground.post('/resources/allocate', { incidentId: 'i9', needs: { OFFICER: 1 }, location: PLACE, reason, ...more });
/** An answer, held to what its endpoint says that it answers. */
const fits = (operation: string, { status, body }: Answer): void => {
  const found = endpoints.find((one) => one.operation === operation);
  const { reply, status: success = 200 } = found as { reply?: { parse(value: unknown): unknown }; status?: number };
  expect(status).toBe(success);
  reply?.parse(body);
};

describe('GET /resources', () => {
  test.each([
    [{ type: 'DRONE' }, ['d']],
    [{ status: 'HELD' }, []],
    [{ capability: 'trauma-kit' }, ['a']],
    [{ agency: 'elsewhere' }, []],
    [{ agency: 'riviera-beach-pd' }, ['d', 'b', 'a']],
  ])('%j shows %j', async (query, ids) => {
    const answer = await (await officers()).get('/resources', { query: query as Record<string, string> });
    fits('listResources', answer);
    expect(answer.body.items.map(({ id }) => id)).toEqual(ids);
  });
});

describe('GET /resources/available', () => {
  test('shows who could be sent, the nearest first, with time on the way, and why nobody nearer; it holds nobody', async () => {
    const ground = await officers();
    await allocate(ground);
    const query = { type: 'OFFICER', lat: String(PLACE.lat), lon: String(PLACE.lon) };
    const answer = await ground.get('/resources/available', { query });
    fits('availableResources', answer);
    expect(answer.body).toMatchObject({
      items: [{ id: 'b', distanceM: 200, etaS: 15 }],
      notNearer: [{ unit: 'a', because: expect.stringMatching(/^held by incident\/i9 for by-hand-.*, NORMAL$/) }],
    });
    expect(await ground.stores.resources.get('b')).toMatchObject({ status: 'FREE' });
    const kits = await ground.get('/resources/available', { query: { ...query, capability: 'trauma-kit' } });
    expect(kits.body).toMatchObject({ items: [], notNearer: [{ unit: 'a' }, { unit: 'b', because: 'lacks trauma-kit' }] });
  });
});

describe('POST /resources/allocate', () => {
  test('holds a bundle for an incident, under the dispatcher’s name', async () => {
    const ground = await officers();
    const answer = await allocate(ground, { needs: { OFFICER: 2, DRONE: 1 }, priority: 'HIGH' });
    fits('allocateResources', answer);
    expect(answer.body).toMatchObject({ holder: 'incident/i9', units: [{ id: 'd' }, { id: 'a' }, { id: 'b' }] });
    expect(await ground.stores.resources.get('a')).toMatchObject({ status: 'HELD', holder: 'incident/i9', priority: 'HIGH' });
    const entry = (await ground.entries()).find(({ kind }) => kind === 'resource.allocated');
    expect(entry).toMatchObject({ actor: 'person/ada', incidentId: 'i9' });
  });

  test('for a run takes its priority, and what it takes from another is told', async () => {
    const ground = await officers();
    await withExecution(ground);
    await allocate(ground, { needs: { OFFICER: 2 }, priority: 'LOW' });
    const answer = await allocate(ground, { incidentId: undefined, executionId: RUN });
    expect(answer.body).toMatchObject({ holder: RUN, units: [{ id: 'a', fence: 2 }] });
    expect(ground.told).toMatchObject([{ type: 'resource.preempted', detail: { executionId: 'incident/i9', by: { executionId: RUN } } }]);
  });

  test('that is short holds nobody and says what is lacking and why nobody near is sent', async () => {
    const ground = await officers();
    await allocate(ground);
    const { status, body } = await allocate(ground, { needs: { OFFICER: 2 } });
    expect(status).toBe(409);
    expect(body).toMatchObject({
      type: 'urn:swoe:problem:short',
      short: { OFFICER: 1 },
      notNearer: [{ unit: 'a', because: expect.stringContaining('held by') }],
    });
    expect(await ground.stores.resources.get('b')).toMatchObject({ status: 'FREE' });
  });

  test('that is short and waits has a place in the line, is shown there, and is served when a unit is freed', async () => {
    const ground = await officers();
    await allocate(ground, { needs: { OFFICER: 2 } });
    const waits = await allocate(ground, { incidentId: 'i8', needs: { OFFICER: 2 }, waitS: 600 });
    fits('allocateResources', waits);
    expect(waits.body).toMatchObject({ holder: 'incident/i8', waiting: { position: 1, until: at(10), short: { OFFICER: 2 } } });
    await allocate(ground, { incidentId: 'i7', waitS: 600 });
    await ground.post('/resources/a/release', { fence: 1, reason });
    expect(ground.told).toMatchObject([{ type: 'resource.freed', detail: { types: ['OFFICER'] } }]);
    const shown = await ground.get('/resources/waiting');
    fits('waitingResources', shown);
    expect(shown.body.items).toMatchObject([
      {
        position: 1,
        holder: 'incident/i8',
        keeps: ['a'],
        why: expect.stringMatching(/1 OFFICER short; a left to it until 2026-11-22T17:05/),
      },
      { position: 2, holder: 'incident/i7', short: { OFFICER: 1 }, keeps: [], why: 'too few units can be sent there: 1 OFFICER short' },
    ]);
    const passed = await allocate(ground, { incidentId: 'i6' });
    expect(passed.status).toBe(409);
    expect(passed.body).toMatchObject({
      notNearer: [{ unit: 'a', because: expect.stringMatching(/^left to incident\/i8 for by-hand-/) }, {}],
    });
    await ground.post('/resources/b/release', { fence: 1, reason });
    const settle = createSettle(ground.runtime);
    await settle(delivery(raw('swoe', { types: ['OFFICER'] }, { 'detail-type': 'resource.freed' })));
    expect(await ground.stores.resources.get('a')).toMatchObject({ status: 'HELD', holder: 'incident/i8' });
    expect((await ground.get('/resources/waiting')).body.items).toMatchObject([{ position: 1, holder: 'incident/i7' }]);
  });

  test.each([
    ['for longer than anybody waits', { waitS: 1801 }, 400],
    ['for nobody', { incidentId: undefined }, 400],
    ['for a run that there is not', { incidentId: undefined, executionId: 'x' }, 404],
    ['of more than one transaction holds', { needs: { OFFICER: 19 } }, 400],
  ])('%s is refused', async (_, more, status) => {
    expect((await allocate(await officers(), more)).status).toBe(status);
  });

  test('for a run that is over is refused', async () => {
    const ground = await officers();
    await withExecution(ground);
    await ground.stores.journal.commit('i1', [], ground.stores.executions.enter(RUN, 'CANCELLED'));
    expect((await allocate(ground, { incidentId: undefined, executionId: RUN })).status).toBe(409);
  });

  test('is nobody’s who only looks', async () => {
    const ground = await officers();
    expect((await ground.post('/resources/allocate', {}, { roles: ['viewer', 'admin', 'auditor'] })).status).toBe(403);
  });
});

describe('a lease', () => {
  test('is renewed under its claim, and ended', async () => {
    const ground = await officers();
    await allocate(ground);
    const renewed = await ground.post('/resources/a/renew', { fence: 1, leaseS: 7200, reason });
    fits('renewResource', renewed);
    expect(renewed.body).toMatchObject({ id: 'a', status: 'HELD', leaseUntil: at(120) });
    const released = await ground.post('/resources/a/release', { fence: 1, reason });
    fits('releaseResource', released);
    expect(released.body).toMatchObject({ id: 'a', status: 'FREE', fence: 1 });
    expect(await ground.stores.resources.lapsed('2027')).toEqual([]);
  });

  test.each(['renew', 'release'])('of an older claim is no longer anybody’s to %s', async (verb) => {
    const ground = await officers();
    await allocate(ground, { priority: 'LOW' });
    await ground.post('/resources/b/status', { status: 'OUT_OF_SERVICE', reason });
    await allocate(ground, { incidentId: 'i8', priority: 'HIGH' });
    const answer = await ground.post(`/resources/a/${verb}`, { fence: 1, reason, ...(verb === 'renew' ? { leaseS: 600 } : {}) });
    expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringContaining('held by incident/i8 under claim 2') } });
    expect(await ground.stores.resources.get('a')).toMatchObject({ status: 'HELD', holder: 'incident/i8', fence: 2 });
  });

  test('of a free unit, or of none, is not there', async () => {
    const ground = await officers();
    expect((await ground.post('/resources/a/release', { fence: 0, reason })).status).toBe(409);
    expect((await ground.post('/resources/x/release', { fence: 0, reason })).status).toBe(404);
  });
});

describe('a person says of a unit', () => {
  test('that there is one more', async () => {
    const ground = await officers();
    const body = { id: 'n', type: 'ROBOT', capabilities: ['camera'], certifications: [], location: PLACE };
    const answer = await ground.post('/resources', body);
    fits('registerResource', answer);
    expect(answer.body).toMatchObject({ id: 'n', status: 'FREE', agency: 'rbpd' });
    expect((await ground.post('/resources', body)).status).toBe(409);
  });

  test('that it can be sent again: only so does an unknown one become free', async () => {
    const ground = await city(unit('a', 'OFFICER', 100, { status: 'UNKNOWN' }));
    const answer = await ground.post('/resources/a/status', { status: 'AVAILABLE', certifications: ['cit'], reason });
    fits('stateResource', answer);
    expect(answer.body).toMatchObject({ status: 'FREE', certifications: ['cit'], locatedAt: at(-1) });
    expect(await ground.stores.resources.free('OFFICER', ['0', 'z'])).toMatchObject([{ id: 'a' }]);
  });

  test('what it is at, which keeps it from being called away; but not that a held one is free', async () => {
    const ground = await officers();
    await allocate(ground, { priority: 'LOW' });
    expect((await ground.post('/resources/a/status', { status: 'BUSY', activity: 'RESCUING', reason })).body).toMatchObject({
      activity: 'RESCUING',
    });
    expect((await ground.post('/resources/a/status', { status: 'AVAILABLE', reason })).body).toMatchObject({
      status: 'HELD',
      holder: 'incident/i9',
    });
  });

  test('where it is', async () => {
    const ground = await officers();
    const answer = await ground.post('/resources/a/location', { location: { ...PLACE, lat: 26.9 }, reason });
    fits('locateResource', answer);
    expect(answer.body).toMatchObject({ location: { lat: 26.9 }, locatedAt: at(0), capabilities: ['trauma-kit'] });
  });

  test('but not at a number that no table keeps', async () => {
    const ground = await officers();
    const answer = await ground.post('/resources/a/location', { location: { ...PLACE, lat: 1e-200 }, reason });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ path: 'location.lat' }] });
  });

  test('when it is in the workshop, and then it is not sent', async () => {
    const ground = await officers();
    const maintenance = [{ from: at(-5), to: at(5), why: 'tyres' }];
    const answer = await ground.post('/resources/a/maintenance', { maintenance, reason });
    fits('maintainResource', answer);
    expect(answer.body).toMatchObject({ health: { maintenance }, locatedAt: at(-1) });
    expect((await allocate(ground)).body).toMatchObject({ units: [{ id: 'b' }] });
  });

  test.each(['status', 'location', 'maintenance'])('%s of one that there is not: 404', async (what) => {
    const body = { status: 'AVAILABLE', location: PLACE, maintenance: [], reason };
    expect((await (await officers()).post(`/resources/x/${what}`, body)).status).toBe(404);
  });
});

describe('a reservation', () => {
  const booking = (more: object = {}) => ({ units: ['a'], from: at(60), to: at(120), incidentId: 'i7', priority: 'HIGH', reason, ...more });

  test('promises named units, is listed, and ends when it is given back', async () => {
    const ground = await officers();
    const made = await ground.post('/resources/reservations', booking({ units: ['a', 'd'] }));
    fits('reserveResources', made);
    expect(made.body).toMatchObject({ units: ['a', 'd'], forWhom: 'incident/i7', by: 'ada' });
    const listed = await ground.get('/resources/reservations');
    fits('listReservations', listed);
    expect(listed.body.items).toEqual([made.body]);
    const ended = await ground.post(`/resources/reservations/${made.body['id']}/end`, { reason });
    fits('endReservation', ended);
    expect((await ground.stores.resources.get('a'))?.bookings).toEqual([]);
    expect((await ground.post(`/resources/reservations/${made.body['id']}/end`, { reason })).status).toBe(404);
  });

  test('by type and place is of the nearest that will be fit then', async () => {
    const ground = await city(unit('off', 'OFFICER', 50, { shift: { from: at(-60), to: at(30) } }), unit('on', 'OFFICER', 500));
    const more = { units: undefined, needs: { OFFICER: 1 }, location: PLACE };
    expect((await ground.post('/resources/reservations', booking(more))).body).toMatchObject({ units: ['on'] });
    const again = await ground.post('/resources/reservations', booking({ ...more, incidentId: 'i6' }));
    expect(again).toMatchObject({ status: 409, body: { type: 'urn:swoe:problem:short', short: { OFFICER: 1 } } });
  });

  test.each([
    ['begins in another', { from: at(90), to: at(180) }, 409],
    ['ends in another', { from: at(30), to: at(61) }, 409],
    ['lies in another', { from: at(70), to: at(80) }, 409],
    ['begins where another ends', { from: at(120), to: at(180) }, 201],
    ['ends where another begins', { from: at(30), to: at(60) }, 201],
    ['is of the same incident', { incidentId: 'i7' }, 201],
    ['has begun', { from: at(0) }, 400],
    ['ends before it begins', { to: at(50) }, 400],
    ['is of a unit that there is not', { units: ['x'] }, 409],
  ])('that %s: %j, %i', async (_, more, status) => {
    const ground = await officers();
    await ground.post('/resources/reservations', booking());
    const answer = await ground.post('/resources/reservations', booking({ incidentId: 'i8', ...more }));
    expect(answer.status).toBe(status);
    if (status === 409 && !('units' in more)) expect(answer.body['detail']).toContain('for incident/i7: reservation');
  });

  test('is refused while the unit is held into it', async () => {
    const ground = await officers();
    await allocate(ground, { leaseS: 4000 });
    expect((await ground.post('/resources/reservations', booking())).body['detail']).toContain('held by incident/i9 until');
  });

  test('keeps a unit from a claim that would run into it, not from whom it is for, nor from what goes before', async () => {
    const ground = await officers();
    const { body } = await ground.post('/resources/reservations', booking());
    const other = await allocate(ground, { leaseS: 7200, priority: 'HIGH' });
    expect(other.body).toMatchObject({
      units: [{ id: 'b' }],
      notNearer: [{ unit: 'a', because: expect.stringContaining(`reservation ${body['id']}`) }],
    });
    expect((await allocate(ground, { incidentId: 'i7', leaseS: 7200 })).body).toMatchObject({ units: [{ id: 'a' }] });
    await ground.post('/resources/a/release', { fence: 1, reason });
    expect((await allocate(ground, { leaseS: 7200, priority: 'EMERGENCY' })).body).toMatchObject({ units: [{ id: 'a' }] });
  });

  test('of two that are asked for at once, one is made', async () => {
    const ground = await officers();
    const both = await Promise.all(['i7', 'i8'].map((incidentId) => ground.post('/resources/reservations', booking({ incidentId }))));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });
});

test('utilization counts units by how they stand, and says how much of their time they were held', async () => {
  const ground = await city(
    unit('a', 'OFFICER', 100),
    unit('b', 'OFFICER', 200),
    unit('c', 'OFFICER', 300, { status: 'OUT_OF_SERVICE' }),
    unit('e', 'OFFICER', 400, { status: 'UNKNOWN' }),
  );
  await allocate(ground, { leaseS: 7200 });
  await ground.scheduler.run(NOW + 15 * 60_000);
  await allocate(ground, { incidentId: 'i8', leaseS: 7200 });
  await ground.scheduler.run(NOW + 30 * 60_000);
  await ground.post('/resources/a/release', { fence: 1, reason });
  await ground.scheduler.run(NOW + 60 * 60_000);
  const answer = await ground.get('/resources/utilization');
  fits('resourceUtilization', answer);
  // a was held for 30 of 60 minutes, b for the last 45, c and e not at all.
  expect(answer.body['types']).toEqual({ OFFICER: { total: 4, free: 1, held: 1, out: 1, unknown: 1, busyShare: 0.313 } });
});
