import { describe, expect, test } from 'vitest';
import { nodeOf } from '../../../shared/lambda/ids.ts';
import { agreement } from '../../support/agreement.ts';
import { delivery } from '../../support/rooms.ts';
import { COAST, passOn, SHERIFF, sharing } from './ground.ts';

const KEY = 'gunshot_detection#shot-1';
const ID = `riviera-beach-pd/${nodeOf(KEY)}`;

test('an event leaves for each agency with what its own agreement names, after each is recorded', async () => {
  const ground = sharing([SHERIFF, COAST]);
  await ground.shot('shot-1', { weapon: true, caller: '561-555-0100' });
  await passOn(ground);
  const [sheriff, coast] = ground.left();
  expect(sheriff).toEqual({
    specversion: '1.0',
    id: ID,
    source: 'riviera-beach-pd',
    type: 'gunshot.detected',
    time: '2026-11-22T16:59:50.000Z',
    data: {
      agency: 'riviera-beach-pd',
      category: 'SENSOR',
      priority: 'CRITICAL',
      location: { lat: 26.7753, lon: -80.0581, radiusM: 25 },
      confidence: 0.93,
      incident: nodeOf(KEY),
      entities: [{ kind: 'plate', id: 'RBH4417' }],
      weapon: true,
      sharing: {
        recipient: 'sheriff',
        agreement: 'MOU-2026-014',
        purpose: 'mutual aid on shots fired',
        word: 'told',
        record: expect.stringMatching(/^journal-\d\d\/\d+$/),
      },
    },
  });
  expect(Object.keys(coast?.data ?? {}).sort()).toEqual(['agency', 'category', 'location', 'priority', 'sharing']);
});

test('the dissemination record names who, why, under what and which fields, and holds none of their values', async () => {
  const ground = sharing([SHERIFF, COAST]);
  await ground.shot('shot-1', { weapon: true });
  await passOn(ground);
  const [sheriff, coast] = await ground.recorded();
  expect(sheriff).toMatchObject({
    actor: 'system/share',
    incidentId: nodeOf(KEY),
    data: {
      recipient: 'sheriff',
      agreement: 'MOU-2026-014',
      purpose: 'mutual aid on shots fired',
      word: 'told',
      eventKey: KEY,
      sharedAs: ID,
      fields: ['type', 'category', 'priority', 'time', 'location', 'confidence', 'incident', 'entities:plate', 'data:weapon'],
    },
  });
  expect(coast?.data).toMatchObject({ recipient: 'coast-guard', fields: ['type', 'category', 'priority', 'time', 'location'] });
  expect(JSON.stringify([sheriff, coast])).not.toMatch(/RBH|26\.77/);
  expect(ground.left().map(({ data }) => data.sharing.record)).toEqual([sheriff, coast].map((one) => `${one?.stream}/${one?.seq}`));
});

describe('nothing leaves', () => {
  test.each([
    ['before an agreement begins', { from: '2026-12-01T00:00:00Z' }],
    ['once it has ended', { until: '2026-11-22T17:00:00Z' }],
  ])('%s', async (_, more) => {
    const ground = sharing([{ id: 'sheriff', agreement: agreement({}, more) }]);
    await ground.shot('shot-1');
    expect(await passOn(ground)).toEqual([]);
    expect([ground.left(), await ground.recorded()]).toEqual([[], []]);
  });

  test('of what a neighbour told us', async () => {
    const ground = sharing([{ id: 'sheriff', agreement: agreement({ priorities: ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFO'] }) }]);
    await ground.put('partner_agency', {
      specversion: '1.0',
      id: 'p-1',
      source: 'lake-park',
      type: 'call.shots-fired',
      data: { agency: 'lake-park' },
    });
    await passOn(ground);
    expect(ground.left()).toEqual([]);
  });
});

describe('each delivery may be the second one', () => {
  test('an event is recorded and told once however often it is delivered', async () => {
    const ground = sharing();
    await ground.shot('shot-1');
    const announced = ground.announced();
    for (let n = 0; n < 3; n += 1) await ground.share(delivery(...announced));
    expect([ground.left().length, (await ground.recorded()).length]).toEqual([1, 1]);
  });

  test('what was recorded and did not get out is told by the next one, under the same record', async () => {
    const ground = sharing();
    await ground.shot('shot-1');
    const announced = ground.announced();
    ground.faults.push({ service: 'events', operation: 'PutEvents', error: 'InternalFailure' });
    expect((await ground.share(delivery(...announced))).batchItemFailures).toHaveLength(1);
    expect([ground.left().length, (await ground.recorded()).length]).toEqual([0, 1]);
    await ground.share(delivery(...announced));
    const [entry, ...more] = await ground.recorded();
    expect(more).toEqual([]);
    expect(ground.left().map(({ data }) => data.sharing.record)).toEqual([`${entry?.stream}/${entry?.seq}`]);
  });
});

test('of a child nothing leaves that says who it is, and the record says that it was withheld', async () => {
  const ground = sharing([{ id: 'sheriff', agreement: agreement({ fields: ['location', 'summary'] }) }]);
  await ground.shot('shot-1', { weapon: true });
  const fact = {
    subject: `incident/${nodeOf(KEY)}`,
    kind: 'juvenile',
    value: { involved: true },
    source: 'dispatch' as const,
    eventKey: 'dispatch#f-1',
    recordedAt: '2026-11-22T17:00:00.000Z',
    expiresAt: '2026-11-23T17:00:00.000Z',
  };
  await ground.stores.journal.commit('facts', [], [ground.stores.facts.record(fact)]);
  await passOn(ground);
  expect(ground.left()[0]?.data).toMatchObject({ location: { lat: 26.7753 }, entities: [] });
  expect(ground.left()[0]?.data).not.toHaveProperty('summary');
  expect((await ground.recorded())[0]?.data['withheld']).toEqual(['summary', 'entities:plate', 'data:weapon']);
});
