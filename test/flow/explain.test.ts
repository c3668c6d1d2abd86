import { expect, test } from 'vitest';
import { MARINA } from '../support/system.ts';
import { shot, system } from './system.ts';

interface Told {
  incidentId: string;
  members: { eventKey: string; related: boolean }[];
  misses: { eventKey: string; rules: { strategy: string; failed?: string }[] }[];
}

const north = (metres: number) => ({ location: { ...MARINA, lat: MARINA.lat + metres / 111_195 } });

test('through the gateway, an event is explained by its key: who belongs to it, and who is too far away and by how much', async () => {
  const running = await system();
  for (const [id, metres] of [
    ['one', 0],
    ['two', 50],
    ['away', 2000],
  ] as const)
    await running.put('gunshot_detection', 'gunshot.detected', shot(id, north(metres)));
  await running.pass(2000);
  const path = `/events/${encodeURIComponent('gunshot_detection#one')}/explain`;
  const { status, body } = await running.rest<Told>('viewer', 'GET', path);
  expect(status).toBe(200);
  expect(body.members).toMatchObject([{ eventKey: 'gunshot_detection#two', related: true }]);
  const [miss] = body.misses;
  expect(miss?.eventKey).toBe('gunshot_detection#away');
  expect(miss?.rules.find(({ strategy }) => strategy === 'GEOLOCATION')?.failed).toMatch(/^2,?000 m apart, limit/);
  const other = await running.rest<Told>('viewer', 'GET', `${path}?with=${encodeURIComponent('gunshot_detection#away')}`);
  expect(other.body).toMatchObject({ with: { together: false, related: false } });
  const history = await running.rest<{ items: { id: string }[] }>('viewer', 'GET', `/events/history?incidentId=${body.incidentId}`);
  expect(history.body.items.map(({ id }) => id).sort()).toEqual(['one', 'two']);
  const fused = await running.rest<{ items: { id: string; state: string }[] }>('viewer', 'GET', '/events/fused?minEvents=2');
  expect(fused.body.items).toMatchObject([{ id: body.incidentId, state: 'OPEN' }]);
});

test('a person asks that an incident is related anew, and the journal says what was looked at', async () => {
  const running = await system();
  await running.put('gunshot_detection', 'gunshot.detected', shot('one'));
  await running.put('gunshot_detection', 'gunshot.detected', shot('two'));
  await running.pass(2000);
  const request = { eventKey: 'gunshot_detection#one', reason: 'the rule was changed' };
  expect((await running.rest('viewer', 'POST', '/events/fuse', request)).status).toBe(403);
  const { status, body } = await running.rest<{ requestId: string; incidentId: string }>('dispatcher', 'POST', '/events/fuse', request);
  expect(status).toBe(202);
  await running.pass(2000);
  const told = await running.journal(`&incidentId=${body.incidentId}&kind=incident.reevaluated`);
  expect(told).toMatchObject([{ data: { requestId: body.requestId, reason: request.reason, looked: 1, merged: [] } }]);
  expect(await running.status()).toMatchObject({ accepted: expect.any(Number), deadLettered: 0 });
});

test('sources that spoke are told apart from those that never did', async () => {
  const running = await system();
  await running.put('gunshot_detection', 'gunshot.detected', shot('one'));
  await running.pass(2000);
  const { body } = await running.rest<{ items: { source: string; state: string; received: number }[] }>('viewer', 'GET', '/events/sources');
  expect(body.items).toHaveLength(25);
  expect(body.items.find(({ source }) => source === 'gunshot_detection')).toMatchObject({ state: 'heard', received: 1 });
  expect(body.items.find(({ source }) => source === 'ai_personas')).toMatchObject({ state: 'unheard', received: 0 });
});
