import type { SQSEvent } from 'aws-lambda';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { create } from '../../../functions/ingest/handler.ts';
import { apart } from '../../../shared/domain/apart.ts';
import { partId } from '../../../shared/domain/part.ts';
import { delivery, type Rooms, raw, rooms } from '../../support/rooms.ts';
import { collection, edxl, quakeOf, WARNING, warningXml } from './formats/reading.ts';

const said = async (ground: Rooms, kind: string) => (await ground.entries()).filter((entry) => entry.kind === kind).flatMap(apart);
const dataOf = async (ground: Rooms, kind: string, field: string) =>
  (await said(ground, kind)).map(({ data }) => String(data[field])).sort();
const quakes = (count: number) => Array.from({ length: count }, (_, n) => quakeOf(`q${n}`));
const broken = quakeOf('broken', { time: 'yesterday' });

/** A room that hears of messages as the bus and the queue bring them. */
const heard = async (...events: ReturnType<typeof raw>[]) => {
  const ground = rooms();
  const room = create(ground.runtime);
  for (const event of events) expect(await room(delivery(event))).toEqual({ batchItemFailures: [] });
  return { ground, room };
};

describe('a message that carries several events', () => {
  test('counts each of them once, under an id of its own, however often it is delivered', async () => {
    const message = raw('sensor_grid', collection(...quakes(3)), { id: 'bus' });
    const { ground } = await heard(message, message);
    expect(await dataOf(ground, 'event.accepted', 'busId')).toEqual(['bus.0', 'bus.1', 'bus.2']);
    expect(await dataOf(ground, 'event.fused', 'eventKey')).toEqual([0, 1, 2].map((n) => `sensor_grid#q${n}@1795367200000`));
    expect(await said(ground, 'event.dropped')).toEqual([]);
  });

  test('put on the bus twice is so many duplicates', async () => {
    const feed = collection(...quakes(7));
    const { ground } = await heard(raw('sensor_grid', feed, { id: 'one' }), raw('sensor_grid', feed, { id: 'two' }));
    expect(await said(ground, 'event.fused')).toHaveLength(7);
    expect(await dataOf(ground, 'event.dropped', 'busId')).toEqual([0, 1, 2, 3, 4, 5, 6].map((n) => `two.${n}`));
  });

  test('that says one thing twice says it once', async () => {
    const [one] = quakes(1);
    const { ground } = await heard(raw('sensor_grid', collection(one, one), { id: 'bus' }));
    expect(await dataOf(ground, 'event.fused', 'eventKey')).toEqual(['sensor_grid#q0@1795367200000']);
    expect(await dataOf(ground, 'event.dropped', 'busId')).toEqual(['bus.1']);
  });

  test('of one event keeps its id', async () => {
    const { ground } = await heard(raw('weather_service', edxl(WARNING), { id: 'bus' }));
    expect(await dataOf(ground, 'event.accepted', 'busId')).toEqual(['bus']);
  });

  test('is buried for its broken ones, each with its place and the whole message', async () => {
    const message = raw('sensor_grid', collection(quakeOf('q0'), broken, quakeOf('q1'), broken), { id: 'bus' });
    const { ground } = await heard(message, message);
    expect(await dataOf(ground, 'event.accepted', 'busId')).toEqual(['bus.0', 'bus.1', 'bus.2', 'bus.3']);
    expect(await said(ground, 'event.fused')).toHaveLength(2);
    const reason = (at: number) => `features[${at}].properties.time: is not a time in milliseconds`;
    for (const at of [1, 3]) {
      const letter = await ground.stores.deadLetters.get(partId('bus', at));
      expect(letter).toMatchObject({ reason: reason(at), path: `features[${at}].properties.time` });
      expect(JSON.parse(letter?.body ?? '')).toEqual(message.detail);
    }
  });

  test('put on the bus whole again for a broken one, the others are duplicates and that one is buried again', async () => {
    const feed = collection(quakeOf('q0'), broken, quakeOf('q1'));
    const { ground } = await heard(raw('sensor_grid', feed, { id: 'one' }), raw('sensor_grid', feed, { id: 'two' }));
    expect(await said(ground, 'event.fused')).toHaveLength(2);
    expect(await dataOf(ground, 'event.dropped', 'busId')).toEqual(['two.0', 'two.2']);
    expect(await dataOf(ground, 'event.dead-lettered', 'busId')).toEqual(['one.1', 'two.1']);
  });

  test('may hold an alert, its update and its cancellation, in any order: they are one incident', async () => {
    const about = (id: string, msgType: string, of: string) =>
      warningXml([
        ['flood-2026-17', id],
        ['<msgType>Alert', `<msgType>${msgType}`],
        ['<code>profile:test</code>', `<references>duty@weather.example,${of},2026-11-22T12:00:00-05:00</references>`],
        [/<polygon>.*<\/polygon>/, ''],
      ]).xml;
    const [update, cancel] = [about('flood-2026-18', 'Update', 'flood-2026-17'), about('flood-2026-19', 'Cancel', 'flood-2026-18')];
    const { ground } = await heard(raw('weather_service', edxl(cancel, WARNING, update)));
    const incidents = (await said(ground, 'event.fused')).map(({ incidentId }) => String(incidentId));
    expect(incidents).toHaveLength(3);
    const roots = await Promise.all(incidents.map(async (id) => (await ground.stores.incidents.root(id)).incident));
    expect(new Set(roots.map(({ id }) => id)).size).toBe(1);
    expect(roots[0]?.events).toBe(3);
  });

  test('of a hundred is taken in whole, with nobody left out when it is cut short in the middle', async () => {
    const ground = rooms();
    const room = create(ground.runtime);
    const message = delivery(raw('sensor_grid', collection(...quakes(99), broken), { id: 'bus' }));
    const announced = () => new Set(ground.told.filter(({ type }) => type === 'event.normalized').map(({ detail }) => detail['id']));
    const { aws } = ground.runtime;
    let puts = 0;
    const cut = create({
      ...ground.runtime,
      aws: async (service, operation, input) => {
        puts += operation === 'PutEvents' ? 1 : 0;
        if (puts > 4) throw Object.assign(new Error('planned'), { name: 'AccessDeniedException' });
        return aws?.(service, operation, input) ?? {};
      },
    });
    expect((await cut(message)).batchItemFailures).toHaveLength(1);
    expect(announced().size).toBeLessThan(99);
    expect(await room(message)).toEqual({ batchItemFailures: [] });
    expect(announced().size).toBe(99);
    expect(new Set(await dataOf(ground, 'event.accepted', 'busId')).size).toBe(100);
    expect(await said(ground, 'event.accepted')).toHaveLength(100);
    expect(await said(ground, 'event.fused')).toHaveLength(99);
  });

  test('that comes back for some of its events leaves the others as they are', async () => {
    const ground = rooms();
    const message = delivery(raw('sensor_grid', collection(...quakes(3), broken), { id: 'bus' }));
    const turn = ground.scheduler.now();
    const back: SQSEvent = {
      Records: message.Records.map((record) => ({
        ...record,
        messageAttributes: { turns: { stringValue: `0@${turn},2@${turn}`, dataType: 'String' } },
      })),
    };
    expect(await create(ground.runtime)(back)).toEqual({ batchItemFailures: [] });
    expect(await dataOf(ground, 'event.accepted', 'busId')).toEqual(['bus.0', 'bus.2']);
    expect(await said(ground, 'event.dead-lettered')).toEqual([]);
  });
});

const OPERATIONS = [
  ['dynamodb', 'TransactWriteItems'],
  ['dynamodb', 'Query'],
  ['dynamodb', 'UpdateItem'],
  ['events', 'PutEvents'],
] as const;

test('whatever messages carry, and wherever their deliveries are cut short, each event of each is accepted once and comes to one end', async () => {
  const carried = fc.array(fc.constantFrom('q1', 'q2', 'q3', 'q4', 'q5', 'broken'), { minLength: 2, maxLength: 12 });
  const cut = fc.record({
    which: fc.constantFrom([0], [1], [0, 1]),
    faults: fc.array(fc.constantFrom(...OPERATIONS), { maxLength: 3 }),
  });
  const property = fc.asyncProperty(carried, carried, fc.array(cut, { maxLength: 4 }), async (first, second, cuts) => {
    const ground = rooms();
    const room = create(ground.runtime);
    const messages = [first, second].map((ids, n) =>
      raw('sensor_grid', collection(...ids.map((id) => (id === 'broken' ? broken : quakeOf(id)))), { id: `m${n}` }),
    );
    for (const { which, faults } of cuts) {
      ground.faults.push(...faults.map(([service, operation]) => ({ service, operation, error: 'AccessDeniedException' })));
      await room(delivery(...which.flatMap((n) => messages[n] ?? [])));
      ground.faults.length = 0;
    }
    expect(await room(delivery(...messages))).toEqual({ batchItemFailures: [] });
    const parts = [first, second].flatMap((ids, n) => ids.map((id, at) => ({ id, busId: partId(`m${n}`, at) })));
    expect(await dataOf(ground, 'event.accepted', 'busId')).toEqual(parts.map(({ busId }) => busId).sort());
    expect(await dataOf(ground, 'event.dead-lettered', 'busId')).toEqual(
      parts.flatMap(({ id, busId }) => (id === 'broken' ? [busId] : [])).sort(),
    );
    const sound = parts.filter(({ id }) => id !== 'broken');
    const names = [...new Set(sound.map(({ id }) => `sensor_grid#${id}@1795367200000`))].sort();
    expect(await dataOf(ground, 'event.fused', 'eventKey')).toEqual(names);
    expect(await said(ground, 'event.dropped')).toHaveLength(sound.length - names.length);
  });
  await fc.assert(property, { numRuns: 40 });
});
