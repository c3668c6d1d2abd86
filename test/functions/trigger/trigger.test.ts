import { expect, test } from 'vitest';
import { create as createFinish } from '../../../functions/finish/handler.ts';
import { create as createIngest } from '../../../functions/ingest/handler.ts';
import { create } from '../../../functions/trigger/handler.ts';
import { givingWay } from '../../../shared/domain/give-way.ts';
import { delivery, gunshot, raw, rooms, type Told } from '../../support/rooms.ts';
import { execution } from '../../support/scene.ts';

const asBus = ({ type, detail }: Told) => raw('swoe', detail, { 'detail-type': type });
const started = (ground: ReturnType<typeof rooms>) => ground.asked.filter(({ operation }) => operation === 'StartExecution');
const count = async (ground: ReturnType<typeof rooms>, kind: string) =>
  (await ground.entries()).filter((entry) => entry.kind === kind).length;

const at = (northM: number) => ({ location: { lat: 26.7753 + northM / 111_195, lon: -80.0581, radiusM: 0 } });

/** Machines that were started and not stopped since, and whose executions go on. */
const runningMachines = async (ground: ReturnType<typeof rooms>): Promise<number> => {
  const runs = [...new Set(started(ground).map(({ input }) => String(input['name'])))];
  const left = runs.filter((id) => {
    const last = ground.asked.findLastIndex(({ operation, input }) => operation === 'StartExecution' && input['name'] === id);
    const since = ground.asked.slice(last).filter(({ operation }) => operation === 'StopExecution');
    return !since.some(({ input }) => String(input['executionArn']).endsWith(id));
  });
  const heads = await Promise.all(runs.map((id) => ground.settle(ground.stores.executions.get(id))));
  expect(heads.filter((head) => head?.status === 'RUNNING').map((head) => head?.id)).toEqual(left);
  return left.length;
};

const ingested = async (...events: [string, object][]) => {
  const ground = rooms();
  const ingest = createIngest(ground.runtime);
  for (const [source, envelope] of events) await ingest(delivery(raw(source, envelope)));
  const normalised = ground.told.filter(({ type }) => type === 'event.normalized').map(asBus);
  return { ground, room: create(ground.runtime), normalised };
};

test('a gunshot starts gunfire-response once, with its input frozen before', async () => {
  const { ground, room, normalised } = await ingested(['gunshot_detection', gunshot('shot-1')]);
  await room(delivery(...normalised));
  const [start] = started(ground);
  const id = String(start?.input['name']);
  expect(start?.input['stateMachineArn']).toBe('arn:aws:states:us-east-1:000000000000:stateMachine:swoe-dev-gunfire-response:live');
  expect(JSON.parse(String(start?.input['input']))).toMatchObject({ executionId: id, location: { lat: 26.7753 } });
  expect(await ground.stores.executions.get(id)).toMatchObject({ status: 'RUNNING', input: { event: { id: 'shot-1' } } });
  expect([await count(ground, 'match.made'), await count(ground, 'match.started')]).toEqual([1, 1]);
});

test('a later event of the incident joins the execution; nothing starts twice', async () => {
  const { ground, room, normalised } = await ingested(['gunshot_detection', gunshot('shot-1')], ['gunshot_detection', gunshot('shot-2')]);
  await room(delivery(...normalised));
  await room(delivery(...normalised));
  expect(started(ground)).toHaveLength(1);
  expect([await count(ground, 'match.made'), await count(ground, 'match.started'), await count(ground, 'match.joined')]).toEqual([2, 1, 1]);
});

test('racing deliveries of two related shots start one execution', async () => {
  for (let seed = 0; seed < 25; seed += 1) {
    const ground = rooms({ seed, shuffle: true });
    const ingest = [createIngest(ground.runtime), createIngest(ground.runtime)];
    await ground.settle(
      Promise.all([
        ingest[0]?.(delivery(raw('gunshot_detection', gunshot('a')))),
        ingest[1]?.(delivery(raw('cad_system', { ...gunshot('b'), type: 'call.shots-fired' }))),
      ]),
    );
    const normalised = ground.told.filter(({ type }) => type === 'event.normalized').map(asBus);
    await ground.settle(Promise.all(normalised.map((event) => create(ground.runtime)(delivery(event)))));
    expect(new Set(started(ground).map(({ input }) => input['name'])).size).toBe(1);
    expect(await count(ground, 'match.made')).toBe((await count(ground, 'match.started')) + (await count(ground, 'match.joined')));
  }
});

test('a merge that comes while a run is being started leaves one run, in any order', async () => {
  const [a, b, c] = [gunshot('a', at(0)), gunshot('b', at(290)), gunshot('c', at(145))];
  for (let seed = 0; seed < 60; seed += 1) {
    const ground = rooms({ seed, shuffle: true });
    const ingest = createIngest(ground.runtime);
    for (const event of [a, b]) await ground.settle(ingest(delivery(raw('gunshot_detection', event))));
    const shots = ground.told.splice(0).filter(({ type }) => type === 'event.normalized');
    const joined = async (): Promise<void> => {
      await ingest(delivery(raw('gunshot_detection', c)));
      const merged = ground.told.filter(({ type }) => type === 'incident.merged').map(asBus);
      await create(ground.runtime)(delivery(...merged));
    };
    await ground.settle(Promise.all([...shots.map((shot) => create(ground.runtime)(delivery(asBus(shot)))), joined()]));
    await ground.settle(
      createFinish(ground.runtime)(delivery(...ground.told.filter(({ type }) => type === 'workflow.superseded').map(asBus))),
    );
    expect([await runningMachines(ground), seed]).toEqual([1, seed]);
  }
});

test('a start that failed is taken up by the next delivery', async () => {
  const { ground, room, normalised } = await ingested(['gunshot_detection', gunshot('shot-1')]);
  ground.faults.push({ service: 'states', operation: 'StartExecution', error: 'ValidationException' });
  expect((await room(delivery(...normalised))).batchItemFailures).toHaveLength(1);
  expect((await room(delivery(...normalised))).batchItemFailures).toHaveLength(0);
  expect([await count(ground, 'match.made'), await count(ground, 'match.started')]).toEqual([1, 1]);
});

test('an unsure shot starts nothing', async () => {
  const { ground, room, normalised } = await ingested(['gunshot_detection', gunshot('shot-1', { confidence: 0.4 })]);
  await room(delivery(...normalised));
  expect(started(ground)).toEqual([]);
  expect(await count(ground, 'match.made')).toBe(0);
});

test('two unsure reports from independent sources start it', async () => {
  const { ground, room, normalised } = await ingested(
    ['gunshot_detection', gunshot('shot-1', { confidence: 0.4 })],
    ['cad_system', { ...gunshot('call-1', { confidence: 0.5 }), type: 'call.shots-fired' }],
  );
  await room(delivery(...normalised));
  expect(started(ground)).toHaveLength(1);
});

test.each([
  ['one call that CAD and dispatch both carry', 'dispatch'],
  ['a call that only a score bears out', 'ai_sentinel'],
] as const)('%s is one source, and an unsure one starts nothing', async (_what, second) => {
  const call = { ...gunshot('call-1', { confidence: 0.5 }), type: 'call.shots-fired' };
  const { ground, room, normalised } = await ingested(['cad_system', call], [second, { ...call, id: 'call-2' }]);
  await room(delivery(...normalised));
  expect(started(ground)).toEqual([]);
  expect(normalised.at(-1)?.detail).toMatchObject({ incident: { events: 2, independentSources: 1 } });
});

test('what only AI sources say is refused with the clause, and the match is closed', async () => {
  const { ground, room, normalised } = await ingested(['ai_sentinel', gunshot('guess-1', { confidence: 0.99 })]);
  // A sensor's report that the incident does not count: all that it is known from are scores.
  const relayed = normalised.map((event) => ({ ...event, detail: { ...(event.detail as object), source: 'gunshot_detection' } }));
  await room(delivery(...relayed));
  expect(started(ground)).toEqual([]);
  expect((await ground.entries()).find(({ kind }) => kind === 'match.refused')?.data).toMatchObject({ clause: 'no-risk-score-dispatch' });
});

test('a person’s request starts the workflow under the request’s id, with who asked', async () => {
  const ground = rooms();
  const request = {
    workflow: 'gunfire-response',
    reason: 'heard it myself',
    inputs: {},
    location: { lat: 26.77, lon: -80.05 },
    requestId: 'R1',
    by: 'person-1',
    role: 'dispatcher',
    at: '2026-11-22T17:00:00Z',
  };
  await create(ground.runtime)(delivery(raw('swoe', request, { 'detail-type': 'workflow.requested' })));
  expect(started(ground)).toMatchObject([{ input: { name: 'gunfire-response-R1' } }]);
  expect(await ground.stores.executions.get('gunfire-response-R1')).toMatchObject({ input: { requestedBy: 'person-1' } });
});

test('of several executions the oldest that still runs goes on', () => {
  const [old, young, ended] = [
    execution('A', { createdAt: '2026-11-22T17:00:00.000Z' }),
    execution('B', { createdAt: '2026-11-22T17:00:01.000Z' }),
    execution('C', { createdAt: '2026-11-22T16:00:00.000Z', status: 'COMPLETED' }),
  ];
  expect(givingWay([young, old, ended], () => []).map(({ from, to }) => [from.id, to.id])).toEqual([[young.id, old.id]]);
});
