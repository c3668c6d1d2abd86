import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createQueues, type Queues } from '../../../../local/engines/queues/queues.ts';
import { createGround, replayInto, type TestGround } from './ground.ts';

const QueueUrl = 'http://127.0.0.1:4566/000000000000/orders.fifo';
const ARN = 'arn:aws:sqs:us-east-1:000000000000:orders.fifo';

let ground: TestGround;
let queues: Queues;
const define = (): void =>
  queues.define({
    QueueName: 'orders.fifo',
    FifoQueue: true,
    VisibilityTimeout: 30,
    RedrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead.fifo', maxReceiveCount: 2 },
  });
const send = (MessageBody: string, MessageGroupId: string, more: object = {}) =>
  queues.serve('SendMessage', { QueueUrl, MessageBody, MessageGroupId, MessageDeduplicationId: MessageBody, ...more });
const bodies = (max = 10) => queues.take(ARN, max).map(({ body }) => body);
const pass = (ms: number) => ground.scheduler.run(ground.scheduler.now() + ms);

beforeEach(() => {
  ground = createGround();
  queues = createQueues(ground);
  queues.define({ QueueName: 'dead.fifo', FifoQueue: true });
  define();
  queues.resume();
});

type Act = 'take' | 'delete' | 'fail' | 'restart';

const patient = (): Queues => {
  const made = createQueues(ground);
  made.define({ QueueName: 'orders.fifo', FifoQueue: true, VisibilityTimeout: 30 });
  return made;
};

/** What a consumer that fails and dies at times has done in the end, in its order. */
const consumed = async (groups: readonly string[], acts: readonly Act[]): Promise<string[]> => {
  ground = createGround();
  queues = patient();
  queues.resume();
  for (const [index, group] of groups.entries()) await send(`${group}${index}`, group);
  const done: string[] = [];
  let flying: ReturnType<Queues['take']> = [];
  const does: Record<Act, () => void> = {
    take: () => {
      if (flying.length === 0) flying = queues.take(ARN, 2);
    },
    delete: () => {
      done.push(...flying.map(({ body }) => body));
      queues.settle(ARN, flying.splice(0));
    },
    fail: () => queues.settle(ARN, [], flying.splice(0), 0),
    restart: () => {
      queues = patient();
      replayInto(queues, ground);
      flying = [];
    },
  };
  for (const one of acts) does[one]();
  return done;
};

describe('a message group', () => {
  it('keeps its order, and is blocked while one of its messages is in flight', async () => {
    for (const body of ['a1', 'a2', 'b1', 'a3']) await send(body, body.charAt(0));
    expect(bodies(1)).toEqual(['a1']);
    expect(bodies()).toEqual(['b1']);
    expect(bodies()).toEqual([]);
  });

  it('gives as many of its messages at once as are asked for, then those of the next group', async () => {
    for (const body of ['a1', 'b1', 'a2', 'a3']) await send(body, body.charAt(0));
    expect(bodies(10)).toEqual(['a1', 'a2', 'a3', 'b1']);
  });

  it('goes on as soon as its message is deleted, and tells the pollers', async () => {
    await send('a1', 'a');
    await send('a2', 'a');
    const taken = queues.take(ARN, 1);
    await pass(0);
    let told = 0;
    queues.onVisible(ARN, () => {
      told += 1;
    });
    queues.settle(ARN, taken);
    await pass(0);
    expect(told).toBe(1);
    expect(bodies()).toEqual(['a2']);
  });

  it('gives a failed message again before those behind it, and moves it to the dead-letter queue in the end', async () => {
    await send('a1', 'a');
    await send('a2', 'a');
    for (let i = 0; i < 2; i += 1) {
      expect(bodies(1)).toEqual(['a1']);
      await pass(30_000);
    }
    expect(bodies(1)).toEqual(['a2']);
    const [dead] = queues.take('arn:aws:sqs:us-east-1:000000000000:dead.fifo', 1);
    expect(dead?.attributes).toMatchObject({ MessageGroupId: 'a', DeadLetterQueueSourceArn: ARN });
  });

  it('keeps its order over any receives, failures and restarts', async () => {
    const act = fc.constantFrom<Act>('take', 'delete', 'fail', 'restart');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('a', 'b'), { maxLength: 12 }), fc.array(act, { maxLength: 30 }), async (groups, acts) => {
        const done = await consumed(groups, [...acts, ...groups.flatMap((): Act[] => ['take', 'delete'])]);
        const sent = groups.map((group, index) => `${group}${index}`);
        for (const group of ['a', 'b'])
          expect(done.filter((body) => body.startsWith(group))).toEqual(sent.filter((body) => body.startsWith(group)));
      }),
      { numRuns: 100 },
    );
  });
});

describe('a deduplication id', () => {
  it('within five minutes answers for the first message, even a deleted one', async () => {
    const first = await send('x', 'a');
    queues.settle(ARN, queues.take(ARN, 1));
    expect(await send('x', 'a')).toEqual(first);
    expect(bodies()).toEqual([]);
    await pass(300_000);
    const again = await send('x', 'a');
    expect(Number(again['SequenceNumber'])).toBeGreaterThanOrEqual(Number(first['SequenceNumber']));
    expect(bodies()).toEqual(['x']);
  });

  it('outlives a restart', async () => {
    await send('x', 'a');
    queues = createQueues(ground);
    queues.define({ QueueName: 'dead.fifo', FifoQueue: true });
    define();
    replayInto(queues, ground);
    await send('x', 'a');
    expect(bodies()).toEqual(['x']);
  });

  it('is the body’s digest where the queue says so, and needed where it does not', async () => {
    const nameless = { QueueUrl, MessageBody: 'y', MessageGroupId: 'a' };
    await expect(queues.serve('SendMessage', nameless)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await queues.serve('SetQueueAttributes', { QueueUrl, Attributes: { ContentBasedDeduplication: 'true' } });
    await queues.serve('SendMessage', nameless);
    await queues.serve('SendMessage', nameless);
    expect(bodies()).toEqual(['y']);
  });

  it('counts per group where the queue says so', async () => {
    await queues.serve('SetQueueAttributes', { QueueUrl, Attributes: { DeduplicationScope: 'messageGroup' } });
    await send('x', 'a');
    await send('x', 'b');
    await send('x', 'b');
    expect(bodies()).toEqual(['x', 'x']);
  });
});

it.each([
  ['MissingParameter', { MessageGroupId: undefined }],
  ['InvalidParameterValue', { DelaySeconds: 5 }],
  ['InvalidParameterValue', { MessageGroupId: 'with space' }],
])('a FIFO queue refuses with %s what it cannot order: %o', async (name, more) => {
  await expect(send('x', 'a', more)).rejects.toMatchObject({ name });
});

it('a FIFO queue’s own delay holds its messages back', async () => {
  await queues.serve('SetQueueAttributes', { QueueUrl, Attributes: { DelaySeconds: '5' } });
  await send('x', 'a');
  expect(bodies()).toEqual([]);
  await pass(5_000);
  expect(bodies()).toEqual(['x']);
});
