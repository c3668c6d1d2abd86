import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createQueues, type Queues } from '../../../../local/engines/queues/queues.ts';
import { createGround, replayInto, type TestGround } from './ground.ts';

const QueueUrl = 'http://127.0.0.1:4566/000000000000/work';
const DEAD = 'arn:aws:sqs:us-east-1:000000000000:work-dlq';

interface Received {
  MessageId: string;
  ReceiptHandle: string;
  Body: string;
  MD5OfBody: string;
  Attributes?: Record<string, string>;
  MessageAttributes?: Record<string, unknown>;
}

const define = (queues: Queues): void => {
  queues.define({ QueueName: 'work-dlq' });
  queues.define({ QueueName: 'work', VisibilityTimeout: 30, RedrivePolicy: { deadLetterTargetArn: DEAD, maxReceiveCount: 2 } });
};

let ground: TestGround;
let queues: Queues;
const receive = async (input: Record<string, unknown> = {}): Promise<Received[]> =>
  ((await queues.serve('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10, ...input })).Messages ?? []) as Received[];
const send = (MessageBody: string, more: object = {}) => queues.serve('SendMessage', { QueueUrl, MessageBody, ...more });

beforeEach(() => {
  ground = createGround();
  queues = createQueues(ground);
  define(queues);
  queues.resume();
});

describe('a message', () => {
  it('is received with its digest and system attributes, once, until its visibility timeout ends', async () => {
    await send('hello');
    const [message] = await receive({ AttributeNames: ['All'] });
    expect(message).toMatchObject({ Body: 'hello', MD5OfBody: createHash('md5').update('hello').digest('hex') });
    expect(message?.Attributes).toMatchObject({ ApproximateReceiveCount: '1', SentTimestamp: String(ground.scheduler.now()) });
    expect(await receive()).toEqual([]);
    await ground.scheduler.run(ground.scheduler.now() + 30_000);
    expect(await receive({ MessageSystemAttributeNames: ['ApproximateReceiveCount'] })).toMatchObject([
      { Body: 'hello', Attributes: { ApproximateReceiveCount: '2' } },
    ]);
  });

  it('that was deleted never comes back', async () => {
    await send('hello');
    const [message] = await receive();
    await queues.serve('DeleteMessage', { QueueUrl, ReceiptHandle: message?.ReceiptHandle });
    await ground.scheduler.run(ground.scheduler.now() + 60_000);
    expect(await receive()).toEqual([]);
  });

  it('received twice is not deleted by the first receipt handle', async () => {
    await send('hello');
    const [first] = await receive({ VisibilityTimeout: 1 });
    await ground.scheduler.run(ground.scheduler.now() + 1_000);
    await receive();
    await queues.serve('DeleteMessage', { QueueUrl, ReceiptHandle: first?.ReceiptHandle });
    expect(queues.counts(queues.arnOf('work'))).toMatchObject({ inFlight: 1 });
  });

  it('goes to the dead-letter queue after maxReceiveCount receives', async () => {
    await send('poison');
    for (let i = 0; i < 2; i += 1) {
      expect(await receive()).toHaveLength(1);
      await ground.scheduler.run(ground.scheduler.now() + 30_000);
    }
    expect(await receive()).toEqual([]);
    const [dead] = queues.take(DEAD, 10);
    expect(dead).toMatchObject({ body: 'poison', attributes: { DeadLetterQueueSourceArn: queues.arnOf('work') } });
  });

  it('with a delay is invisible until then', async () => {
    await send('later', { DelaySeconds: 10 });
    expect(await receive()).toEqual([]);
    await ground.scheduler.run(ground.scheduler.now() + 10_000);
    expect(await receive()).toHaveLength(1);
  });

  it('older than the retention period is forgotten', async () => {
    await send('old');
    await ground.scheduler.run(ground.scheduler.now() + 345_600_000);
    expect(await receive()).toEqual([]);
    expect(queues.counts(queues.arnOf('work'))).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('keeps its message attributes, with the digest SQS documents', async () => {
    const MessageAttributes = { kind: { DataType: 'String', StringValue: 'test' } };
    const sent = await send('x', { MessageAttributes });
    const digest = createHash('md5')
      .update(
        Buffer.from([0, 0, 0, 4, ...Buffer.from('kind'), 0, 0, 0, 6, ...Buffer.from('String'), 1, 0, 0, 0, 4, ...Buffer.from('test')]),
      )
      .digest('hex');
    expect(sent).toMatchObject({ MD5OfMessageAttributes: digest });
    expect(await receive({ MessageAttributeNames: ['All'] })).toMatchObject([{ MessageAttributes }]);
  });
});

describe('a long poll', () => {
  it('answers as soon as a message arrives', async () => {
    const waiting = receive({ WaitTimeSeconds: 20 });
    ground.scheduler.after(5_000, () => void send('late'));
    await ground.scheduler.run(ground.scheduler.now() + 5_001);
    expect(await waiting).toMatchObject([{ Body: 'late' }]);
  });

  it('ends empty after its time', async () => {
    const waiting = receive({ WaitTimeSeconds: 20 });
    await ground.scheduler.run();
    expect(await waiting).toEqual([]);
  });
});

describe('batches', () => {
  it('report each entry, and a bad one spoils no other', async () => {
    const Entries = [
      { Id: 'a', MessageBody: 'one' },
      { Id: 'b', MessageBody: '' },
    ];
    expect(await queues.serve('SendMessageBatch', { QueueUrl, Entries })).toMatchObject({
      Successful: [{ Id: 'a' }],
      Failed: [{ Id: 'b', Code: 'MissingParameter', SenderFault: true }],
    });
  });

  it.each([
    ['EmptyBatchRequest', []],
    ['TooManyEntriesInBatchRequest', Array.from({ length: 11 }, (_, i) => ({ Id: `i${i}`, MessageBody: 'x' }))],
    [
      'BatchEntryIdsNotDistinct',
      [
        { Id: 'a', MessageBody: 'x' },
        { Id: 'a', MessageBody: 'y' },
      ],
    ],
    [
      'BatchRequestTooLong',
      [
        { Id: 'a', MessageBody: 'x'.repeat(600_000) },
        { Id: 'b', MessageBody: 'x'.repeat(600_000) },
      ],
    ],
  ])('refuse with %s', async (name, Entries) => {
    await expect(queues.serve('SendMessageBatch', { QueueUrl, Entries })).rejects.toMatchObject({ name });
  });
});

describe('refusals', () => {
  it.each([
    ['QueueDoesNotExist', 'ReceiveMessage', { QueueUrl: 'http://elsewhere/1/nowhere' }],
    ['InvalidParameterValue', 'SendMessage', { QueueUrl, MessageBody: 'x'.repeat(1_048_577) }],
    ['InvalidMessageContents', 'SendMessage', { QueueUrl, MessageBody: '\u0000' }],
    ['InvalidParameterValue', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 11 }],
    ['ReceiptHandleIsInvalid', 'DeleteMessage', { QueueUrl, ReceiptHandle: 'nonsense' }],
    ['MissingParameter', 'AddPermission', { QueueUrl }],
    ['UnknownOperationException', 'SendFax', { QueueUrl }],
  ])('%s on %s', async (name, operation, input) => {
    await expect(queues.serve(operation, input)).rejects.toMatchObject({ name });
  });

  it('a message that is not in flight has no visibility to change', async () => {
    await send('x');
    const [message] = await receive({ VisibilityTimeout: 1 });
    await ground.scheduler.run(ground.scheduler.now() + 1_000);
    const change = queues.serve('ChangeMessageVisibility', { QueueUrl, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 5 });
    await expect(change).rejects.toMatchObject({ name: 'MessageNotInflight' });
  });
});

describe('a restart', () => {
  it('keeps messages, receive counts and delays, and shows what was in flight', async () => {
    await send('a');
    await send('b');
    await send('c', { DelaySeconds: 600 });
    const [first] = await receive({ MaxNumberOfMessages: 1 });
    await receive({ MaxNumberOfMessages: 1 });
    await queues.serve('DeleteMessage', { QueueUrl, ReceiptHandle: first?.ReceiptHandle });
    queues = createQueues(ground);
    define(queues);
    replayInto(queues, ground);
    expect(await receive({ AttributeNames: ['All'] })).toMatchObject([{ Body: 'b', Attributes: { ApproximateReceiveCount: '1' } }]);
    await ground.scheduler.run(ground.scheduler.now() + 600_000);
    expect((await receive()).map(({ Body }) => Body)).toContain('c');
  });
});

it('settle makes failures visible after the delay asked for', async () => {
  await send('x');
  const taken = queues.take(queues.arnOf('work'), 10);
  queues.settle(queues.arnOf('work'), [], taken, 2_000);
  await ground.scheduler.run(ground.scheduler.now() + 2_000);
  expect(queues.counts(queues.arnOf('work'))).toMatchObject({ visible: 1, inFlight: 0 });
});

it('a hundred thousand messages are sent, received and deleted in linear time', () => {
  const arn = queues.arnOf('work');
  for (let i = 0; i < 100_000; i += 1) queues.send(arn, 'x');
  let seen = 0;
  for (let batch = queues.take(arn, 10); batch.length > 0; batch = queues.take(arn, 10)) {
    seen += batch.length;
    queues.settle(arn, batch);
  }
  expect(seen).toBe(100_000);
});

it('queue attributes count what is visible, in flight and delayed', async () => {
  await send('a');
  await send('b');
  await send('c', { DelaySeconds: 5 });
  await receive({ MaxNumberOfMessages: 1 });
  expect(await queues.serve('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] })).toMatchObject({
    Attributes: {
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
      ApproximateNumberOfMessagesDelayed: '1',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: DEAD, maxReceiveCount: 2 }),
    },
  });
});
