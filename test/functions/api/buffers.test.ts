import { describe, expect, test } from 'vitest';
import { screen } from '../../../functions/ingest/screen/screen.ts';
import { SourceBuffer } from '../../../shared/contracts/source-buffer.ts';
import { type Priority, Source } from '../../../shared/contracts/vocabulary.ts';
import { sources as specs } from '../../../shared/sources/index.ts';
import { normal } from '../ingest/screen/ground.ts';
import { type Api, api } from './ground.ts';

const { rate, buffer } = specs.cctv_network;
/** Where INFO is shed: at 60 % of the bound. */
const ROOM = buffer * 0.6;

/** Has `n` events of the cameras screened, ten at a time. */
const say = async (ground: Api, n: number, priority: Priority): Promise<void> => {
  const { clock, log } = ground.runtime;
  const judge = screen({
    sources: ground.stores.sources,
    specs,
    clock,
    log,
  });
  for (let from = 0; from < n; from += 10)
    await judge(Array.from({ length: Math.min(10, n - from) }, (_, at) => normal({ id: `${priority}-${from + at}`, priority })));
};

const buffers = async (ground: Api): Promise<SourceBuffer[]> => {
  const { status, body } = await ground.get('/events/buffers', { roles: ['viewer'] });
  expect(status).toBe(200);
  return body.items.map((item) => SourceBuffer.parse(item));
};
const cameras = async (ground: Api): Promise<SourceBuffer | undefined> =>
  (await buffers(ground)).find(({ source }) => source === 'cctv_network');

describe('the buffers', () => {
  test('list every source with its promise, also one that was never heard', async () => {
    const all = await buffers(api());
    expect(all.map(({ source }) => source)).toEqual(Source.options);
    for (const { source, perSecond, burst, bound, ...rest } of all) {
      expect({ perSecond, burst, bound }).toEqual({ ...specs[source].rate, bound: specs[source].buffer });
      expect(rest).toMatchObject({ waiting: 0, received: 0, delayed: {}, shed: {}, repeats: {}, errors: 0 });
    }
  });

  test('show who waits, and count by priority what was delayed', async () => {
    const ground = api();
    await say(ground, rate.burst + 50, 'HIGH');
    expect(await cameras(ground)).toMatchObject({
      state: 'delaying',
      waiting: 50,
      received: rate.burst + 50,
      perMinute: rate.burst + 50,
      delayed: { HIGH: 50 },
      shed: {},
      lastSeenAt: expect.stringMatching(/^2026-11-22T17:00/),
    });
  });

  test('show what was shed, and that it was lately', async () => {
    const ground = api();
    await say(ground, rate.burst + ROOM + 100, 'INFO');
    expect(await cameras(ground)).toMatchObject({ state: 'shedding', waiting: ROOM, delayed: { INFO: ROOM }, shed: { INFO: 100 } });
  });

  test('count refused events as errors of their source, and as a word of it', async () => {
    const ground = api();
    await ground.stores.sources.refused('weather_service', 3, ground.now());
    const weather = (await buffers(ground)).find(({ source }) => source === 'weather_service');
    expect(weather).toMatchObject({ errors: 3, lastErrorAt: weather?.lastSeenAt, received: 0 });
  });
});
