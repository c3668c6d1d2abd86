import { describe, expect, test } from 'vitest';
import { functions } from '../../infra/functions.ts';
import { vocabulary } from '../../workflows/vocabulary/index.ts';
import { name, type Resource, synthesised, target } from './support.ts';

const { ofType } = synthesised('dev');
const queues = ofType('AWS::SQS::Queue');
const isDlq = (queue: Resource): boolean => name(queue, 'QueueName').endsWith('-dlq');
const byId = new Map(queues.map((queue) => [`${queue.stack}.${queue.id}`, queue]));
const at = (near: Resource, reference: unknown): Resource | undefined => byId.get(`${near.stack}.${target(reference)}`);

test('every queue has a dead-letter queue of its own name, reached after five receives', () => {
  const pairs = queues
    .filter((queue) => !isDlq(queue))
    .map((queue) => {
      const { deadLetterTargetArn, maxReceiveCount } = queue.Properties['RedrivePolicy'] as Record<string, unknown>;
      const dlq = at(queue, deadLetterTargetArn);
      return [name(queue, 'QueueName'), dlq && name(dlq, 'QueueName'), maxReceiveCount];
    });
  expect(pairs).toHaveLength(22);
  expect(pairs).toEqual(pairs.map(([queue]) => [queue, `${queue}-dlq`, 5]));
});

test('dead letters are kept for two weeks', () => {
  expect(new Set(queues.filter(isDlq).map(({ Properties }) => Properties['MessageRetentionPeriod']))).toEqual(new Set([14 * 24 * 3600]));
});

describe('every rule', () => {
  const rules = ofType('AWS::Events::Rule');

  test('delivers to a queue, with that queue’s dead letters behind it', () => {
    const wrong = rules.filter((rule) => {
      const [to, ...others] = rule.Properties['Targets'] as { Arn: unknown; DeadLetterConfig?: { Arn: unknown } }[];
      const [queue, dlq] = [at(rule, to?.Arn), at(rule, to?.DeadLetterConfig?.Arn)];
      return others.length > 0 || !queue || !dlq || name(dlq, 'QueueName') !== `${name(queue, 'QueueName')}-dlq`;
    });
    expect(wrong.map((rule) => name(rule, 'Name'))).toEqual([]);
  });

  test('may write to its queue and its dead letters, and is the only one of the rules that may unless named too', () => {
    const policies = JSON.stringify(ofType('AWS::SQS::QueuePolicy'));
    for (const { id } of rules) expect(policies.split(`"aws:SourceArn":{"Fn::GetAtt":["${id}","Arn"]}`)).toHaveLength(3);
  });

  test('stands for each subsystem that performs an action', () => {
    const performing = new Set(
      Object.values(vocabulary)
        .map(({ performs }) => performs)
        .filter((subsystem) => subsystem !== 'swoe'),
    );
    const names = new Set(rules.map((rule) => name(rule, 'Name')));
    expect([...performing].filter((subsystem) => !names.has(`swoe-dev-actions-${subsystem}`))).toEqual([]);
  });
});

describe('every event source mapping', () => {
  const mappings = ofType('AWS::Lambda::EventSourceMapping');
  const fromQueues = mappings.filter((mapping) => at(mapping, mapping.Properties['EventSourceArn']));

  test('of a queue fails message by message, ten at a time, without waiting', () => {
    expect(fromQueues).toHaveLength(7);
    for (const { Properties } of fromQueues) {
      expect(Properties).toMatchObject({ BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'] });
      expect(Properties).not.toHaveProperty('MaximumBatchingWindowInSeconds');
    }
  });

  test('of a queue hides a message for six times as long as its function may take', () => {
    for (const mapping of fromQueues) {
      const queue = at(mapping, mapping.Properties['EventSourceArn']);
      const room = ofType('AWS::Lambda::Function').find(
        ({ id, stack }) => stack === mapping.stack && id === target(mapping.Properties['FunctionName']),
      );
      expect(queue?.Properties['VisibilityTimeout']).toBe(6 * Number(room?.Properties['Timeout']));
    }
  });

  test('of the journal halves a batch that fails and sets aside what stays bad', () => {
    const [stream] = mappings.filter((mapping) => !fromQueues.includes(mapping));
    expect(stream?.Properties).toMatchObject({ StartingPosition: 'TRIM_HORIZON', BatchSize: 100, BisectBatchOnFunctionError: true });
    const { OnFailure } = (stream?.Properties['DestinationConfig'] ?? {}) as { OnFailure?: { Destination: unknown } };
    expect(stream && at(stream, OnFailure?.Destination)?.Properties['QueueName']).toBe('swoe-dev-publish-dlq');
  });

  test.each(['ingest', 'trigger'] as const)('of ordinary events leaves executions of %s to CRITICAL', (name) => {
    const room = (mapping: Resource): string => target(mapping.Properties['FunctionName']);
    const limits = fromQueues
      .filter((mapping) => room(mapping).startsWith(name))
      .map((mapping) => [
        at(mapping, mapping.Properties['EventSourceArn'])?.Properties['QueueName'],
        (mapping.Properties['ScalingConfig'] as { MaximumConcurrency: number }).MaximumConcurrency,
      ]);
    expect(limits).toEqual([
      [`swoe-dev-${name}`, 40],
      [`swoe-dev-${name}-critical`, functions[name].concurrency],
    ]);
    expect(functions[name].concurrency).toBeGreaterThan(40);
  });
});

test('each schedule has a dead-letter queue, and so has the function that the tick calls', () => {
  const letters = ofType('AWS::Scheduler::Schedule').map((schedule) => {
    const { DeadLetterConfig } = (schedule.Properties['Target'] ?? {}) as { DeadLetterConfig?: { Arn: unknown } };
    return [name(schedule, 'Name'), at(schedule, DeadLetterConfig?.Arn)?.Properties['QueueName']];
  });
  expect(letters).toContainEqual(['swoe-dev-sweep', 'swoe-dev-sweep-dlq']);
  for (const [schedule, queue] of letters) expect(queue, String(schedule)).toMatch(/^swoe-dev-(checkpoint|sweep|trigger)-dlq$/);
  const sweep = ofType('AWS::Lambda::Function').find((fn) => name(fn, 'FunctionName') === 'swoe-dev-sweep');
  expect(sweep?.Properties['DeadLetterConfig']).toBeDefined();
});

test('the bus sets aside what it cannot decrypt', () => {
  expect(ofType('AWS::Events::EventBus')[0]?.Properties['DeadLetterConfig']).toBeDefined();
});
