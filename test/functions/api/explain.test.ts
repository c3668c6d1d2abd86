import { describe, expect, test } from 'vitest';
import { create as createIngest } from '../../../functions/ingest/handler.ts';
import type { BusEvent } from '../../../shared/lambda/doors.ts';
import { delivery, gunshot, raw } from '../../support/rooms.ts';
import { type Api, api } from './ground.ts';

interface Rule {
  rule: string;
  strategy: string;
  holds: boolean;
  failed?: string;
}
interface Pair {
  eventKey: string;
  together: boolean;
  related: boolean;
  rules: Rule[];
}
interface Explained extends Record<string, unknown> {
  members: Pair[];
  misses: Pair[];
  with?: Pair;
  chain?: { from: string; reason: { rule: string; with: string } }[];
}

const north = (metres: number) => ({ location: { lat: 26.7753 + metres / 111_195, lon: -80.0581, radiusM: 10 } });
const take = async (ground: Api, ...events: BusEvent[]): Promise<void> => {
  for (const event of events) await createIngest(ground.runtime)(delivery(event) as never);
};
const shotAt = (id: string, metres: number, more: object = {}) => raw('gunshot_detection', gunshot(id, north(metres), more));
const explain = async (ground: Api, id: string, query: Record<string, string> = {}): Promise<Explained> => {
  const { status, body } = await ground.get(`/events/gunshot_detection%23${id}/explain`, { query });
  expect(status).toBe(200);
  return body as unknown as Explained;
};
const failure = (pair: Pair | undefined, strategy: string) => pair?.rules.find((rule) => rule.strategy === strategy)?.failed;

/** Three shots in a row of which the outer two are too far apart for each other, and one out of reach of all. */
const row = async () => {
  const ground = api();
  await take(ground, shotAt('a', 0), shotAt('b', 150), shotAt('c', 300), shotAt('far', 2000));
  return ground;
};

describe('why an event is where it is', () => {
  test('without another it is told beside its incident, and beside what nearly joined', async () => {
    const { members, misses } = await explain(await row(), 'a');
    expect(members.map(({ eventKey, together }) => [eventKey, together])).toEqual([
      ['gunshot_detection#b', true],
      ['gunshot_detection#c', true],
    ]);
    expect(misses.map(({ eventKey, together, related }) => [eventKey, together, related])).toEqual([
      ['gunshot_detection#far', false, false],
    ]);
    expect(failure(misses[0], 'GEOLOCATION')).toMatch(/^\d+ m apart, limit \d+ m/);
  });

  test('each pair says all five strategies, with values and limits', async () => {
    const { with: pair } = await explain(await row(), 'a', { with: 'gunshot_detection#far' });
    expect(new Set(pair?.rules.map(({ strategy }) => strategy))).toEqual(
      new Set(['TIMESTAMP', 'GEOLOCATION', 'ENTITY_ID', 'THREAT_LEVEL', 'COMPOSITE']),
    );
    expect(pair?.rules.every(({ holds, failed }) => !holds && failed)).toBe(true);
  });

  test('two that are one incident by a third are told of it', async () => {
    const told = await explain(await row(), 'a', { with: 'gunshot_detection#c' });
    expect(told.with).toMatchObject({ together: true, related: false });
    expect(told.chain?.map(({ from, reason }) => [from, reason.with])).toEqual([
      ['gunshot_detection#a', 'gunshot_detection#b'],
      ['gunshot_detection#b', 'gunshot_detection#c'],
    ]);
  });

  test('with an incident, it is told beside each of its members', async () => {
    const ground = await row();
    const { incidentId } = await explain(ground, 'far');
    const told = await explain(ground, 'a', { with: String(incidentId) });
    expect([told.members, told.misses.map(({ eventKey }) => eventKey)]).toEqual([[], ['gunshot_detection#far']]);
  });

  test('with a time apart, the time is said', async () => {
    const ground = api();
    await take(ground, shotAt('a', 0), shotAt('late', 0, { time: '2026-11-22T16:20:00Z' }));
    const { with: pair } = await explain(ground, 'a', { with: 'gunshot_detection#late' });
    expect(failure(pair, 'GEOLOCATION')).toMatch(/39 min 50 s apart, limit/);
  });

  test('a key with what an address does not take is found by its node as well', async () => {
    const ground = api();
    await take(ground, raw('weather_service', gunshot('https://alerts/1?x=50%', AWAY, { type: 'weather.alert' })));
    const [event] = (await ground.get('/events/history')).body.items;
    expect((await ground.get(`/events/${encodeURIComponent('weather_service#https://alerts/1?x=50%')}/explain`)).status).toBe(200);
    expect((await ground.get(`/events/${event?.['incidentId']}/explain`)).body).toMatchObject({
      eventKey: `weather_service#${event?.['id']}`,
    });
  });

  test.each([
    ['/events/gunshot_detection%23none/explain', {}, 404],
    ['/events/gunshot_detection%23a/explain', { with: 'gunshot_detection#none' }, 400],
    ['/events/dispatch%23u/explain', {}, 409],
  ])('%s with %o is %i', async (path, query, status) => {
    const ground = await row();
    const unit = gunshot('u', { unit: { id: 'u', type: 'DRONE', status: 'AVAILABLE' } }, { type: 'unit.status' });
    await take(ground, raw('dispatch', unit));
    expect((await ground.get(path, { query: query as Record<string, string> })).status).toBe(status);
  });
});

const AWAY = north(50_000);
