import { expect, test } from 'vitest';
import { entriesOf, isCritical } from '../../../local/bridge/heard.ts';
import { BUS_TIME, collection, quakeOf } from '../../functions/ingest/formats/reading.ts';

const [small, great] = [quakeOf('q1'), quakeOf('q2', { mag: 7.4 })];

test('a feed is one entry as it came, under the type of what it carries', () => {
  const feed = collection(small, great);
  expect(entriesOf('sensor_grid', feed)).toEqual([{ source: 'sensor_grid', type: 'earthquake.reported', detail: feed }]);
});

test('a feed is as urgent as the gravest event in it', () => {
  const critical = (...features: object[]) => entriesOf('sensor_grid', collection(...features)).map((entry) => isCritical(entry, BUS_TIME));
  expect(critical(small, small)).toEqual([false]);
  expect(critical(small, great)).toEqual([true]);
});
