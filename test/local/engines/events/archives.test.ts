import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Bench, busArn, createBench, queueArn } from './bench.ts';

const ARCHIVE = 'arn:aws:events:us-east-1:000000000000:archive/raw';
const START = Date.UTC(2026, 0, 1);

let bench: Bench;
const define = (on: Bench): void => {
  on.events.defineArchive({
    ArchiveName: 'raw',
    SourceArn: busArn('swoe'),
    EventPattern: { source: [{ 'anything-but': ['swoe'] }] },
    RetentionDays: 14,
  });
  const Targets = [{ Id: 'a', Arn: queueArn('a') }];
  on.events.defineRule({ Name: 'all', EventBusName: 'swoe', EventPattern: { source: [{ prefix: '' }] }, Targets });
  on.events.defineRule({
    Name: 'fresh',
    EventBusName: 'swoe',
    EventPattern: { 'replay-name': [{ exists: false }] },
    Targets: [{ Id: 'b', Arn: queueArn('b') }],
  });
};
const replay = (more: object = {}) =>
  bench.call('StartReplay', {
    ReplayName: 'again',
    EventSourceArn: ARCHIVE,
    EventStartTime: START / 1000,
    EventEndTime: START / 1000 + 86_400,
    Destination: { Arn: busArn('swoe') },
    ...more,
  });
const count = async (): Promise<unknown> => (await bench.call('DescribeArchive', { ArchiveName: 'raw' }))['EventCount'];

beforeEach(() => {
  bench = createBench();
  define(bench);
});

describe('an archive', () => {
  it('keeps what its pattern wants, for as many days as it says', async () => {
    await bench.put();
    await bench.put({ Source: 'swoe' });
    expect(await bench.call('DescribeArchive', { ArchiveName: 'raw' })).toMatchObject({
      EventCount: 1,
      RetentionDays: 14,
      State: 'ENABLED',
    });
    await bench.pass(15 * 86_400_000);
    expect(await count()).toBe(0);
  });

  it('is there after a restart, from the log or from a snapshot, packed or not', async () => {
    for (let n = 0; n < 1_100; n += 1) await bench.put({ Detail: `{"n":${n}}` });
    for (const records of [undefined, JSON.parse(JSON.stringify([...bench.events.snapshot()])) as unknown[]]) {
      const fresh = createBench({}, bench.ground);
      define(fresh);
      for (const record of records ?? bench.ground.records.flatMap(([engine, one]) => (engine === 'events' ? [one] : [])))
        fresh.events.replay(structuredClone(record));
      expect(await fresh.call('DescribeArchive', { ArchiveName: 'raw' })).toMatchObject({ EventCount: 1_100 });
    }
  });

  it('is made, changed, listed and deleted by calls', async () => {
    const made = await bench.call('CreateArchive', { ArchiveName: 'mine', EventSourceArn: busArn('swoe') });
    expect(made).toMatchObject({ State: 'ENABLED', ArchiveArn: 'arn:aws:events:us-east-1:000000000000:archive/mine' });
    await expect(bench.call('CreateArchive', { ArchiveName: 'mine', EventSourceArn: busArn('swoe') })).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
    });
    await bench.put();
    await bench.call('UpdateArchive', { ArchiveName: 'mine', EventPattern: '{"source":["none"]}' });
    await bench.put();
    expect(await bench.call('ListArchives', { NamePrefix: 'mine' })).toMatchObject({ Archives: [{ ArchiveName: 'mine', EventCount: 1 }] });
    await bench.call('DeleteArchive', { ArchiveName: 'mine' });
    await expect(bench.call('DescribeArchive', { ArchiveName: 'mine' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('a replay', () => {
  it('brings the events again, with its name, as their producer wrote them, and archives none of them', async () => {
    await bench.put();
    bench.drain('a');
    expect(await replay()).toMatchObject({ State: 'STARTING' });
    await bench.pass(0);
    const [message] = bench.queues.take(queueArn('a'), 1);
    expect(JSON.parse(message?.body ?? '')).toMatchObject({ 'replay-name': 'again', source: 'cad' });
    expect(message?.body).toContain('"detail":{"n":1.0}}');
    expect(bench.drain('b')).toHaveLength(1);
    expect(await count()).toBe(1);
    expect(await bench.call('DescribeReplay', { ReplayName: 'again' })).toMatchObject({ State: 'COMPLETED' });
  });

  it('brings events of many lines out of a packed archive as they were', async () => {
    const Detail = '{\n  "n": 1.0\n}';
    for (let n = 0; n < 600; n += 1) await bench.put({ Detail });
    bench.drain('a');
    await replay();
    await bench.pass(0);
    const bodies = bench.queues.take(queueArn('a'), 1_000).map(({ body }) => body);
    expect(bodies).toHaveLength(600);
    expect(bodies.every((body) => body.endsWith(`"detail":${Detail}}`))).toBe(true);
  });

  it('goes only to the rules it names', async () => {
    await bench.put();
    bench.drain('a');
    await replay({ Destination: { Arn: busArn('swoe'), FilterArns: ['arn:aws:events:us-east-1:000000000000:rule/swoe/fresh'] } });
    await bench.pass(0);
    expect(bench.drain('a')).toEqual([]);
  });

  it('takes minute after minute, and within a minute any order', async () => {
    for (const minute of [1, 0])
      for (let n = 0; n < 20; n += 1)
        await bench.put({ Time: new Date(START + minute * 60_000 + n * 1_000), Detail: `{"m":${minute},"n":${n}}` });
    bench.drain('a');
    await replay();
    await bench.pass(0);
    const got = bench.drain('a').map(({ detail }) => detail as { m: number; n: number });
    expect(got.map(({ m }) => m)).toEqual([...Array<number>(20).fill(0), ...Array<number>(20).fill(1)]);
    expect(got.map(({ n }) => n)).not.toEqual([...Array(20).keys(), ...Array(20).keys()]);
    expect(new Set(got.map(({ m, n }) => m * 100 + n)).size).toBe(40);
  });

  it('goes on after a restart, and loses nothing', async () => {
    for (let n = 0; n < 450; n += 1) await bench.put({ Time: new Date(START + Math.floor(n / 150) * 60_000), Detail: `{"n":${n}}` });
    bench.drain('a');
    await replay();
    let turns = 0;
    await bench.ground.scheduler.run(() => {
      turns += 1;
      return turns > 4;
    });
    const seen = new Set(bench.drain('a').map(({ detail }) => (detail as { n: number }).n));
    const records = [...bench.events.snapshot()];
    const fresh = createBench({}, bench.ground);
    define(fresh);
    for (const record of records) fresh.events.replay(record);
    fresh.queues.resume();
    fresh.events.resume();
    await bench.pass(0);
    for (const { detail } of fresh.drain('a')) seen.add((detail as { n: number }).n);
    expect(seen.size).toBe(450);
  });

  it('can be cancelled', async () => {
    for (let n = 0; n < 300; n += 1) await bench.put();
    bench.drain('a');
    await replay();
    expect(await bench.call('CancelReplay', { ReplayName: 'again' })).toMatchObject({ State: 'CANCELLING' });
    await bench.pass(0);
    expect(bench.drain('a')).toEqual([]);
    await expect(bench.call('CancelReplay', { ReplayName: 'again' })).rejects.toMatchObject({ name: 'IllegalStatusException' });
  });

  it.each([
    ['ValidationException', { Destination: { Arn: busArn('default') } }],
    ['ValidationException', { EventSourceArn: 'arn:aws:events:us-east-1:000000000000:archive/none' }],
    ['ValidationException', { EventEndTime: START / 1000 }],
  ])('%s for %o', async (name, more) => {
    await expect(replay(more)).rejects.toMatchObject({ name });
  });
});

describe('a snapshot of the buses', () => {
  const act = fc.oneof(
    fc.record({
      op: fc.constant('PutRule'),
      Name: fc.constantFrom('x', 'y'),
      EventPattern: fc.constantFrom('{"source":["cad"]}', '{"source":["s"]}'),
    }),
    fc.record({
      op: fc.constant('PutTargets'),
      Rule: fc.constantFrom('x', 'y', 'all'),
      Targets: fc.constant([{ Id: 't', Arn: queueArn('b') }]),
    }),
    fc.record({ op: fc.constant('RemoveTargets'), Rule: fc.constantFrom('x', 'y', 'all'), Ids: fc.constantFrom(['t'], ['a']) }),
    fc.record({ op: fc.constant('DeleteRule'), Name: fc.constantFrom('x', 'y', 'all') }),
    fc.record({ op: fc.constantFrom('CreateEventBus', 'DeleteEventBus'), Name: fc.constantFrom('n', 'm') }),
    fc.record({
      op: fc.constant('PutPermission'),
      StatementId: fc.constantFrom('1', '2'),
      Action: fc.constant('events:PutEvents'),
      Principal: fc.constant('*'),
    }),
    fc.record({
      op: fc.constantFrom('CreateArchive', 'DeleteArchive'),
      ArchiveName: fc.constantFrom('raw', 'z'),
      EventSourceArn: fc.constant(busArn('swoe')),
    }),
    fc.record({
      op: fc.constant('PutEvents'),
      Entries: fc.constant([{ EventBusName: 'swoe', Source: 'cad', DetailType: 'd', Detail: '{}' }]),
    }),
    fc.constant({ op: 'snapshot' }),
  );
  const told = async (records: readonly unknown[]): Promise<unknown> => {
    const fresh = createBench({}, bench.ground);
    define(fresh);
    for (const record of records) fresh.events.replay(JSON.parse(JSON.stringify(record)));
    const answers = [];
    for (const [operation, input] of [
      ['ListEventBuses', {}],
      ['ListRules', { EventBusName: 'swoe' }],
      ['ListArchives', {}],
      ['ListTargetsByRule', { EventBusName: 'swoe', Rule: 'x' }],
      ['ListTargetsByRule', { EventBusName: 'swoe', Rule: 'all' }],
      ['DescribeEventBus', { Name: 'swoe' }],
    ] as const)
      answers.push(await fresh.call(operation, input).catch((error: Error) => error.name));
    return JSON.parse(
      JSON.stringify(answers, (_key, value: unknown) => (Array.isArray(value) && typeof value[0] === 'object' ? sorted(value) : value)),
    );
  };
  const sorted = (values: object[]): object[] => [...values].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

  it('replayed, and followed by later records, is what the whole log replayed would be', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
        bench = createBench();
        define(bench);
        let compacted: unknown[] = [];
        let from = 0;
        const mine = () => bench.ground.records.flatMap(([engine, one]) => (engine === 'events' ? [one] : []));
        for (const { op, ...input } of acts) {
          if (op === 'snapshot') [compacted, from] = [[...bench.events.snapshot()], mine().length];
          else await bench.call(op, { EventBusName: 'swoe', ...input }).catch(() => {});
        }
        const whole = await told(mine());
        expect(await told([...compacted, ...mine().slice(from)])).toEqual(whole);
        expect(await told([...bench.events.snapshot()])).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });
});
