import { beforeEach, describe, expect, test } from 'vitest';
import { createQueues, type Queues } from '../../../local/engines/queues/queues.ts';
import { deadQueue, deadQueues, givenUpIn, moveBack, moveOf } from '../../../local/letters/given-up.ts';
import { messagesInWords, queuesInWords } from '../../../local/letters/words.ts';
import { sqs } from '../../../shared/lambda/clients.ts';
import { rooms } from '../../support/rooms.ts';
import { createGround, type TestGround } from '../engines/queues/ground.ts';

const arn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const WORK = arn('swoe-dev-ingest');
const DEAD = arn('swoe-dev-ingest-dlq');

let ground: TestGround;
let queues: Queues;
const client = () => sqs({ ...rooms().runtime, aws: (_, operation, input) => queues.serve(operation, input as Record<string, unknown>) });
const pass = (ms: number) => ground.scheduler.run(ground.scheduler.now() + ms);
const die = async (...bodies: string[]) => {
  for (const body of bodies) queues.send(WORK, body);
  queues.take(WORK, 100);
  await pass(30_000);
  queues.take(WORK, 100);
};
/** As a rule puts what it could not deliver. */
const undelivered = (body: string) =>
  queues.serve('SendMessage', {
    QueueUrl: 'http://127.0.0.1:4566/000000000000/swoe-dev-ingest-dlq',
    MessageBody: body,
    MessageAttributes: { ERROR_MESSAGE: { DataType: 'String', StringValue: 'no permission' } },
  });

beforeEach(() => {
  ground = createGround();
  queues = createQueues(ground);
  queues.define({ QueueName: 'swoe-dev-ingest-dlq' });
  queues.define({ QueueName: 'swoe-dev-bus-dlq' });
  queues.define({ QueueName: 'swoe-prod-ingest-dlq' });
  queues.define({ QueueName: 'swoe-dev-ingest', RedrivePolicy: { deadLetterTargetArn: DEAD, maxReceiveCount: 1 } });
  queues.resume();
});

describe('messages that were given up', () => {
  test('every dead-letter queue of the stage is listed with its depth and where it is fed from', async () => {
    await die('a', 'b');
    expect(queuesInWords(await deadQueues(client(), 'dev')).rows).toEqual([
      { queue: 'swoe-dev-bus-dlq', messages: 0, from: '' },
      { queue: 'swoe-dev-ingest-dlq', messages: 2, from: 'swoe-dev-ingest' },
    ]);
  });

  test('each is shown with its reason and stays where it is', async () => {
    await die('a');
    await undelivered('b');
    const queue = await deadQueue(client(), 'dev', 'ingest-dlq');
    const seen = await givenUpIn(client(), queue, 20);
    expect(seen.map(({ body, reason }) => `${body}: ${reason}`).sort()).toEqual([
      'a: received too often from swoe-dev-ingest',
      'b: no permission',
    ]);
    expect(messagesInWords(queue, seen)).toMatchObject({ title: 'swoe-dev-ingest-dlq, 2 of 2', rows: [{}, {}] });
    await pass(5_000);
    expect(await deadQueue(client(), 'dev', 'swoe-dev-ingest-dlq')).toMatchObject({ depth: 2 });
    expect(await givenUpIn(client(), queue, 1)).toHaveLength(1);
  });

  test('all of it goes back to the queue that gave it up, what a rule could not deliver as well', async () => {
    await die('a');
    await undelivered('b');
    const queue = await deadQueue(client(), 'dev', 'ingest-dlq');
    expect(await moveOf(client(), queue)).toBeUndefined();
    expect(await moveBack(client(), queue)).toBe('swoe-dev-ingest');
    await pass(2_000);
    expect(await moveOf(client(), queue)).toEqual({ status: 'COMPLETED', moved: 2 });
    expect(
      queues
        .take(WORK, 10)
        .map(({ body }) => body)
        .sort(),
    ).toEqual(['a', 'b']);
    expect(await deadQueue(client(), 'dev', 'ingest-dlq')).toMatchObject({ depth: 0 });
  });

  test('a queue that no queue gives up into is not moved by guesswork, and an unknown one is told with those that are there', async () => {
    await expect(deadQueue(client(), 'dev', 'bus-dlq').then((queue) => moveBack(client(), queue))).rejects.toThrow('docs/dead-letters.md');
    await expect(deadQueue(client(), 'dev', 'nonsense')).rejects.toThrow('swoe-dev-bus-dlq, swoe-dev-ingest-dlq');
  });
});
