import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { create as createIngest } from '../../../functions/ingest/handler.ts';
import type { BusEvent } from '../../../shared/lambda/doors.ts';
import { delivery, gunshot, raw } from '../../support/rooms.ts';
import { type Api, api } from './ground.ts';

const take = (ground: Api, ...events: BusEvent[]) => createIngest(ground.runtime)(delivery(...events) as never);

/** Takes away the rows by which events are found, as if the rules of that day had not looked there. */
const forget = async ({ client }: Api): Promise<void> => {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: 'incidents' }));
  for (const { pk, sk } of Items.filter((item) => /^(CELL|ENT)#/.test(String(item['pk']))))
    await client.send(new DeleteCommand({ TableName: 'incidents', Key: { pk, sk } }));
};

/** Two shots at one place that nobody related, and what the bus heard since. */
const apart = async () => {
  const ground = api();
  await take(ground, raw('gunshot_detection', gunshot('one')));
  await forget(ground);
  await take(ground, raw('gunshot_detection', gunshot('two')));
  ground.told.length = 0;
  return ground;
};

const why = { reason: 'two sensors heard one shot' };
const requested = (ground: Api) => ground.told.filter(({ type }) => type === 'fusion.requested');
/** The requests that are on the bus, as `ingest` gets them. */
const carriedOut = (ground: Api, id = 'bus-fusion') =>
  take(ground, ...requested(ground).map(({ source, type, detail }, n) => raw(source, detail, { 'detail-type': type, id: `${id}-${n}` })));
const incidentsOf = async (ground: Api) => (await ground.get('/events/fused')).body.items.map(({ events }) => events);
const words = async (ground: Api) => (await ground.entries()).filter(({ kind }) => kind === 'incident.reevaluated');

test('an event is related anew: what belongs to it now joins, the bus hears of the merge, and the journal says who asked and why', async () => {
  const ground = await apart();
  expect(await incidentsOf(ground)).toEqual([1, 1]);
  const { status, body } = await ground.post('/events/fuse', { eventKey: 'gunshot_detection#one', ...why });
  expect([status, body['events'], body['eventKeys']]).toEqual([202, 1, ['gunshot_detection#one']]);
  expect(await carriedOut(ground)).toEqual({ batchItemFailures: [] });
  expect(await incidentsOf(ground)).toEqual([2]);
  expect(ground.told.filter(({ type }) => type === 'incident.merged')).toHaveLength(1);
  expect(await words(ground)).toMatchObject([
    { actor: 'person/ada', data: { requestId: body['requestId'], reason: why.reason, looked: 1, merged: [expect.any(String)] } },
  ]);
});

test('an incident is related anew member by member, and what is one stays one', async () => {
  const ground = api();
  const ids = Array.from({ length: 30 }, (_, n) => `s${n}`);
  for (const id of ids) await take(ground, raw('gunshot_detection', gunshot(id)));
  const [incident] = (await ground.get('/events/fused')).body.items;
  ground.told.length = 0;
  const { body } = await ground.post('/events/fuse', { incidentId: incident?.['id'], ...why });
  expect(body['events']).toBe(30);
  expect(requested(ground).map(({ detail }) => (detail['nodes'] as string[]).length)).toEqual([25, 5]);
  await carriedOut(ground);
  expect(await incidentsOf(ground)).toEqual([30]);
  expect((await words(ground)).map(({ data }) => [data['part'], data['looked'], data['merged']])).toEqual([
    [1, 25, []],
    [2, 5, []],
  ]);
});

test('delivered twice, it is done and written down once', async () => {
  const ground = await apart();
  await ground.post('/events/fuse', { eventKey: 'gunshot_detection#one', ...why });
  await carriedOut(ground);
  await carriedOut(ground, 'again');
  expect(await incidentsOf(ground)).toEqual([2]);
  expect(await words(ground)).toHaveLength(1);
});

test('what a first delivery merged and could not tell is told by the second', async () => {
  const ground = await apart();
  await ground.post('/events/fuse', { eventKey: 'gunshot_detection#one', ...why });
  ground.faults.push({ service: 'events', operation: 'PutEvents', error: 'InternalException' });
  expect((await carriedOut(ground)).batchItemFailures).toHaveLength(1);
  expect(ground.told.some(({ type }) => type === 'incident.merged')).toBe(false);
  const [event] = requested(ground);
  const once = delivery(raw('swoe', event?.detail, { 'detail-type': 'fusion.requested' }));
  for (const record of once.Records) record.attributes.ApproximateReceiveCount = '2';
  await createIngest(ground.runtime)(once as never);
  expect(ground.told.filter(({ type }) => type === 'incident.merged')).toHaveLength(1);
});

test('events in the same batch are taken in as ever', async () => {
  const ground = await apart();
  await ground.post('/events/fuse', { eventKey: 'gunshot_detection#one', ...why });
  const [event] = requested(ground);
  await take(ground, raw('swoe', event?.detail, { 'detail-type': 'fusion.requested' }), raw('gunshot_detection', gunshot('three')));
  expect(await incidentsOf(ground)).toEqual([3]);
});

test.each([
  [{ ...why }, 400, 'eventKey'],
  [{ eventKey: 'gunshot_detection#one', incidentId: 'i', ...why }, 400, 'eventKey'],
  [{ eventKey: 'gunshot_detection#none', ...why }, 400, 'eventKey'],
  [{ incidentId: 'none', ...why }, 400, 'incidentId'],
  [{ eventKey: 'gunshot_detection#one' }, 400, 'reason'],
])('%o is %i and names %s', async (body, status, path) => {
  const ground = await apart();
  const answer = await ground.post('/events/fuse', body);
  expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([status, path]);
  expect(ground.told).toEqual([]);
});

test('who only looks relates nothing', async () => {
  expect((await api().post('/events/fuse', { eventKey: 'a#b', ...why }, { roles: ['viewer'] })).status).toBe(403);
});
