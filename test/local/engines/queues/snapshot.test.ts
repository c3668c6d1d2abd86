import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createQueues, type Queues, type TakenMessage } from '../../../../local/engines/queues/queues.ts';
import { createVirtualScheduler } from '../../../../local/kernel/virtual-scheduler.ts';
import { createGround, type TestGround } from './ground.ts';

const arn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const NAMES = ['work', 'dead', 'orders.fifo'];

const define = (queues: Queues): void => {
  queues.define({ QueueName: 'dead' });
  queues.define({
    QueueName: 'work',
    VisibilityTimeout: 30,
    MessageRetentionPeriod: 120,
    RedrivePolicy: { deadLetterTargetArn: arn('dead'), maxReceiveCount: 2 },
  });
  queues.define({ QueueName: 'orders.fifo', FifoQueue: true, ContentBasedDeduplication: true, VisibilityTimeout: 30 });
};

type Step =
  | { do: 'send'; queue: number; body: number; delay: number; group: number }
  | { do: 'take'; queue: number; max: number }
  | { do: 'settle'; which: number; done: boolean; after: number }
  | { do: 'purge'; queue: number }
  | { do: 'wait'; ms: number }
  | { do: 'snapshot' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('send' as const), queue: fc.nat(2), body: fc.nat(5), delay: fc.nat(20), group: fc.nat(2) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('take' as const), queue: fc.nat(2), max: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('settle' as const), which: fc.nat(9), done: fc.boolean(), after: fc.nat(20_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('purge' as const), queue: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(60_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('snapshot' as const) }) },
);

const send = (queues: Queues, { queue, body, delay, group }: Extract<Step, { do: 'send' }>): void => {
  const name = NAMES[queue] ?? '';
  if (name.endsWith('.fifo')) queues.send(arn(name), `m${body}`, { groupId: `g${group}` });
  else queues.send(arn(name), `m${body}`, { delaySeconds: delay });
};

/** What a consumer sees after a restart on these records: everything received, and what a second round receives. */
const seen = async (records: readonly unknown[], now: number): Promise<unknown> => {
  const ground = createGround(createVirtualScheduler({ start: now, seed: 2 }));
  const queues = createQueues(ground);
  define(queues);
  for (const record of records) queues.replay(structuredClone(record));
  queues.resume();
  const rounds: unknown[] = [];
  for (const wait of [0, 25_000, 60_000]) {
    await ground.scheduler.run(now + wait);
    rounds.push(NAMES.map((name) => [queues.counts(arn(name)), queues.take(arn(name), 100)]));
  }
  const again = await queues.serve('SendMessage', { QueueUrl: '/orders.fifo', MessageBody: 'm1', MessageGroupId: 'g1' });
  return { rounds, again };
};

interface Run {
  readonly ground: TestGround;
  readonly queues: Queues;
  readonly taken: [arn: string, message: TakenMessage][];
}

const settle = ({ queues, taken }: Run, { which, done, after }: Extract<Step, { do: 'settle' }>): void => {
  const [of, message] = taken[which % Math.max(1, taken.length)] ?? [];
  if (of && message) queues.settle(of, done ? [message] : [], done ? [] : [message], after);
};

const perform = async (run: Run, one: Step): Promise<unknown> => {
  const { ground, queues, taken } = run;
  const queue = 'queue' in one ? (NAMES[one.queue] ?? '') : '';
  switch (one.do) {
    case 'send':
      return send(queues, one);
    case 'take':
      return taken.push(...queues.take(arn(queue), one.max).map((message): Run['taken'][number] => [arn(queue), message]));
    case 'settle':
      return settle(run, one);
    case 'purge':
      return queues.serve('PurgeQueue', { QueueUrl: queue }).catch(() => {});
    case 'wait':
      return ground.scheduler.run(ground.scheduler.now() + one.ms);
    default:
      return undefined;
  }
};

/** Runs the steps; the log is compacted wherever a step says so. */
const play = async (steps: readonly Step[]): Promise<Run & { compacted: unknown[] }> => {
  const ground = createGround();
  const queues = createQueues(ground);
  define(queues);
  queues.resume();
  const run: Run = { ground, queues, taken: [] };
  let compacted: unknown[] = [];
  let from = 0;
  for (const one of steps) {
    await perform(run, one);
    if (one.do === 'snapshot') [compacted, from] = [JSON.parse(JSON.stringify([...queues.snapshot()])) as unknown[], ground.records.length];
  }
  compacted.push(...ground.records.slice(from).map(([, record]) => record));
  return { ...run, compacted };
};

describe('a snapshot of the queues', () => {
  it('replayed, and followed by later records, is what the whole log replayed would be', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { ground, queues, compacted } = await play(steps);
        // What runs out in this very millisecond has run out in the one log and not yet in the other.
        const now = ground.scheduler.now() + 1;
        const whole = await seen(
          ground.records.map(([, record]) => record),
          now,
        );
        expect(await seen(compacted, now)).toEqual(whole);
        expect(await seen([...queues.snapshot()], now)).toEqual(whole);
      }),
      { numRuns: 150 },
    );
  });

  it('holds nothing of what was deleted', () => {
    const ground = createGround();
    const queues = createQueues(ground);
    define(queues);
    queues.resume();
    for (let i = 0; i < 100; i += 1) queues.send(arn('work'), 'x');
    for (let batch = queues.take(arn('work'), 10); batch.length > 0; batch = queues.take(arn('work'), 10))
      queues.settle(arn('work'), batch);
    expect([...queues.snapshot()]).toEqual([]);
  });
});
