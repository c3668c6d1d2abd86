import { expect, test } from 'vitest';
import { create as createIngest } from '../../../functions/ingest/handler.ts';
import { create } from '../../../functions/trigger/handler.ts';
import { delivery, gunshot, type Rooms, raw, rooms, type Told } from '../../support/rooms.ts';

const START = Date.UTC(2026, 10, 22, 16, 30);

/** A reviewed shot so many metres up the street, so many seconds after the first. */
const shot = (id: string, north: number, at: number) =>
  raw('gunshot_detection', {
    ...gunshot(id, { location: { lat: 26.7753 + north / 111_195, lon: -80.0581, radiusM: 25 } }),
    time: new Date(START + at * 1000).toISOString(),
  });

const asBus = ({ type, detail }: Told) => raw('swoe', detail, { 'detail-type': type });

/** A second later, hands shots to `ingest`, and what it tells to `trigger`. Returns what both told. */
const happen = async (ground: Rooms, ...shots: ReturnType<typeof shot>[]): Promise<Told[]> => {
  await ground.settle(new Promise<void>((resolve) => ground.scheduler.after(1000, resolve)));
  await createIngest(ground.runtime)(delivery(...shots));
  const told = ground.told.splice(0);
  await create(ground.runtime)(delivery(...told.map(asBus)));
  return [...told, ...ground.told.splice(0)];
};

const ofType = (told: readonly Told[], type: string) => told.filter((one) => one.type === type).map(({ detail }) => detail);

const runsOn = async ({ stores }: Rooms, key: string): Promise<string[]> => {
  const standing = await stores.incidents.standing(String((await stores.events.get(key))?.node));
  return (await stores.executions.runsOn([standing?.incident.id ?? '', ...(standing?.absorbed ?? [])])).map(
    ({ id, status }) => `${status} ${id}`,
  );
};

test('two responses that shots connect over more than one scene may be stay two, and none is cancelled', async () => {
  const ground = rooms();
  await happen(ground, shot('a', 0, 0));
  await happen(ground, shot('f', 900, 20));
  const told = await happen(ground, ...[180, 360, 540, 720].map((north, nth) => shot(`b${nth}`, north, 5 + nth)));
  const gone = ofType(told, 'incident.merged').map(({ from }) => from);
  for (const key of ['a', 'f']) expect(gone).not.toContain((await ground.stores.events.get(`gunshot_detection#${key}`))?.node);
  expect(ofType(told, 'workflow.superseded')).toEqual([]);
  const [south, north] = [await runsOn(ground, 'gunshot_detection#a'), await runsOn(ground, 'gunshot_detection#f')];
  expect([south.length, north.length]).toEqual([1, 1]);
  expect([...south, ...north].every((run) => run.startsWith('RUNNING'))).toBe(true);
  expect(south).not.toEqual(north);
});

test('an incident that loses members keeps its run, which looks anew at what it asks', async () => {
  const ground = rooms();
  await happen(ground, shot('a', 0, 100));
  await happen(ground, ...[180, 360, 540, 720].map((north, nth) => shot(`b${nth}`, north, 101 + nth)));
  const before = await runsOn(ground, 'gunshot_detection#a');
  const told = await happen(ground, shot('late', -170, 0));
  const [split] = ofType(told, 'incident.split');
  expect(split).toMatchObject({ members: ['gunshot_detection#b3'] });
  const from = await ground.stores.incidents.standing(String(split?.['from']));
  expect(from?.lost).toEqual([split?.['into']]);
  expect(await runsOn(ground, 'gunshot_detection#a')).toEqual(before);
  expect(ofType(told, 'workflow.updated')).toContainEqual({ executionId: before[0]?.split(' ')[1], eventKey: `split#${split?.['into']}` });
  expect((await ground.entries()).find(({ kind }) => kind === 'incident.split')?.data['items']).toMatchObject([split]);
});

test('who leaves with a split gets a response where they are now, once however often it is told', async () => {
  const ground = rooms();
  await happen(ground, shot('a', 0, 100));
  await happen(ground, ...[180, 360, 540, 720].map((north, nth) => shot(`b${nth}`, north, 101 + nth)));
  expect(await runsOn(ground, 'gunshot_detection#b3')).toEqual(await runsOn(ground, 'gunshot_detection#a'));
  const told = await happen(ground, shot('late', -170, 0));
  const [split] = ofType(told, 'incident.split');
  const own = [`RUNNING gunfire-response-${split?.['into']}`];
  expect(await runsOn(ground, 'gunshot_detection#b3')).toEqual(own);

  const tell = () => create(ground.runtime)(delivery(raw('swoe', split, { 'detail-type': 'incident.split' })));
  const before = (await ground.entries()).length;
  await tell();
  expect((await ground.entries()).length).toBe(before);
  expect(await runsOn(ground, 'gunshot_detection#b3')).toEqual(own);
});
