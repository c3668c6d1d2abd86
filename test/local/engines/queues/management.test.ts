import { beforeEach, describe, expect, it } from 'vitest';
import { createQueues, type Queues } from '../../../../local/engines/queues/queues.ts';
import { createGround, replayInto, type TestGround } from './ground.ts';

const url = (name: string) => `http://127.0.0.1:4566/000000000000/${name}`;
const arn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;

let ground: TestGround;
let queues: Queues;
const create = (): Queues => {
  const made = createQueues(ground);
  made.define({ QueueName: 'dead' });
  made.define({ QueueName: 'work', RedrivePolicy: { deadLetterTargetArn: arn('dead'), maxReceiveCount: 1 } });
  return made;
};
const call = (operation: string, input: Record<string, unknown> = {}) => queues.serve(operation, input);
const pass = (ms: number) => ground.scheduler.run(ground.scheduler.now() + ms);
const die = async (...messages: string[]) => {
  for (const body of messages) queues.send(arn('work'), body);
  queues.take(arn('work'), 100);
  await pass(30_000);
  queues.take(arn('work'), 100);
};

beforeEach(() => {
  ground = createGround();
  queues = create();
  queues.resume();
});

describe('a queue made by a call', () => {
  it('is there again after a restart, with its attributes, tags and messages, from the log or from a snapshot', async () => {
    await call('CreateQueue', { QueueName: 'mine', Attributes: { VisibilityTimeout: '5' }, tags: { team: 'a' } });
    await call('TagQueue', { QueueUrl: url('mine'), Tags: { stage: 'x' } });
    await call('SetQueueAttributes', { QueueUrl: url('mine'), Attributes: { DelaySeconds: '0', MaximumMessageSize: '2048' } });
    await call('SendMessage', { QueueUrl: url('mine'), MessageBody: 'kept' });
    for (const records of [ground.records.map(([, record]) => record), [...queues.snapshot()]]) {
      queues = create();
      replayInto(queues, { ...ground, records: records.map((record) => ['queues', structuredClone(record)]) });
      expect((await call('ListQueueTags', { QueueUrl: url('mine') }))['Tags']).toEqual({ team: 'a', stage: 'x' });
      expect((await call('GetQueueAttributes', { QueueUrl: url('mine'), AttributeNames: ['All'] }))['Attributes']).toMatchObject({
        VisibilityTimeout: '5',
        MaximumMessageSize: '2048',
        ApproximateNumberOfMessages: '1',
      });
    }
  });

  it('shows again what was received and not deleted in time', async () => {
    await call('CreateQueue', { QueueName: 'mine', Attributes: { VisibilityTimeout: '5' } });
    await call('SendMessage', { QueueUrl: url('mine'), MessageBody: 'a' });
    expect(queues.take(arn('mine'), 1)).toHaveLength(1);
    await pass(5_000);
    expect(queues.take(arn('mine'), 1)).toHaveLength(1);
  });

  it('is made once: the same asked for again is its URL, another is refused', async () => {
    const first = await call('CreateQueue', { QueueName: 'mine', Attributes: { DelaySeconds: '3' } });
    expect(await call('CreateQueue', { QueueName: 'mine', Attributes: { DelaySeconds: '3' } })).toEqual(first);
    await expect(call('CreateQueue', { QueueName: 'mine', Attributes: { DelaySeconds: '4' } })).rejects.toMatchObject({
      name: 'QueueNameExists',
    });
  });

  it('that was deleted is gone with its messages, and its name rests for a minute', async () => {
    await call('CreateQueue', { QueueName: 'mine' });
    await call('DeleteQueue', { QueueUrl: url('mine') });
    await expect(call('SendMessage', { QueueUrl: url('mine'), MessageBody: 'x' })).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
    await expect(call('CreateQueue', { QueueName: 'mine' })).rejects.toMatchObject({ name: 'QueueDeletedRecently' });
    await pass(60_000);
    expect(await call('CreateQueue', { QueueName: 'mine' })).toEqual({ QueueUrl: url('mine') });
    expect([...queues.snapshot()]).toHaveLength(1);
  });
});

it.each([
  ['InvalidParameterValue', 'CreateQueue', { QueueName: 'no dots.here' }],
  ['InvalidParameterValue', 'CreateQueue', { QueueName: 'plain', Attributes: { FifoQueue: 'true' } }],
  ['InvalidAttributeName', 'CreateQueue', { QueueName: 'plain', Attributes: { Speed: '1' } }],
  ['InvalidAttributeName', 'SetQueueAttributes', { QueueUrl: url('work'), Attributes: { FifoQueue: 'true' } }],
  ['InvalidAttributeValue', 'SetQueueAttributes', { QueueUrl: url('work'), Attributes: { VisibilityTimeout: '50000' } }],
  ['InvalidAttributeValue', 'SetQueueAttributes', { QueueUrl: url('work'), Attributes: { RedrivePolicy: '{"maxReceiveCount":1}' } }],
  ['InvalidAttributeValue', 'SetQueueAttributes', { QueueUrl: url('work'), Attributes: { Policy: '{}' } }],
  ['QueueDoesNotExist', 'GetQueueUrl', { QueueName: 'nowhere' }],
  ['InvalidParameterValue', 'StartMessageMoveTask', { SourceArn: arn('work') }],
  ['ResourceNotFoundException', 'StartMessageMoveTask', { SourceArn: arn('nowhere') }],
])('%s on %s %o', async (name, operation, input) => {
  await expect(call(operation, input)).rejects.toMatchObject({ name });
});

describe('a queue’s policy', () => {
  const policy = async () =>
    ((await call('GetQueueAttributes', { QueueUrl: url('work'), AttributeNames: ['Policy'] }))['Attributes'] as { Policy?: string })
      ?.Policy;
  const own = { Statement: [{ Sid: 'own', Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: arn('work') }] };

  it('is the template’s until a call changes it, and then the whole of it, over restarts', async () => {
    queues.definePolicy('work', own);
    expect([JSON.parse((await policy()) ?? ''), queues.policyOf(arn('work'))]).toEqual([own, undefined]);
    const more = { Label: 'more', AWSAccountIds: ['111111111111'], Actions: ['SendMessage'] };
    await call('AddPermission', { QueueUrl: url('work'), ...more });
    await expect(call('AddPermission', { QueueUrl: url('work'), ...more })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await call('RemovePermission', { QueueUrl: url('work'), Label: 'own' });
    const records = [...queues.snapshot()];
    queues = create();
    replayInto(queues, { ...ground, records: records.map((record) => ['queues', record]) });
    expect(JSON.parse(queues.policyOf(arn('work')) ?? '')).toMatchObject({
      Statement: [{ Sid: 'more', Action: ['SQS:SendMessage'], Principal: { AWS: ['arn:aws:iam::111111111111:root'] } }],
    });
    await call('SetQueueAttributes', { QueueUrl: url('work'), Attributes: { Policy: '' } });
    expect([await policy(), queues.policyOf(arn('work'))]).toEqual([undefined, '{"Statement":[]}']);
  });
});

it('ListQueues pages, and ListDeadLetterSourceQueues names whose dead lie here', async () => {
  const first = await call('ListQueues', { MaxResults: 1 });
  expect(first).toMatchObject({ QueueUrls: [url('dead')] });
  expect(await call('ListQueues', { MaxResults: 1, NextToken: first['NextToken'] })).toEqual({ QueueUrls: [url('work')] });
  expect(await call('ListDeadLetterSourceQueues', { QueueUrl: url('dead') })).toEqual({ queueUrls: [url('work')] });
});

it('a queue can be purged once a minute', async () => {
  queues.send(arn('work'), 'x');
  await call('PurgeQueue', { QueueUrl: url('work') });
  expect(queues.counts(arn('work')).visible).toBe(0);
  await expect(call('PurgeQueue', { QueueUrl: url('work') })).rejects.toMatchObject({ name: 'PurgeQueueInProgress' });
});

describe('a redrive of a dead-letter queue', () => {
  const task = async () => ((await call('ListMessageMoveTasks', { SourceArn: arn('dead') }))['Results'] as Record<string, unknown>[])[0];

  it('sends the dead back to where they came from, as new messages', async () => {
    await die('a', 'b');
    await call('StartMessageMoveTask', { SourceArn: arn('dead') });
    await pass(0);
    expect(await task()).toMatchObject({ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 2 });
    expect(queues.take(arn('work'), 10)).toMatchObject([{ body: 'a', attributes: { ApproximateReceiveCount: '1' } }, { body: 'b' }]);
  });

  it('keeps to its rate, can be cancelled, and goes on after a restart', async () => {
    await die('a', 'b', 'c', 'd');
    const { TaskHandle } = await call('StartMessageMoveTask', { SourceArn: arn('dead'), MaxNumberOfMessagesPerSecond: 1 });
    await expect(call('StartMessageMoveTask', { SourceArn: arn('dead') })).rejects.toMatchObject({ name: 'UnsupportedOperation' });
    await pass(0);
    expect(queues.counts(arn('work')).visible).toBe(1);
    const fresh = create();
    replayInto(fresh, ground);
    queues = fresh;
    await pass(1_000);
    expect(queues.counts(arn('work')).visible).toBe(3);
    expect(await call('CancelMessageMoveTask', { TaskHandle })).toEqual({ ApproximateNumberOfMessagesMoved: 3 });
    await pass(5_000);
    expect(queues.counts(arn('dead')).visible).toBe(1);
  });
});

it('a dead-letter queue that allows no sources keeps its messages out, and they stay where they are', async () => {
  await call('SetQueueAttributes', { QueueUrl: url('dead'), Attributes: { RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' } });
  queues.send(arn('work'), 'x');
  queues.take(arn('work'), 1);
  await pass(30_000);
  expect(queues.take(arn('work'), 1)).toMatchObject([{ attributes: { ApproximateReceiveCount: '2' } }]);
});
