import { expect, test } from 'vitest';
import { create as createIngest } from '../../../functions/ingest/handler.ts';
import { SourceHealth } from '../../../shared/contracts/source-health.ts';
import { Source } from '../../../shared/contracts/vocabulary.ts';
import { healthOf } from '../../../shared/domain/source-health.ts';
import { sources } from '../../../shared/sources/index.ts';
import { delivery, gunshot, raw } from '../../support/rooms.ts';
import { type Api, api } from './ground.ts';

const healthy = async (ground: Api) => (await ground.get('/events/sources')).body.items.map((item) => SourceHealth.parse(item));

test('all 25 are told with what they are promised, and none that was never heard has counted anything', async () => {
  const all = await healthy(api());
  expect(all.map(({ source }) => source)).toEqual(Source.options);
  expect(all).toHaveLength(25);
  for (const { source, title, rate, state, received, errors } of all) {
    expect([title, rate]).toEqual([sources[source].title, sources[source].rate]);
    expect([state, received, errors]).toEqual(['unheard', 0, 0]);
  }
});

test('what came and what was refused of it is counted, with when', async () => {
  const ground = api();
  const ingest = createIngest(ground.runtime);
  await ingest(delivery(raw('gunshot_detection', gunshot('a')), raw('gunshot_detection', gunshot('b'))) as never);
  await ground.scheduler.run(ground.now() + 1000);
  await ingest(delivery(raw('gunshot_detection', { nonsense: true })) as never);
  const shots = (await healthy(ground)).find(({ source }) => source === 'gunshot_detection');
  expect(shots).toMatchObject({
    state: 'heard',
    lastSeenAt: '2026-11-22T17:00:01.000Z',
    lastEventAt: '2026-11-22T16:59:50.000Z',
    eventsPerMinute: 2,
    received: 2,
    errors: 1,
    lastErrorAt: '2026-11-22T17:00:01.000Z',
  });
});

test('one that is known to speak is silent when it does not; one that speaks when something happens is not', () => {
  const known = {
    source: 'sensor_grid',
    received: 1,
    fates: { delayed: {}, shed: {}, repeats: {} },
    errors: 0,
    lastSeenAt: 0,
    inMinute: 0,
    before: 0,
  } as const;
  const spec = { ...sources.sensor_grid, silentAfterS: 60 };
  expect([60_000, 60_001].map((now) => healthOf(spec, known, now).state)).toEqual(['heard', 'silent']);
  expect(healthOf({ ...spec, silentAfterS: undefined }, known, 1e12).state).toBe('heard');
});
