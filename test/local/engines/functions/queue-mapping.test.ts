import { describe, expect, it } from 'vitest';
import type { MappingProperties } from '../../../../local/engines/functions/functions.ts';
import { type Bench, createBench, handler, queueArn } from './bench.ts';

interface SqsEvent {
  Records: {
    messageId: string;
    body: string;
    attributes: { ApproximateReceiveCount: string };
    messageAttributes: object;
    eventSource: string;
    eventSourceARN: string;
  }[];
}

const ARN = queueArn('work');

const start = (run: (event: SqsEvent) => unknown, mapping: Partial<MappingProperties> = {}): Bench => {
  const bench = createBench({ f: handler(run as (event: never) => unknown) });
  bench.queues.define({ QueueName: 'work-dlq' });
  bench.queues.define({
    QueueName: 'work',
    VisibilityTimeout: 60,
    RedrivePolicy: { deadLetterTargetArn: queueArn('work-dlq'), maxReceiveCount: 3 },
  });
  bench.functions.defineMapping({ FunctionName: 'f', EventSourceArn: ARN, FunctionResponseTypes: ['ReportBatchItemFailures'], ...mapping });
  bench.queues.resume();
  bench.functions.resume();
  return bench;
};
const fill = ({ queues }: Bench, count: number): void => {
  for (let i = 0; i < count; i += 1) queues.send(ARN, `m${i}`);
};

describe('an SQS mapping', () => {
  it('hands over messages in Lambda’s shape, in batches, and deletes what succeeded', async () => {
    const batches: SqsEvent['Records'][] = [];
    const bench = start(({ Records }) => void batches.push(Records), { BatchSize: 10 });
    fill(bench, 25);
    await bench.ground.scheduler.run();
    expect(batches.map(({ length }) => length)).toEqual([10, 10, 5]);
    expect(batches[0]?.[0]).toMatchObject({ body: 'm0', eventSource: 'aws:sqs', eventSourceARN: ARN, awsRegion: 'us-east-1' });
    expect(bench.queues.counts(ARN)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
    expect(bench.functions.isIdle()).toBe(true);
  });

  it('hands over message attributes in Lambda’s shape, after the delay that the message was sent with', async () => {
    const heard: { at: number; attributes: unknown }[] = [];
    const bench = start(({ Records }) => {
      for (const { messageAttributes } of Records) heard.push({ at: bench.ground.scheduler.now(), attributes: messageAttributes });
    });
    const sent = bench.ground.scheduler.now();
    const attributes = {
      turn: { DataType: 'Number', StringValue: '17' },
      picture: { DataType: 'Binary', BinaryValue: Buffer.from('x') },
    };
    bench.queues.send(ARN, 'm', { attributes, delaySeconds: 7 });
    await bench.ground.scheduler.run();
    const lists = { stringListValues: [], binaryListValues: [] };
    expect(heard).toEqual([
      {
        at: sent + 7000,
        attributes: {
          turn: { stringValue: '17', dataType: 'Number', ...lists },
          picture: { binaryValue: 'eA==', dataType: 'Binary', ...lists },
        },
      },
    ]);
  });

  it('leaves only the reported messages to the visibility timeout, and the third failure to the dead-letter queue', async () => {
    const seen: string[] = [];
    const bench = start(({ Records }) => {
      seen.push(...Records.map(({ body }) => body));
      return { batchItemFailures: Records.filter(({ body }) => body === 'm1').map(({ messageId }) => ({ itemIdentifier: messageId })) };
    });
    fill(bench, 3);
    await bench.ground.scheduler.run();
    expect(seen).toEqual(['m0', 'm1', 'm2', 'm1', 'm1']);
    expect(bench.queues.take(queueArn('work-dlq'), 10)).toMatchObject([{ body: 'm1' }]);
  });

  it.each([
    ['throws', () => Promise.reject(new Error('no'))],
    ['reports an id that was not in the batch', () => ({ batchItemFailures: [{ itemIdentifier: 'other' }] })],
    ['reports an empty id', () => ({ batchItemFailures: [{ itemIdentifier: '' }] })],
  ])('keeps the whole batch where the function %s', async (_what, answer) => {
    const bench = start(answer);
    fill(bench, 2);
    await bench.ground.scheduler.run(bench.ground.scheduler.now() + 1_000);
    expect(bench.queues.counts(ARN)).toMatchObject({ inFlight: 2 });
  });

  it('gathers a batch for its window, and no longer once it is full', async () => {
    const sizes: [number, number][] = [];
    const bench = start(({ Records }) => void sizes.push([Records.length, bench.ground.scheduler.now() - began]), {
      BatchSize: 5,
      MaximumBatchingWindowInSeconds: 10,
    });
    const began = bench.ground.scheduler.now();
    fill(bench, 2);
    bench.ground.scheduler.after(4_000, () => fill(bench, 1));
    bench.ground.scheduler.after(20_000, () => fill(bench, 5));
    await bench.ground.scheduler.run();
    expect(sizes).toEqual([
      [3, 10_000],
      [5, 20_000],
    ]);
  });

  it('runs no more batches at once than its maximum concurrency', async () => {
    let running = 0;
    let most = 0;
    const bench = start(
      async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise<void>((resolve) => bench.ground.scheduler.after(100, resolve));
        running -= 1;
      },
      { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } },
    );
    fill(bench, 9);
    const idle = bench.functions.idle();
    await bench.ground.scheduler.run();
    await idle;
    expect(most).toBe(2);
  });

  it('meters a send, a receive and a delete for a batch', async () => {
    const bench = start(() => {});
    fill(bench, 1);
    await bench.ground.scheduler.run();
    expect(bench.ground.metered.get('sqs requests')).toBe(3);
    expect(bench.ground.metered.get('lambda invocations')).toBe(1);
  });

  it('hands over only what a filter wants, and deletes the rest unseen', async () => {
    const seen: string[] = [];
    const bench = start(({ Records }) => void seen.push(...Records.map(({ body }) => body)), {
      FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["shot"],"confidence":[{"numeric":[">",0.5]}]}}' }] },
    });
    const bodies = ['{"kind":"shot","confidence":0.9}', '{"kind":"shot","confidence":0.1}', '{"kind":"noise"}', 'not JSON'];
    for (const body of bodies) bench.queues.send(ARN, body);
    await bench.ground.scheduler.run();
    expect(seen).toEqual([bodies[0]]);
    expect(bench.queues.counts(ARN)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('that a function is too busy for waits, and nothing is lost', async () => {
    const seen = new Set<string>();
    const bench = start(
      async ({ Records }) => {
        await new Promise<void>((resolve) => bench.ground.scheduler.after(1_000, resolve));
        for (const { body } of Records) seen.add(body);
      },
      { BatchSize: 1 },
    );
    await bench.functions.serve('PutFunctionConcurrency', { FunctionName: 'f', ReservedConcurrentExecutions: 1 });
    fill(bench, 12);
    await bench.ground.scheduler.run();
    expect(seen.size).toBe(12);
    expect(bench.ground.metered.get('lambda throttles')).toBeGreaterThan(0);
    expect(bench.queues.counts(queueArn('work-dlq')).visible).toBe(0);
  });

  it('of a FIFO queue keeps each group in its order, also where a message fails', async () => {
    const done: string[] = [];
    let failures = 0;
    const bench = createBench({
      f: handler((({ Records }: SqsEvent) => {
        const bad = Records.findIndex(({ body }) => body === 'a2');
        if (bad >= 0 && failures === 0) {
          failures += 1;
          done.push(...Records.slice(0, bad).map(({ body }) => body));
          return { batchItemFailures: Records.slice(bad).map(({ messageId }) => ({ itemIdentifier: messageId })) };
        }
        done.push(...Records.map(({ body }) => body));
        return { batchItemFailures: [] };
      }) as (event: never) => unknown),
    });
    bench.queues.define({ QueueName: 'work.fifo', FifoQueue: true, ContentBasedDeduplication: true, VisibilityTimeout: 30 });
    const fifo = queueArn('work.fifo');
    bench.functions.defineMapping({ FunctionName: 'f', EventSourceArn: fifo, FunctionResponseTypes: ['ReportBatchItemFailures'] });
    bench.queues.resume();
    bench.functions.resume();
    for (const body of ['a1', 'b1', 'a2', 'b2', 'a3']) bench.queues.send(fifo, body, { groupId: body[0] as string });
    await bench.ground.scheduler.run();
    expect(done.filter((body) => body.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
    expect(done.filter((body) => body.startsWith('b'))).toEqual(['b1', 'b2']);
  });

  it.each([
    ['a source that is no queue and no stream', { EventSourceArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/s' }, /polls SQS queues/],
    ['a batching window on a FIFO queue', { EventSourceArn: `${ARN}.fifo`, MaximumBatchingWindowInSeconds: 1 }, /FIFO/],
    ['more than ten at once without a window', { BatchSize: 100 }, /batching window of a second/],
    ['a tumbling window', { TumblingWindowInSeconds: 60 }, /tumbling window/],
    ['a filter that is no pattern', { FilterCriteria: { Filters: [{ Pattern: '{"body":"x"}' }] } }, /pattern/i],
  ])('refuses %s', (_what, mapping, why) => {
    const { functions } = createBench({});
    expect(() => functions.defineMapping({ FunctionName: 'f', EventSourceArn: ARN, ...mapping })).toThrow(why);
  });
});
