import { describe, expect, it } from 'vitest';
import { backoffMs, exhausted } from '../../../../local/engines/delivery/retry.ts';
import { AwsError } from '../../../../local/kernel/aws-error.ts';
import type { DeliveryFault } from '../../../../local/kernel/faults.ts';
import { type Bench, createBench, machineArn, queueArn, role } from './bench.ts';

const DeadLetterConfig = { Arn: queueArn('dead') };
const RULE = 'arn:aws:events:us-east-1:000000000000:rule/swoe/r';

const withRule = (bench: Bench, ...Targets: { Id: string; Arn: string; [more: string]: unknown }[]): Bench => {
  bench.events.defineRule({ Name: 'r', EventBusName: 'swoe', EventPattern: { source: ['cad'] }, Targets });
  return bench;
};
const toMachine = (more: object = {}) => ({ Id: 'm', Arn: machineArn, RoleArn: role, DeadLetterConfig, ...more });
const letter = (bench: Bench) => {
  const [dead] = bench.queues.take(queueArn('dead'), 1);
  const attributes = (dead?.messageAttributes ?? {}) as Record<string, { StringValue: string }>;
  return (
    dead && { body: JSON.parse(dead.body) as object, ...Object.fromEntries(Object.entries(attributes).map(([k, v]) => [k, v.StringValue])) }
  );
};
const throttled = () => new AwsError('ThrottlingException', 'Rate exceeded');

describe('a target that is busy', () => {
  it('is tried again, later each time, until it takes the event', async () => {
    const bench = withRule(createBench(), toMachine());
    let left = 3;
    bench.fails = () => (left-- > 0 ? throttled() : undefined);
    await bench.put();
    await bench.pass(60_000);
    expect(bench.calls).toHaveLength(4);
    expect(new Set(bench.calls.map(({ input }) => input['name'])).size).toBe(1);
    expect([...bench.events.snapshot()]).toEqual([]);
  });

  it('is given up after the retries its policy allows, and the letter says why', async () => {
    const bench = withRule(createBench(), toMachine({ RetryPolicy: { MaximumRetryAttempts: 2 } }));
    bench.fails = throttled;
    await bench.put();
    await bench.pass(86_400_000);
    expect(bench.calls).toHaveLength(3);
    expect(letter(bench)).toMatchObject({
      body: { source: 'cad', detail: { n: 1 } },
      ERROR_CODE: 'THROTTLING',
      ERROR_MESSAGE: 'Rate exceeded',
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
      RETRY_ATTEMPTS: '2',
      RULE_ARN: RULE,
      TARGET_ARN: machineArn,
    });
  });

  it('is given up when the event is too old', async () => {
    const bench = withRule(createBench(), toMachine({ RetryPolicy: { MaximumEventAgeInSeconds: 60 } }));
    bench.fails = throttled;
    await bench.put();
    await bench.pass(86_400_000);
    expect(letter(bench)).toMatchObject({ EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds' });
  });

  it('gets the event after a restart too, from the log or from a snapshot', async () => {
    for (const compact of [false, true]) {
      const bench = withRule(createBench(), toMachine());
      bench.fails = throttled;
      await bench.put();
      await bench.pass(0);
      const again = bench.restart(compact ? [...bench.events.snapshot()] : undefined);
      await bench.pass(2_000);
      expect(again.calls).toMatchObject([{ operation: 'StartExecution', input: { input: expect.stringContaining('"n":1.0') } }]);
    }
  });
});

it.each([
  ['is gone', queueArn('gone'), 'NO_RESOURCE'],
  ['does not permit the rule', queueArn('a'), 'NO_PERMISSIONS'],
])('a target that %s is not tried again: straight to the dead-letter queue', async (_what, Arn, ERROR_CODE) => {
  const bench = withRule(createBench(), { Id: 't', Arn, DeadLetterConfig });
  bench.forbidden = new Set([queueArn('a')]);
  await bench.put();
  expect(letter(bench)).toMatchObject({ ERROR_CODE, RETRY_ATTEMPTS: '0', TARGET_ARN: Arn });
});

it('a target whose policy lets the rule in later gets what comes later', async () => {
  const bench = withRule(createBench(), { Id: 'a', Arn: queueArn('a') });
  bench.forbidden = new Set([queueArn('a')]);
  await bench.put({ Detail: '{"n":1}' });
  bench.forbidden = new Set();
  await bench.put({ Detail: '{"n":2}' });
  expect(bench.drain('a')).toMatchObject([{ detail: { n: 2 } }]);
});

it('an input template that makes no JSON ends there too, with the event as it was', async () => {
  const InputTransformer = { InputPathsMap: { n: '$.detail' }, InputTemplate: '{"n": "<n>"}' };
  const bench = withRule(createBench(), { Id: 'a', Arn: queueArn('a'), InputTransformer, DeadLetterConfig });
  await bench.put({ Detail: '{"x":"y"}' });
  expect(letter(bench)).toMatchObject({ ERROR_CODE: 'INVALID_JSON', body: { detail: { x: 'y' } } });
});

it('a dead-letter queue that does not permit the rule gets nothing, and it is counted', async () => {
  const bench = withRule(createBench(), { Id: 't', Arn: queueArn('gone'), DeadLetterConfig });
  bench.forbidden = new Set([queueArn('dead')]);
  await bench.put();
  expect(letter(bench)).toBeUndefined();
  expect(bench.ground.metered.get('events failed deliveries')).toBe(1);
});

describe('a hand-over that a fault', () => {
  const under = (fault: DeliveryFault): Bench => {
    const plan: (DeliveryFault | undefined)[] = [fault];
    const delivery = () => plan.shift();
    return withRule(createBench({ faults: { call: () => undefined, invocation: () => undefined, delivery } }), {
      Id: 'a',
      Arn: queueArn('a'),
    });
  };

  it('doubles arrives twice', async () => {
    const bench = under({ kind: 'duplicate' });
    await bench.put();
    expect(bench.drain('a')).toHaveLength(2);
  });

  it('delays arrives later, after events that were put later, and survives a restart', async () => {
    const bench = under({ kind: 'delay', ms: 1_000 });
    await bench.put({ Detail: '{"n":1}' });
    await bench.put({ Detail: '{"n":2}' });
    const again = bench.restart();
    expect(again.drain('a')).toMatchObject([{ detail: { n: 2 } }]);
    await bench.pass(1_000);
    expect(again.drain('a')).toMatchObject([{ detail: { n: 1 } }]);
  });
});

describe('the waits between tries', () => {
  it('grow to ten minutes at most and are half chance', () => {
    expect([1, 2, 3].map((attempt) => backoffMs(attempt, () => 1))).toEqual([1_000, 2_000, 4_000]);
    expect(backoffMs(100, () => 1)).toBe(600_000);
    expect(backoffMs(100, () => 0)).toBe(300_000);
  });

  it('end with the default policy after 185 retries or a day', () => {
    expect(exhausted(undefined, 184, 1_000)).toBeUndefined();
    expect(exhausted(undefined, 185, 1_000)).toBe('MaximumRetryAttempts');
    expect(exhausted(undefined, 1, 86_400_001)).toBe('MaximumEventAgeInSeconds');
  });
});
