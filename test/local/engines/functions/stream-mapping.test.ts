import { describe, expect, it } from 'vitest';
import type { MappingProperties } from '../../../../local/engines/functions/functions.ts';
import { createGround, replayInto } from '../queues/ground.ts';
import { type Bench, createBench, createStreams, handler, queueArn, streamArn } from './bench.ts';

interface StreamEvent {
  Records: { text: string; dynamodb: { SequenceNumber: string } }[];
}

const define = (bench: Bench, mapping: Partial<MappingProperties> = {}): Bench => {
  bench.queues.define({ QueueName: 'lost' });
  bench.functions.defineMapping({
    FunctionName: 'f',
    EventSourceArn: streamArn,
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 4,
    ...mapping,
  });
  return bench;
};
const start = (run: (event: StreamEvent) => unknown, mapping: Partial<MappingProperties> = {}): Bench => {
  const bench = define(createBench({ f: handler(run as (event: never) => unknown) }), mapping);
  bench.queues.resume();
  bench.functions.resume();
  return bench;
};
const texts = ({ Records }: StreamEvent): string[] => Records.map(({ text }) => text);

describe('a stream mapping', () => {
  it('hands over changes in order, one batch at a time, and trims what is done', async () => {
    const batches: string[][] = [];
    const bench = start((event) => void batches.push(texts(event)));
    bench.streams.add('a', 'b', 'c', 'd', 'e');
    await bench.ground.scheduler.run();
    expect(batches).toEqual([['a', 'b', 'c', 'd'], ['e']]);
    expect(bench.streams.trimmed).toBe(5);
    expect(bench.functions.isIdle()).toBe(true);
  });

  it('halves a failing batch until one bad record stands alone, and discards only that one', async () => {
    const done: string[] = [];
    const bench = start(
      (event) => {
        if (texts(event).includes('bad')) throw new Error('poison');
        done.push(...texts(event));
      },
      { BisectBatchOnFunctionError: true, MaximumRetryAttempts: 2, DestinationConfig: { OnFailure: { Destination: queueArn('lost') } } },
    );
    bench.streams.add('a', 'b', 'bad', 'c', 'd');
    await bench.ground.scheduler.run();
    expect(done).toEqual(['a', 'b', 'c', 'd']);
    const [lost] = bench.queues.take(queueArn('lost'), 10);
    expect(JSON.parse(lost?.body ?? '')).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 },
      DDBStreamBatchInfo: { batchSize: 1, startSequenceNumber: '3'.padStart(21, '0'), streamArn },
    });
  });

  it('goes on from the first record reported as failed', async () => {
    const batches: string[][] = [];
    const bench = start(
      (event) => {
        batches.push(texts(event));
        const bad = batches.length === 1 ? event.Records[2] : undefined;
        return { batchItemFailures: bad ? [{ itemIdentifier: bad.dynamodb.SequenceNumber }] : [] };
      },
      { FunctionResponseTypes: ['ReportBatchItemFailures'] },
    );
    bench.streams.add('a', 'b', 'c', 'd');
    await bench.ground.scheduler.run();
    expect(batches).toEqual([
      ['a', 'b', 'c', 'd'],
      ['c', 'd'],
    ]);
  });

  it('goes on from its checkpoint after a restart', async () => {
    const ground = createGround();
    const streams = createStreams();
    const first = define(createBench({ f: handler(() => {}) }, { ground, streams }));
    first.functions.resume();
    streams.add('a', 'b');
    await ground.scheduler.run();
    const seen: string[] = [];
    const run = ((event: StreamEvent) => void seen.push(...texts(event))) as (event: never) => unknown;
    const second = define(createBench({ f: handler(run) }, { ground, streams }));
    replayInto(second.functions, { ...ground, records: ground.records.slice() });
    streams.add('c');
    await ground.scheduler.run();
    expect(seen).toEqual(['c']);
  });

  it('that starts at LATEST skips what lies there already', async () => {
    const seen: string[] = [];
    const bench = define(
      createBench({ f: handler(((event: StreamEvent) => void seen.push(...texts(event))) as (event: never) => unknown) }),
      { StartingPosition: 'LATEST' },
    );
    bench.streams.add('old');
    bench.functions.resume();
    bench.streams.add('new');
    await bench.ground.scheduler.run();
    expect(seen).toEqual(['new']);
  });

  it('passes over what no filter wants, and is done with it', async () => {
    const seen: string[] = [];
    const filters = { FilterCriteria: { Filters: [{ Pattern: '{"text":[{"prefix":"a"}]}' }] } };
    const bench = start((event) => void seen.push(...texts(event)), filters);
    bench.streams.add('a1', 'b1', 'a2', 'b2');
    await bench.ground.scheduler.run();
    expect(seen).toEqual(['a1', 'a2']);
    expect(bench.streams.trimmed).toBe(4);
  });

  it('with several lanes hands over several batches at once, and each key still in its order', async () => {
    const seen: string[] = [];
    let running = 0;
    let most = 0;
    const bench = start(
      async (event) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise<void>((resolve) => bench.ground.scheduler.after(100, resolve));
        seen.push(...texts(event));
        running -= 1;
      },
      { ParallelizationFactor: 4, BatchSize: 2 },
    );
    const all = Array.from({ length: 40 }, (_, n) => `k${n % 8}:${n}`);
    bench.streams.add(...all);
    await bench.ground.scheduler.run();
    expect(most).toBeGreaterThan(1);
    for (let key = 0; key < 8; key += 1)
      expect(seen.filter((text) => text.startsWith(`k${key}:`))).toEqual(all.filter((text) => text.startsWith(`k${key}:`)));
    expect(bench.streams.trimmed).toBe(40);
  });

  it('with several lanes never checkpoints past what one of them still holds', async () => {
    const bench = start(
      (event) => {
        if (texts(event).includes('bad')) throw new Error('poison');
      },
      { ParallelizationFactor: 3, BatchSize: 1 },
    );
    bench.streams.add('a', 'b', 'bad', 'c', 'd', 'e');
    await bench.ground.scheduler.run(bench.ground.scheduler.now() + 5_000);
    expect(bench.streams.trimmed).toBe(2);
  });

  it('discards what is too old before it is handed over', async () => {
    const seen: string[] = [];
    const bench = define(
      createBench({ f: handler(((event: StreamEvent) => void seen.push(...texts(event))) as (event: never) => unknown) }),
      {
        MaximumRecordAgeInSeconds: 60,
        DestinationConfig: { OnFailure: { Destination: queueArn('lost') } },
      },
    );
    await bench.ground.scheduler.run(Date.UTC(2027, 0, 1));
    bench.streams.add('old');
    bench.queues.resume();
    bench.functions.resume();
    await bench.ground.scheduler.run();
    expect(seen).toEqual([]);
    const [lost] = bench.queues.take(queueArn('lost'), 1);
    expect(JSON.parse(lost?.body ?? '')).toMatchObject({ requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: 0 } });
  });

  it('delivers twice where a fault asks for it', async () => {
    const seen: string[] = [];
    const faults = { call: () => undefined, invocation: () => undefined, delivery: () => ({ kind: 'duplicate' as const }) };
    const ground = { ...createGround(), faults };
    const run = ((event: StreamEvent) => void seen.push(...texts(event))) as (event: never) => unknown;
    const bench = define(createBench({ f: handler(run) }, { ground }));
    bench.functions.resume();
    bench.streams.add('a', 'b');
    await bench.ground.scheduler.run();
    expect(seen).toEqual(['a', 'b', 'a', 'b']);
    expect(bench.streams.trimmed).toBe(2);
  });
});
