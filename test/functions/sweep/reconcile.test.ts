import { expect, test } from 'vitest';
import { create as createIngest } from '../../../functions/ingest/handler.ts';
import { create as createSweep } from '../../../functions/sweep/handler.ts';
import { create as createTrigger } from '../../../functions/trigger/handler.ts';
import type { Runtime } from '../../../shared/lambda/runtime.ts';
import { delivery, gunshot, raw, rooms } from '../../support/rooms.ts';

const KEY = 'gunshot_detection#shot-1';
const MINUTE = 60_000;

type Ground = ReturnType<typeof rooms>;

const hear = (ground: Ground, detail: object, source = 'gunshot_detection') =>
  createIngest(ground.runtime)(delivery(raw(source, detail, { id: `bus-${source}-${(detail as { id: string }).id}` })));
const tell = (ground: Ground, from = 0) =>
  createTrigger(ground.runtime)(
    delivery(
      ...ground.told
        .slice(from)
        .filter(({ type }) => type === 'event.normalized')
        .map(({ detail }) => raw('swoe', detail, { 'detail-type': 'event.normalized' })),
    ),
  );
/** A delivery after whose first transaction nothing answers any more. */
const cutShort = async (ground: Ground, detail: object) => {
  let over = false;
  const aws: Runtime['aws'] = async (service, operation, input) => {
    if (over) throw Object.assign(new Error('gone'), { name: 'AccessDeniedException' });
    const answer = (await ground.runtime.aws?.(service, operation, input)) ?? {};
    over = operation === 'TransactWriteItems';
    return answer;
  };
  const shot = raw('gunshot_detection', detail, { id: 'bus-gunshot_detection-shot-1' });
  expect((await createIngest({ ...ground.runtime, aws })(delivery(shot))).batchItemFailures).toHaveLength(1);
};
const passes = (ground: Ground, ms: number) => ground.scheduler.run(ground.scheduler.now() + ms);
const found = async (ground: Ground) => (await ground.entries()).filter(({ kind }) => kind === 'sweep.found').map(({ data }) => data);
/** What the sweep put on the queue of `trigger`. */
const sent = (ground: Ground) =>
  ground.asked.filter(({ operation }) => operation === 'SendMessage').map(({ input }) => JSON.parse(String(input['MessageBody'])));
const call = (id: string, more: object = {}) => ({ ...gunshot(id, more), type: 'call.shots-fired' });

test('an event that should have started a response and of which trigger never heard is told again after two minutes, and starts it once', async () => {
  const ground = rooms();
  await hear(ground, gunshot('shot-1'));
  await passes(ground, 1.5 * MINUTE);
  await createSweep(ground.runtime)();
  expect(await found(ground)).toEqual([]);
  await passes(ground, MINUTE);
  expect(await createSweep(ground.runtime)()).toEqual({ mended: 1, lapsed: 0 });
  expect(await found(ground)).toMatchObject([
    { finding: 'unmatched', eventKey: KEY, workflows: ['gunfire-response'], announced: true, givenUp: false },
  ]);
  const [message] = sent(ground);
  expect(message).toMatchObject({ 'detail-type': 'event.normalized', detail: { id: 'shot-1', incident: { events: 1 } } });
  await createTrigger(ground.runtime)(delivery(message));
  // And the word that was lost comes after all.
  await tell(ground);
  expect(ground.asked.filter(({ operation }) => operation === 'StartExecution')).toHaveLength(1);
  await passes(ground, 4 * MINUTE);
  expect(await createSweep(ground.runtime)()).toEqual({ mended: 0, lapsed: 0 });
  expect(await ground.stores.executions.findings()).toEqual([]);
});

test('what was matched, and what starts nothing, is not found', async () => {
  const ground = rooms();
  await hear(ground, gunshot('shot-1'));
  await hear(ground, { ...gunshot('noise'), type: 'noise.complaint' }, 'cad_system');
  await tell(ground);
  await passes(ground, 3 * MINUTE);
  expect(await createSweep(ground.runtime)()).toEqual({ mended: 0, lapsed: 0 });
  expect([await found(ground), sent(ground)]).toEqual([[], []]);
});

test('an event that meets a trigger only since a later one bore it out was not lost: the later one was matched', async () => {
  const ground = rooms();
  await hear(ground, gunshot('shot-1', { confidence: 0.3 }));
  await hear(ground, call('call-1', { confidence: 0.3 }), 'cad_system');
  await tell(ground);
  expect(await ground.stores.executions.matchesOf(KEY)).toEqual([]);
  expect(await ground.stores.executions.matchesOf('cad_system#call-1')).toHaveLength(1);
  await passes(ground, 3 * MINUTE);
  await createSweep(ground.runtime)();
  expect(await found(ground)).toEqual([]);
});

test('and where the later one was lost too, it is found', async () => {
  const ground = rooms();
  await hear(ground, gunshot('shot-1', { confidence: 0.3 }));
  await tell(ground);
  await hear(ground, call('call-1', { confidence: 0.3 }), 'cad_system');
  await passes(ground, 3 * MINUTE);
  await createSweep(ground.runtime)();
  expect((await found(ground)).map(({ eventKey }) => eventKey)).toContain('cad_system#call-1');
  await createTrigger(ground.runtime)(delivery(...sent(ground)));
  expect(ground.asked.filter(({ operation }) => operation === 'StartExecution')).toHaveLength(1);
});

test('an event that is told again in vain is said each time, and after the third time given up', async () => {
  const ground = rooms();
  await hear(ground, gunshot('shot-1'));
  for (let minute = 0; minute < 40; minute += 1) {
    await passes(ground, MINUTE);
    await createSweep(ground.runtime)();
  }
  expect((await found(ground)).map(({ announced, givenUp }) => [announced, givenUp])).toEqual([
    [true, false],
    [true, false],
    [true, false],
    [false, true],
  ]);
  expect(sent(ground)).toHaveLength(3);
});

test('an event that is half an hour old when it is found is said, and starts nothing', async () => {
  const ground = rooms();
  await hear(ground, gunshot('shot-1'));
  await passes(ground, 40 * MINUTE);
  await createSweep(ground.runtime)();
  expect(await found(ground)).toMatchObject([{ eventKey: KEY, announced: false, givenUp: true }]);
  expect(sent(ground)).toEqual([]);
});

test('an event that was accepted and never came to an incident is said after five minutes, and let go when it does', async () => {
  const ground = rooms();
  const shot = gunshot('shot-1');
  await hear(ground, gunshot('shot-0'));
  await tell(ground);
  await cutShort(ground, shot);
  const cut = await ground.stores.events.get(KEY);
  expect([cut?.key, cut?.fused]).toEqual([KEY, undefined]);
  await passes(ground, 3 * MINUTE);
  await createSweep(ground.runtime)();
  expect(await found(ground)).toEqual([]);
  await passes(ground, 3 * MINUTE);
  await createSweep(ground.runtime)();
  expect(await found(ground)).toMatchObject([{ finding: 'unfused', eventKey: KEY, announced: false, givenUp: false }]);
  await hear(ground, shot);
  await tell(ground);
  await passes(ground, 4 * MINUTE);
  await createSweep(ground.runtime)();
  expect([(await found(ground)).length, await ground.stores.executions.findings()]).toEqual([1, []]);
});

test('each entry of the journal is read once, and an event that can start nothing is not read at all', async () => {
  const ground = rooms();
  for (let n = 0; n < 5; n += 1) await hear(ground, { ...gunshot(`noise-${n}`), type: 'noise.complaint' }, 'cad_system');
  await hear(ground, gunshot('shot-1'));
  await tell(ground);
  await passes(ground, 3 * MINUTE);
  const reads: unknown[] = [];
  const entriesRead: number[] = [];
  const aws: Runtime['aws'] = async (service, operation, input) => {
    const { TableName } = input as { TableName?: string };
    if (TableName === 'events') reads.push(operation);
    const answer = await ground.runtime.aws?.(service, operation, input);
    const { Limit } = input as { Limit?: number };
    if (TableName === 'journal' && operation === 'Query' && (Limit ?? 0) > 1)
      entriesRead.push(Number((answer as { Count?: number }).Count ?? 0));
    return answer ?? {};
  };
  const sweep = createSweep({ ...ground.runtime, aws });
  await sweep();
  const total = (counts: number[]) => counts.reduce((sum, count) => sum + count, 0);
  // The event, and the incident that it alone is.
  expect(reads).toHaveLength(2);
  expect(total(entriesRead)).toBe((await ground.entries()).length);
  entriesRead.length = 0;
  await sweep();
  expect([reads.length, total(entriesRead)]).toEqual([2, 0]);
});

test('a correction that trigger never heard of is told again, however late it is found', async () => {
  const ground = rooms();
  await hear(ground, gunshot('shot-1'));
  await tell(ground);
  const correction = { corrects: { source: 'gunshot_detection', id: 'shot-1' }, confidence: 0.4 };
  await hear(ground, { ...gunshot('c-1'), type: 'event.corrected', data: correction }, 'dispatch');
  await passes(ground, 50 * MINUTE);
  await createSweep(ground.runtime)();
  expect(await found(ground)).toMatchObject([{ finding: 'untold', eventKey: 'dispatch#c-1', announced: true }]);
  const message = sent(ground).find((one) => one['detail-type'] === 'event.corrected');
  expect(message).toMatchObject({ detail: { eventKey: KEY, by: 'dispatch#c-1' } });
  await createTrigger(ground.runtime)(delivery(message));
  await passes(ground, 4 * MINUTE);
  await createSweep(ground.runtime)();
  expect([(await found(ground)).length, await ground.stores.executions.findings()]).toEqual([1, []]);
});

test('an event that was retracted before anything heard of it starts nothing', async () => {
  const ground = rooms();
  await hear(ground, gunshot('shot-1'));
  await hear(ground, { ...gunshot('r-1'), type: 'event.retracted', data: { retracts: { id: 'shot-1' } } });
  await passes(ground, 3 * MINUTE);
  await createSweep(ground.runtime)();
  expect(sent(ground).map((message) => message['detail-type'])).toEqual(['event.corrected']);
});
