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
});
