import { describe, expect, test } from 'vitest';
import { partsOf } from '../../../../functions/ingest/parts.ts';
import { screening } from '../../../../functions/ingest/screen/screening.ts';
import { isBackFor } from '../../../../functions/ingest/screen/turns.ts';
import { apart } from '../../../../shared/domain/apart.ts';
import { sqs } from '../../../../shared/lambda/clients.ts';
import type { Delivery } from '../../../../shared/lambda/doors.ts';
import type { SourceSpec } from '../../../../shared/sources/index.ts';
import { type Gate, gate, normal } from './ground.ts';

const URLS = ['ingest', 'ingest-critical'].map((name) => `http://127.0.0.1:4566/000000000000/swoe-dev-${name}`);
const TIGHT = { rate: { perSecond: 1, burst: 2 }, buffer: 3 };

interface Sent {
  QueueUrl: string;
  Entries: { Id: string; MessageBody: string; DelaySeconds: number; MessageAttributes: object }[];
}

const through = (spec: Partial<SourceSpec> = TIGHT, source?: 'lpr_network') => {
  const ground = gate(spec, source);
  const deps = { ...ground.deps, journal: ground.stores.journal, queue: sqs(ground.runtime), queueUrls: URLS };
  return { ...ground, screening: screening(deps), sent: () => ground.asked.map(({ input }) => input as unknown as Sent) };
};
const batch = (n: number, more: object = {}) => Array.from({ length: n }, (_, at) => normal({ id: `e${at}`, priority: 'HIGH', ...more }));
const ids = (normals: readonly { event: { id: string } }[]) => normals.map(({ event }) => event.id);
const kindsOf = async (ground: Gate) => (await ground.entries()).map(({ kind }) => kind);
const droppedIn = async (ground: Gate) => (await ground.entries()).filter(({ kind }) => kind === 'event.dropped').flatMap(apart);

describe('whoever waits', () => {
  test('is put back into the queue it came from, with its turn, in one call, and is done with', async () => {
    const ground = through();
    const normals = batch(4);
    const { pass, failed } = await ground.screening(normals);
    expect([ids(pass), failed]).toEqual([['e0', 'e1'], []]);
    expect(ground.sent()).toEqual([
      {
        QueueUrl: URLS[0],
        Entries: [1, 2].map((delay, at) => ({
          Id: String(at),
          MessageBody: normals[at + 2]?.delivery.record.body,
          DelaySeconds: delay,
          MessageAttributes: { turn: { DataType: 'Number', StringValue: String(ground.now() + delay * 1000) } },
        })),
      },
    ]);
    expect(await kindsOf(ground)).toEqual([]);
  });

  test('is delivered again where the queue does not take it', async () => {
    const ground = through();
    ground.faults.push({ service: 'sqs', operation: 'SendMessageBatch', error: 'AccessDenied' });
    const { pass, failed } = await ground.screening(batch(4));
    expect([ids(pass), ids(failed)]).toEqual([
      ['e0', 'e1'],
      ['e2', 'e3'],
    ]);
  });

  test('goes in calls of at most half a megabyte', async () => {
    const ground = through({ rate: { perSecond: 1, burst: 2 }, buffer: 20 });
    const large = batch(10).map((one) => ({
      ...one,
      delivery: { ...one.delivery, record: { ...one.delivery.record, body: 'x'.repeat(128 * 1024) } },
    }));
    await ground.screening(large);
    expect(ground.sent().map(({ Entries }) => Entries.length)).toEqual([4, 4]);
  });
});

describe('events of one message', () => {
  const whole = normal({ id: 'whole' }).delivery;
  const carried = (n: number, of: Delivery = whole) =>
    partsOf(of, n).map((delivery, at) => ({ ...normal({ id: `e${at}`, priority: 'HIGH' }), delivery }));
  const turns = (ground: Gate, delays: Record<number, number>, from = ground.now()): object => ({
    turns: {
      DataType: 'String',
      StringValue: Object.entries(delays)
        .map(([at, delay]) => `${at}@${from + delay * 1000}`)
        .join(','),
    },
  });

  test('that wait are put back as one message, for the first turn of theirs', async () => {
    const ground = through();
    const { pass, failed } = await ground.screening(carried(5));
    expect([ids(pass), failed]).toEqual([['e0', 'e1'], []]);
    expect(ground.sent()).toEqual([
      {
        QueueUrl: URLS[0],
        Entries: [{ Id: '0', MessageBody: whole.record.body, DelaySeconds: 1, MessageAttributes: turns(ground, { 2: 1, 3: 2, 4: 3 }) }],
      },
    ]);
  });

  test('that waited pass each at its own turn, and nobody else comes back with them', async () => {
    const ground = through();
    const start = ground.now();
    await ground.screening(carried(5));
    const passed: string[][] = [];
    for (let n = 0; n < 3; n += 1) {
      const sent = ground.sent().at(-1)?.Entries[0]?.MessageAttributes as Record<string, { StringValue: string; DataType: string }>;
      const said = Object.entries(sent).map(([name, one]) => [name, { stringValue: one.StringValue, dataType: one.DataType }]);
      const back: Delivery = { ...whole, record: { ...whole.record, messageAttributes: Object.fromEntries(said) } };
      ground.pass(1000);
      const open = carried(5, back).filter(({ delivery }) => isBackFor(delivery));
      expect(ids(open)).toEqual(['e2', 'e3', 'e4'].slice(n));
      passed.push(ids((await ground.screening(open)).pass));
    }
    expect(passed).toEqual([['e2'], ['e3'], ['e4']]);
    expect(ground.sent().map(({ Entries }) => Entries[0]?.MessageAttributes)).toEqual([
      turns(ground, { 2: 1, 3: 2, 4: 3 }, start),
      turns(ground, { 3: 2, 4: 3 }, start),
      turns(ground, { 4: 3 }, start),
    ]);
  });

  test('are asked about again where their batch failed further on, and nobody takes two turns', async () => {
    const ground = through();
    await ground.screening(carried(5));
    const { pass } = await ground.screening(carried(5));
    expect([ids(pass), ground.sent().length]).toEqual([['e0', 'e1'], 1]);
  });

  test('that wait are all delivered again where the queue does not take their message', async () => {
    const ground = through();
    ground.faults.push({ service: 'sqs', operation: 'SendMessageBatch', error: 'AccessDenied' });
    const { failed } = await ground.screening(carried(5));
    expect(ids(failed)).toEqual(['e2', 'e3', 'e4']);
  });

  test('are written down by tens where more of them are shed than one transaction takes', async () => {
    const ground = through();
    const { pass, failed } = await ground.screening(
      carried(100, { ...whole }).map((one) => ({ ...one, event: { ...one.event, priority: 'INFO' } })),
    );
    expect([pass.length, failed]).toEqual([2, []]);
    const dropped = (await droppedIn(ground)).map(({ data }) => data['busId']);
    expect(new Set(dropped).size).toBe(97);
    expect(dropped).toHaveLength(97);
  });
});

describe('whoever is shed', () => {
  test('is journaled as accepted and dropped, with the bound that was passed, in one transaction', async () => {
    const ground = through();
    const { failed } = await ground.screening(batch(7, { priority: 'INFO' }));
    expect(failed).toEqual([]);
    const entries = await ground.entries();
    expect(entries.map(({ kind }) => kind)).toEqual(['event.accepted', 'event.dropped']);
    expect(entries[0]?.data).toMatchObject({ items: ['e3', 'e4', 'e5', 'e6'].map((id) => ({ eventKey: `cctv_network#${id}` })) });
    expect(entries[1]?.data).toEqual({
      hour: '2026-11-22T17',
      items: ['e3', 'e4', 'e5', 'e6'].map((id) => ({
        eventKey: `cctv_network#${id}`,
        busId: `bus cctv_network#${id}`,
        type: 'camera.motion',
        source: 'cctv_network',
        priority: 'INFO',
        reason: 'shed:INFO',
        limit: 1,
        buffer: 3,
      })),
    });
  });

  test('is done with when the same message comes again, whatever room there is then', async () => {
    const ground = through();
    await ground.screening(batch(7, { priority: 'INFO' }));
    ground.pass(60_000);
    const again = normal({ id: 'e6', priority: 'INFO' }, { count: 2 });
    expect(await ground.screening([again])).toEqual({ pass: [], failed: [] });
    expect(await kindsOf(ground)).toHaveLength(2);
  });

  test('is counted once where two functions shed one delivery', async () => {
    const ground = through();
    await ground.screening(batch(7, { priority: 'INFO' }));
    await ground.screening([normal({ id: 'e6', priority: 'INFO' }), normal({ id: 'e7', priority: 'INFO' })]);
    const dropped = (await droppedIn(ground)).map(({ data }) => data['eventKey']);
    expect(dropped.sort()).toEqual(['e3', 'e4', 'e5', 'e6', 'e7'].map((id) => `cctv_network#${id}`));
  });

  test('is delivered again where the journal does not take it', async () => {
    const ground = through();
    ground.faults.push({ service: 'dynamodb', operation: 'TransactWriteItems', error: 'AccessDeniedException' });
    expect(ids((await ground.screening(batch(7, { priority: 'INFO' }))).failed)).toEqual(['e3', 'e4', 'e5', 'e6']);
  });
});

describe('a repeat', () => {
  const look = (id: string, received: object = {}) =>
    normal({ id, source: 'lpr_network', type: 'plate.read', entities: [{ kind: 'plate', id: 'ABC' }] }, received);

  test('is journaled with the key of the first, and counted on its row', async () => {
    const ground = through({ debounceMs: 5000 }, 'lpr_network');
    await ground.screening([look('one'), look('two')]);
    const { pass } = await ground.screening([look('three')]);
    expect(pass).toEqual([]);
    const dropped = (await droppedIn(ground)).map(({ data }) => data);
    expect(dropped.map(({ eventKey, reason, of }) => [eventKey, reason, of]).sort()).toEqual([
      ['lpr_network#three', 'repeat', 'lpr_network#one'],
      ['lpr_network#two', 'repeat', 'lpr_network#one'],
    ]);
    const [{ sighting } = { sighting: '' }] = (await ground.another()([look('four')])).repeats;
    expect(await ground.stores.sources.repeatsOf(sighting)).toBe(2);
  });

  test('that comes again after its time was dropped once and stays so', async () => {
    const ground = through({ debounceMs: 5000 }, 'lpr_network');
    await ground.screening([look('one'), look('two')]);
    ground.pass(60_000);
    expect(await ground.screening([look('two', { count: 2 })])).toEqual({ pass: [], failed: [] });
    expect(await kindsOf(ground)).toHaveLength(2);
  });

  test('of one that was shed is not held back any more: the next look passes', async () => {
    const ground = through({ ...TIGHT, buffer: 0, debounceMs: 3_600_000 }, 'lpr_network');
    const other = (id: string) => normal({ id, source: 'lpr_network', priority: 'HIGH' });
    await ground.screening([other('a'), other('b'), look('one'), look('two')]);
    ground.pass(10_000);
    expect(ids((await ground.screening([look('three')])).pass)).toEqual(['three']);
  });
});

describe('when the sources’ table does not answer', () => {
  test('CRITICAL and nothing else goes on, and the others are delivered again', async () => {
    const ground = through();
    ground.faults.push({ service: 'dynamodb', operation: 'UpdateItem', error: 'AccessDeniedException' });
    const { pass, failed } = await ground.screening([normal({ id: 'shot', priority: 'CRITICAL' }), ...batch(2)]);
    expect([ids(pass), ids(failed)]).toEqual([['shot'], ['e0', 'e1']]);
  });

  test('a redelivered CRITICAL event asks nobody whether it was dropped', async () => {
    const ground = through();
    ground.faults.push({ service: 'dynamodb', operation: 'BatchGetItem', error: 'AccessDeniedException' });
    const normals = [normal({ id: 'shot', priority: 'CRITICAL' }, { count: 2 }), normal({ id: 'low' }, { count: 2 })];
    const { pass, failed } = await ground.screening(normals);
    expect([ids(pass), ids(failed)]).toEqual([['shot'], ['low']]);
  });
});

test('a batch that fails further on is asked about again, and nothing in it is charged, put back or shed twice', async () => {
  const ground = through();
  const normals = batch(7);
  const first = await ground.screening(normals);
  const before = [await ground.stores.sources.health(), await ground.entries(), ground.sent().length];
  const second = [];
  for (const one of normals) second.push(...(await ground.screening([one])).pass);
  expect(second).toEqual(first.pass);
  expect([await ground.stores.sources.health(), await ground.entries(), ground.sent().length]).toEqual(before);
});
