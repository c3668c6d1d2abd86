import { describe, expect, it } from 'vitest';
import type { Create } from '../../../../shared/lambda/runtime.ts';
import { createGround, replayInto } from '../queues/ground.ts';
import { counting, createBench, handler, queueArn } from './bench.ts';

const arn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

describe('an invocation', () => {
  it('answers with the result as JSON, sharing no reference with the caller', async () => {
    const { functions } = createBench({ echo: handler((event: { list: number[] }) => ({ event, none: undefined, at: new Date(0) })) });
    const payload = { list: [1] };
    const outcome = await functions.invoke(`${arn('echo')}:$LATEST`, payload);
    expect(outcome).toEqual({ ok: true, payload: { event: { list: [1] }, at: '1970-01-01T00:00:00.000Z' } });
    expect((outcome as { payload: { event: object } }).payload.event).not.toBe(payload);
  });

  it('that throws fails with the error name and a cause in JSON', async () => {
    const { functions } = createBench({
      bad: handler(() => {
        throw Object.assign(new Error('no unit'), { name: 'SWOE.NoUnit' });
      }),
    });
    const outcome = await functions.invoke(arn('bad'), {});
    expect(outcome).toMatchObject({ ok: false, error: 'SWOE.NoUnit' });
    expect(JSON.parse((outcome as { cause: string }).cause)).toMatchObject({
      errorType: 'SWOE.NoUnit',
      errorMessage: 'no unit',
      trace: expect.any(Array),
    });
  });

  it('of an unknown function fails as AWS names it', async () => {
    expect(await createBench({}).functions.invoke(arn('none'), {})).toMatchObject({ ok: false, error: 'Lambda.ResourceNotFoundException' });
  });

  it('uses an idle environment again and makes another only when none is idle', async () => {
    const { functions, ground } = createBench({ f: counting() });
    expect(await functions.invoke('f', {})).toMatchObject({ payload: 1 });
    expect(await functions.invoke('f', {})).toMatchObject({ payload: 1 });
    functions.dropEnvironments('f');
    expect(await functions.invoke('f', {})).toMatchObject({ payload: 2 });
    expect(ground.metered.get('lambda cold starts')).toBe(2);
  });

  it('above the limit waits instead of failing', async () => {
    let running = 0;
    let most = 0;
    const create: Create<never, unknown> = () => async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => bench.ground.scheduler.after(1_000, resolve));
      running -= 1;
    };
    const bench = createBench({ slow: create }, { concurrency: 2 });
    const all = Promise.all([1, 2, 3, 4, 5].map((n) => bench.functions.invoke('slow', n)));
    await bench.ground.scheduler.run();
    expect((await all).every(({ ok }) => ok)).toBe(true);
    expect(most).toBe(2);
  });

  it('knows its function, its time left and its configuration', async () => {
    const create: Create<never, unknown> =
      ({ env, clock, log }) =>
      async (_event, context) => {
        log.info('hello', { n: 1 });
        const { functionName, getRemainingTimeInMillis } = context as { functionName: string; getRemainingTimeInMillis: () => number };
        return {
          functionName,
          left: getRemainingTimeInMillis(),
          region: env['AWS_REGION'],
          name: env['AWS_LAMBDA_FUNCTION_NAME'],
          now: clock.now(),
        };
      };
    const { functions, ground, logs } = createBench({ f: create });
    expect(await functions.invoke('f', {})).toEqual({
      ok: true,
      payload: { functionName: 'f', left: 10_000, region: 'us-east-1', name: 'f', now: ground.scheduler.now() },
    });
    expect(logs).toEqual([{ level: 'INFO', message: 'hello', n: 1 }]);
  });
});

describe('a timeout', () => {
  it('ends the invocation as AWS words it, drops the environment and silences its SDK calls', async () => {
    let answered = false;
    let environments = 0;
    const create: Create<never, unknown> = ({ aws }) => {
      environments += 1;
      return async () => {
        await aws?.('dynamodb', 'GetItem', {});
        answered = true;
      };
    };
    const call = () => new Promise<Record<string, unknown>>((resolve) => bench.ground.scheduler.after(60_000, () => resolve({})));
    const bench = createBench({ stuck: create }, { call });
    const outcome = bench.functions.invoke('stuck', {});
    await bench.ground.scheduler.run();
    expect(await outcome).toMatchObject({
      ok: false,
      error: 'Sandbox.Timedout',
      cause: expect.stringContaining('Task timed out after 10.00 seconds'),
    });
    expect(answered).toBe(false);
    void bench.functions.invoke('stuck', {});
    await bench.ground.scheduler.run(bench.ground.scheduler.now());
    expect(environments).toBe(2);
  });
});

describe('an asynchronous invocation', () => {
  it('is tried three times and then described to the failure destination', async () => {
    let tries = 0;
    const bench = createBench({
      f: handler(() => {
        tries += 1;
        throw new Error('broken');
      }),
    });
    bench.queues.define({ QueueName: 'failed' });
    bench.functions.defineInvokeConfig({ FunctionName: 'f', DestinationConfig: { OnFailure: { Destination: queueArn('failed') } } });
    bench.queues.resume();
    bench.functions.resume();
    bench.functions.invokeAsync(arn('f'), { n: 1 });
    await bench.ground.scheduler.run();
    expect(tries).toBe(3);
    const [message] = bench.queues.take(queueArn('failed'), 10);
    expect(JSON.parse(message?.body ?? '')).toMatchObject({
      requestPayload: { n: 1 },
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      responsePayload: { errorMessage: 'broken' },
    });
    expect(bench.functions.isIdle()).toBe(true);
  });

  it('that was accepted before a crash runs after it', async () => {
    const ground = createGround();
    createBench({ f: handler(() => {}) }, { ground }).functions.invokeAsync('f', { n: 1 });
    const seen: unknown[] = [];
    const { functions } = createBench({ f: handler((event) => seen.push(event)) }, { ground });
    const before = ground.records.slice();
    replayInto(functions, { ...ground, records: before });
    await ground.scheduler.run();
    expect(seen).toContainEqual({ n: 1 });
  });
});

it('the API invokes with bytes and answers with bytes', async () => {
  const { functions } = createBench({ echo: handler((event) => event) });
  const answer = await functions.serve('Invoke', { FunctionName: 'echo', Payload: Buffer.from('{"a":1}') });
  expect(String(answer['Payload'])).toBe('{"a":1}');
});
