import { describe, expect, it } from 'vitest';
import { createBench, handler, queueArn, streamArn } from './bench.ts';

const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:f';

const bench = (run: (event: never) => unknown = (event) => event) => createBench({ f: handler(run) });

describe('Invoke', () => {
  it('waits for the payload', async () => {
    const { functions } = bench();
    const answer = await functions.serve('Invoke', { FunctionName: `${ARN}:$LATEST`, Payload: Buffer.from('{"a":1}') });
    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(String(answer['Payload'])).toBe('{"a":1}');
  });

  it('tells the invoker of an error by type, message and trace', async () => {
    const { functions } = bench(() => {
      throw new TypeError('no unit');
    });
    const { FunctionError, Payload } = await functions.serve('Invoke', { FunctionName: 'f' });
    expect(FunctionError).toBe('Unhandled');
    expect(JSON.parse(String(Payload))).toMatchObject({ errorType: 'TypeError', errorMessage: 'no unit', trace: expect.any(Array) });
  });

  it('as an event is accepted and runs later; as a dry run not at all', async () => {
    const seen: unknown[] = [];
    const { functions, ground } = bench((event) => seen.push(event));
    expect(await functions.serve('Invoke', { FunctionName: 'f', InvocationType: 'DryRun' })).toEqual({ StatusCode: 204 });
    expect(await functions.serve('Invoke', { FunctionName: 'f', InvocationType: 'Event', Payload: '{"n":1}' })).toEqual({
      StatusCode: 202,
    });
    expect(seen).toEqual([]);
    await ground.scheduler.run();
    expect(seen).toEqual([{ n: 1 }]);
  });

  it('shows the tail of the log where it is asked to', async () => {
    const { functions } = createBench({
      f:
        ({ log }) =>
        async () =>
          log.info('hello', { n: 1 }),
    });
    const { LogResult } = await functions.serve('Invoke', { FunctionName: 'f', LogType: 'Tail' });
    const log = Buffer.from(String(LogResult), 'base64').toString();
    expect(log).toMatch(/^START RequestId: [0-9a-f-]{36} Version: \$LATEST\n\{"level":"INFO","message":"hello","n":1\}\nEND /);
    expect(log).toContain('Memory Size: 256 MB');
  });

  it.each([
    ['an unknown function', { FunctionName: 'none' }, 'ResourceNotFoundException'],
    ['a version that is not there', { FunctionName: 'f', Qualifier: '7' }, 'ResourceNotFoundException'],
    ['a payload that is no JSON', { FunctionName: 'f', Payload: '{' }, 'InvalidRequestContentException'],
    ['a payload over 6 MB', { FunctionName: 'f', Payload: `"${'x'.repeat(6_300_000)}"` }, 'RequestTooLargeException'],
    [
      'an event over 256 KB',
      { FunctionName: 'f', InvocationType: 'Event', Payload: `"${'x'.repeat(270_000)}"` },
      'RequestTooLargeException',
    ],
    ['an unknown type', { FunctionName: 'f', InvocationType: 'Later' }, 'ValidationException'],
  ])('refuses %s', async (_what, input, name) => {
    await expect(bench().functions.serve('Invoke', input)).rejects.toMatchObject({ name });
  });

  it('fails on an answer over 6 MB', async () => {
    const { functions } = bench(() => 'x'.repeat(6_300_000));
    const { Payload } = await functions.serve('Invoke', { FunctionName: 'f' });
    expect(JSON.parse(String(Payload))).toMatchObject({ errorType: 'Function.ResponseSizeTooLarge' });
  });

  it('above the reservation is throttled', async () => {
    const { functions } = createBench({ f: () => () => new Promise(() => {}) });
    await functions.serve('PutFunctionConcurrency', { FunctionName: 'f', ReservedConcurrentExecutions: 1 });
    void functions.invoke('f', {});
    await expect(functions.serve('Invoke', { FunctionName: 'f' })).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
    expect(await functions.invoke('f', {})).toMatchObject({ ok: false, error: 'Lambda.TooManyRequestsException' });
  });
});

describe('the rest of Lambda’s API', () => {
  const furnished = () => {
    const made = bench();
    made.queues.define({ QueueName: 'q' });
    made.functions.defineMapping({ FunctionName: 'f', EventSourceArn: queueArn('q') });
    made.functions.defineMapping({ FunctionName: 'f', EventSourceArn: streamArn, StartingPosition: 'LATEST', ParallelizationFactor: 2 });
    made.functions.defineInvokeConfig({ FunctionName: 'f', MaximumRetryAttempts: 1 });
    made.functions.definePermission({
      FunctionName: ARN,
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: 'arn:api',
    });
    made.queues.resume();
    made.functions.resume();
    return made;
  };

  it('shows functions and what surrounds them', async () => {
    const { serve } = furnished().functions;
    const ask = { FunctionName: 'f' };
    expect(await serve('ListFunctions', {})).toMatchObject({ Functions: [{ FunctionName: 'f', Timeout: 10, MemorySize: 256 }] });
    expect(await serve('GetFunctionConfiguration', ask)).toMatchObject({ FunctionArn: ARN, Version: '$LATEST', State: 'Active' });
    expect(await serve('ListVersionsByFunction', ask)).toMatchObject({ Versions: [{ Version: '$LATEST' }] });
    expect(await serve('GetFunctionEventInvokeConfig', ask)).toMatchObject({ MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 21_600 });
    expect(JSON.parse(String((await serve('GetPolicy', ask))['Policy']))).toMatchObject({
      Statement: [{ Principal: { Service: 'apigateway.amazonaws.com' }, Condition: { ArnLike: { 'AWS:SourceArn': 'arn:api' } } }],
    });
    expect(await serve('ListEventSourceMappings', ask)).toMatchObject({
      EventSourceMappings: [
        { EventSourceArn: queueArn('q'), BatchSize: 10, State: 'Enabled' },
        { EventSourceArn: streamArn, ParallelizationFactor: 2 },
      ],
    });
  });

  it('reserves concurrency within what an account has', async () => {
    const { serve } = furnished().functions;
    const put = (ReservedConcurrentExecutions: number) =>
      serve('PutFunctionConcurrency', { FunctionName: 'f', ReservedConcurrentExecutions });
    await put(5);
    expect(await serve('GetFunction', { FunctionName: 'f' })).toMatchObject({ Concurrency: { ReservedConcurrentExecutions: 5 } });
    await expect(put(950)).rejects.toThrow('UnreservedConcurrentExecution');
    await serve('DeleteFunctionConcurrency', { FunctionName: 'f' });
    expect(await serve('GetFunctionConcurrency', { FunctionName: 'f' })).toEqual({});
  });

  it('switches a mapping off and on, and nothing is lost between', async () => {
    const seen: unknown[] = [];
    const made = createBench({ f: handler((event) => seen.push(event)) });
    made.queues.define({ QueueName: 'q' });
    made.functions.defineMapping({ FunctionName: 'f', EventSourceArn: queueArn('q') });
    made.queues.resume();
    made.functions.resume();
    const { EventSourceMappings } = await made.functions.serve('ListEventSourceMappings', {});
    const [{ UUID }] = EventSourceMappings as [{ UUID: string }];
    const enable = (Enabled: boolean) => made.functions.serve('UpdateEventSourceMapping', { UUID, Enabled });
    expect(await enable(false)).toMatchObject({ State: 'Disabled' });
    made.queues.send(queueArn('q'), 'x');
    await made.ground.scheduler.run();
    expect(seen).toEqual([]);
    await enable(true);
    await made.ground.scheduler.run();
    expect(seen).toHaveLength(1);
    await expect(made.functions.serve('UpdateEventSourceMapping', { UUID, FilterCriteria: {} })).rejects.toThrow('comes from the template');
  });

  it('refuses to change what the template says, and does not know the rest', async () => {
    const { serve } = furnished().functions;
    await expect(serve('UpdateFunctionConfiguration', { FunctionName: 'f' })).rejects.toThrow('Change infra/');
    await expect(serve('GetLayerVersion', {})).rejects.toMatchObject({ name: 'UnknownOperationException' });
  });
});
