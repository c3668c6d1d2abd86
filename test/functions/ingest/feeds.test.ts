import { expect, test } from 'vitest';
import { create } from '../../../functions/ingest/handler.ts';
import { delivery, raw, rooms } from '../../support/rooms.ts';
import { json, sample } from './formats/reading.ts';

type Told = ReturnType<typeof rooms>['told'];

/** Incident and its number of events, as each event was announced. */
const incidents = (told: Told) =>
  told.filter(({ type }) => type === 'event.normalized').map(({ detail }) => detail['incident'] as { id: string; events: number });

const alert = (changes: object = {}) => {
  const feature = json('nws-alert.json');
  return { ...feature, properties: { ...(feature['properties'] as object), ...changes } };
};

const heard = async (...events: ReturnType<typeof raw>[]) => {
  const ground = rooms();
  const room = create(ground.runtime);
  for (const event of events) expect(await room(delivery(event))).toEqual({ batchItemFailures: [] });
  return { ground, told: incidents(ground.told) };
};

test('an update and a cancellation join the incident of the alert that they name, hours later and without a place', async () => {
  const none = { references: [] };
  const [first, update, cancel] = [
    raw('weather_service', { ...alert({ id: 'urn:test:0', sent: '2026-11-22T06:00:00-05:00', ...none }), geometry: null }),
    raw('weather_service', { ...alert(), geometry: null }),
    raw('emergency_mgmt', {
      xml: sample('flood-warning.cap.xml')
        .replace('<msgType>Alert', '<msgType>Cancel')
        .replace('<code>profile:test</code>', '<references>duty@weather.example,urn:test:1,2026-11-22T12:00:00-05:00</references>'),
    }),
  ];
  const { told } = await heard(first, update, cancel);
  expect(told.map(({ events }) => events)).toEqual([1, 2, 3]);
});

test('an exercise that names a real alert does not join it', async () => {
  const { told } = await heard(
    raw('weather_service', alert({ id: 'urn:test:0', references: [] })),
    raw('weather_service', alert({ status: 'Exercise' })),
  );
  expect(told.map(({ events }) => events)).toEqual([1, 1]);
});

test('a newer version of a quake joins it, and the same version again is a duplicate', async () => {
  const quake = json('quake.json');
  const later = { ...quake, id: 'yy7', properties: { ...(quake['properties'] as object), updated: 1_795_367_900_000 } };
  const { ground, told } = await heard(raw('sensor_grid', quake), raw('sensor_grid', later), raw('sensor_grid', quake));
  expect(told.map(({ events }) => events)).toEqual([1, 2]);
  expect((await ground.entries()).filter(({ kind }) => kind === 'event.dropped')).toHaveLength(1);
});

test('a document that is refused is buried with its place and its body', async () => {
  const xml = sample('flood-warning.cap.xml').replace('Immediate', 'Soon');
  const { ground, told } = await heard(raw('weather_service', { xml }));
  expect(told).toEqual([]);
  expect((await ground.entries()).find(({ kind }) => kind === 'event.dead-lettered')?.data).toMatchObject({
    reason: 'alert.info[0].urgency: is none of Immediate, Expected, Future, Past, Unknown',
  });
});
