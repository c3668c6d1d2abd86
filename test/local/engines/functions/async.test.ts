import { describe, expect, it } from 'vitest';
import type { InvokeConfigProperties } from '../../../../local/engines/functions/functions.ts';
import type { Call } from '../../../../local/kernel/engine.ts';
import { type Bench, createBench, handler, queueArn } from './bench.ts';

const HOUR = 3_600_000;

const start = (
  run: (event: never) => unknown,
  config: Partial<InvokeConfigProperties> = {},
  { call }: { call?: Call } = {},
): Bench & { told: (queue?: string) => Record<string, unknown>[] } => {
  const heard: unknown[] = [];
  const bench = createBench({ f: handler(run), other: handler((event) => heard.push(event)) }, call ? { call } : {});
  for (const QueueName of ['good', 'bad']) bench.queues.define({ QueueName });
  bench.functions.defineInvokeConfig({ FunctionName: 'f', ...config });
  bench.queues.resume();
  bench.functions.resume();
  const told = (queue = 'bad') => bench.queues.take(queueArn(queue), 10).map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  return { ...bench, told };
};
const both = { OnSuccess: { Destination: queueArn('good') }, OnFailure: { Destination: queueArn('bad') } };

describe('an asynchronous invocation', () => {
  it('that succeeded is told to its destination in AWS’s shape', async () => {
    const { functions, ground, told } = start(() => ({ done: true }), { DestinationConfig: both });
    functions.invokeAsync('f', { n: 1 });
    await ground.scheduler.run();
    expect(told('good')).toEqual([
      {
        version: '1.0',
        timestamp: expect.any(String),
        requestContext: {
          requestId: expect.any(String),
          functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST',
          condition: 'Success',
          approximateInvokeCount: 1,
        },
        requestPayload: { n: 1 },
        responseContext: { statusCode: 200, executedVersion: '$LATEST' },
        responsePayload: { done: true },
      },
    ]);
    expect(told()).toEqual([]);
  });

  it('may tell a function or a bus', async () => {
    const puts: unknown[] = [];
    const call: Call = async (principal, service, operation, input) => {
      puts.push([principal, service, operation, input]);
      return {};
    };
    const bus = 'arn:aws:events:us-east-1:000000000000:event-bus/swoe';
    const { functions, ground } = start(() => 1, { DestinationConfig: { OnSuccess: { Destination: bus } } }, { call });
    functions.invokeAsync('f', {});
    await ground.scheduler.run();
    expect(puts).toEqual([
      [
        'arn:aws:iam::000000000000:role/f',
        'events',
        'PutEvents',
        {
          Entries: [
            expect.objectContaining({ EventBusName: bus, Source: 'lambda', DetailType: 'Lambda Function Invocation Result - Success' }),
          ],
        },
      ],
    ]);
    const heard: unknown[] = [];
    const chained = createBench({ f: handler(() => 1), other: handler((event) => heard.push(event)) });
    const other = 'arn:aws:lambda:us-east-1:000000000000:function:other';
    chained.functions.defineInvokeConfig({ FunctionName: 'f', DestinationConfig: { OnSuccess: { Destination: other } } });
    chained.functions.invokeAsync('f', { n: 7 });
    await chained.ground.scheduler.run();
    expect(heard).toEqual([expect.objectContaining({ requestPayload: { n: 7 } })]);
  });

  it('is tried again after one and after two minutes', async () => {
    const at: number[] = [];
    const { functions, ground } = start(() => {
      at.push(ground.scheduler.now());
      throw new Error('no');
    });
    const began = ground.scheduler.now();
    functions.invokeAsync('f', {});
    await ground.scheduler.run();
    expect(at.map((time) => time - began)).toEqual([0, 60_000, 180_000]);
  });

  it('is not tried again past its age', async () => {
    const { functions, ground, told } = start(
      () => {
        throw new Error('no');
      },
      { MaximumEventAgeInSeconds: 100, DestinationConfig: both },
    );
    functions.invokeAsync('f', {});
    await ground.scheduler.run();
    expect(told()).toMatchObject([{ requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 2 } }]);
  });

  it('of a throttled function waits for up to six hours and then was never run', async () => {
    const { functions, ground, told } = start(() => 1, { DestinationConfig: both });
    await functions.serve('PutFunctionConcurrency', { FunctionName: 'f', ReservedConcurrentExecutions: 0 });
    functions.invokeAsync('f', { n: 1 });
    await ground.scheduler.run(ground.scheduler.now() + 5 * HOUR);
    expect(functions.isIdle()).toBe(false);
    await ground.scheduler.run();
    const [record] = told();
    expect(record).toMatchObject({ requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 0 } });
    expect(record).not.toHaveProperty('responsePayload');
  });

  it('of a throttled function runs as soon as there is room', async () => {
    let runs = 0;
    const { functions, ground } = start(() => {
      runs += 1;
    });
    await functions.serve('PutFunctionConcurrency', { FunctionName: 'f', ReservedConcurrentExecutions: 0 });
    functions.invokeAsync('f', {});
    await ground.scheduler.run(ground.scheduler.now() + HOUR);
    await functions.serve('DeleteFunctionConcurrency', { FunctionName: 'f' });
    await ground.scheduler.run();
    expect(runs).toBe(1);
  });

  it('whose destination does not exist is over all the same', async () => {
    const { functions, ground } = start(() => 1, { DestinationConfig: { OnSuccess: { Destination: queueArn('none') } } });
    functions.invokeAsync('f', {});
    await ground.scheduler.run();
    expect(functions.isIdle()).toBe(true);
    expect(ground.metered.get('lambda destination delivery failures')).toBe(1);
  });
});
