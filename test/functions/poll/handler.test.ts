import { expect, test } from 'vitest';
import { adapt } from '../../../functions/ingest/formats/index.ts';
import { create } from '../../../functions/poll/handler.ts';
import type { Runtime } from '../../../shared/lambda/runtime.ts';
import { sources } from '../../../shared/sources/index.ts';
import { only } from '../../support/only.ts';
import { BUS_TIME, json } from '../ingest/formats/reading.ts';

interface Put {
  Entries: { EventBusName: string; Source: 'weather_service' | 'sensor_grid'; DetailType: string; Detail: string }[];
}

const ENV = { BUS_NAME: 'swoe', USER_AGENT: '(swoe-dev-poll, ops@city.example)' };

const runtime = (feeds: Record<string, string>, put: Put[], answer: object): Runtime => ({
  env: { ...ENV, FEEDS: JSON.stringify(feeds) },
  clock: { now: () => BUS_TIME },
  random: () => 0.5,
  pause: async () => {},
  log: { info: () => {}, warn: () => {}, error: () => {} },
  fetch: async (url) => ({
    status: 200,
    body: JSON.stringify({ features: [json(url.includes('quake') ? 'quake.json' : 'nws-alert.json')] }),
  }),
  aws: async (_service, _operation, input) => {
    put.push(input as Put);
    return answer;
  },
});

test('what is put is what ingest understands, from the source that the role is bound to', async () => {
  const put: Put[] = [];
  const env = { nws: 'https://nws.example/active?point=1,2', usgs: 'https://quake.example/hour' };
  expect(await create(runtime(env, put, { FailedEntryCount: 0, Entries: [{ EventId: 'e-1' }] }))()).toMatchObject([{ put: 1 }, { put: 1 }]);
  const entries = put.flatMap(({ Entries }) => Entries);
  expect(entries.map(({ EventBusName, Source, DetailType }) => [EventBusName, Source, DetailType])).toEqual([
    ['swoe', 'weather_service', 'nws.alert'],
    ['swoe', 'sensor_grid', 'usgs.earthquake'],
  ]);
  const types = entries.map(({ Source, Detail }) => only(adapt(sources[Source], JSON.parse(Detail), BUS_TIME)));
  expect(types).toMatchObject([{ envelope: { type: 'weather.alert' } }, { envelope: { type: 'earthquake.reported' } }]);
});

test('an entry without an event id was not taken', async () => {
  const put: Put[] = [];
  const turn = create(
    runtime({ nws: 'https://nws.example' }, put, { FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException' }] }),
  );
  expect(await turn()).toMatchObject([{ feed: 'nws', put: 0, failed: 1 }]);
});

test('a feed without its address is not asked', async () => {
  const put: Put[] = [];
  expect(await create(runtime({}, put, {}))()).toEqual([]);
  expect(put).toEqual([]);
});
