import { describe, expect, it } from 'vitest';
import type { MappingProperties } from '../../../../local/engines/functions/functions.ts';
import { type Bench, createBench, handler, queueArn } from './bench.ts';

interface SqsEvent {
  Records: {
    messageId: string;
    body: string;
    attributes: { ApproximateReceiveCount: string };
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

  it('refuses filter criteria by name instead of ignoring them', () => {
    const { functions } = createBench({});
    expect(() => functions.defineMapping({ FunctionName: 'f', EventSourceArn: ARN, FilterCriteria: { Filters: [] } })).toThrow(
      /FilterCriteria/,
    );
  });
});
