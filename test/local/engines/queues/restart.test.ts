import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createQueues, type Queues, type TakenMessage } from '../../../../local/engines/queues/queues.ts';
import { createVirtualScheduler } from '../../../../local/kernel/virtual-scheduler.ts';
import { createGround, replayInto } from './ground.ts';

const arn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const TRIES = 3;

/** Each start is another life: what the one before still wanted to do, it does not. */
const lives = () => {
  let ground = createGround();
  return {
    pass: (ms: number) => ground.scheduler.run(ground.scheduler.now() + ms),
    keep: (records: Iterable<unknown>) =>
      void ground.records.splice(
        0,
        ground.records.length,
        ...Array.from(records, (one): [string, unknown] => ['queues', structuredClone(one)]),
      ),
    start: (): Queues => {
      const last = ground;
      ground = createGround(createVirtualScheduler({ start: last.scheduler.now() }));
      ground.records.push(...last.records);
      const queues = createQueues(ground);
      queues.define({ QueueName: 'dead' });
      queues.define({ QueueName: 'orders.fifo', FifoQueue: true, ContentBasedDeduplication: true });
      queues.define({
        QueueName: 'work',
        VisibilityTimeout: 30,
        RedrivePolicy: { deadLetterTargetArn: arn('dead'), maxReceiveCount: TRIES },
      });
      replayInto(queues, ground);
      return queues;
    },
  };
};

const countOf = ({ attributes }: TakenMessage): number => Number(attributes['ApproximateReceiveCount']);

describe('a receive', () => {
  it.each(['work', 'orders.fifo'])('of %s that the machine’s death cut off is not counted', (name) => {
    const { start } = lives();
    const before = start();
    before.send(arn(name), 'x', name === 'work' ? {} : { groupId: 'g' });
    before.take(arn(name), 1);
    expect(start().take(arn(name), 1).map(countOf)).toEqual([1]);
  });

  it('that the machine’s death cut off can still be ended by who has it', () => {
    const { start } = lives();
    const before = start();
    before.send(arn('work'), 'x');
    const taken = before.take(arn('work'), 1);
    const after = start();
    after.settle(arn('work'), taken);
    expect(after.take(arn('work'), 1)).toEqual([]);
  });

  it('that failed before the death is counted', () => {
    const { start } = lives();
    const before = start();
    before.send(arn('work'), 'x');
    before.settle(arn('work'), [], before.take(arn('work'), 1));
    expect(before.counts(arn('work'))).toMatchObject({ inFlight: 1 });
    expect(start().take(arn('work'), 1).map(countOf)).toEqual([2]);
  });

  it('is given up to the dead-letter queue when the machine died over it twenty times', () => {
    const { start } = lives();
    start().send(arn('work'), 'kills');
    for (let life = 0; life < 20; life += 1) expect(start().take(arn('work'), 1).map(countOf)).toEqual([1]);
    const last = start();
    expect(last.take(arn('work'), 1)).toEqual([]);
    expect(last.take(arn('dead'), 1)).toMatchObject([{ body: 'kills', attributes: { ApproximateReceiveCount: '1' } }]);
  });
});

const act = fc.oneof(
  { weight: 5, arbitrary: fc.constant('take' as const) },
  { weight: 2, arbitrary: fc.constant('fail' as const) },
  { weight: 2, arbitrary: fc.constant('wait' as const) },
  { weight: 3, arbitrary: fc.constant('restart' as const) },
  { weight: 2, arbitrary: fc.constant('snapshot' as const) },
);

it('whatever fails, runs out, dies and is compacted, a message is dead after maxReceiveCount receives that ended, and no sooner', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 60 }), async (acts) => {
      const { start, pass, keep } = lives();
      let queues = start();
      queues.send(arn('work'), 'x');
      let held: TakenMessage | undefined;
      let ended = 0;
      const take = (): void => {
        const [taken] = queues.take(arn('work'), 1);
        if (held || ended === TRIES) expect(taken).toBeUndefined();
        else expect(taken && countOf(taken)).toBe(ended + 1);
        held ??= taken;
      };
      const over = (): void => {
        if (held) ended += 1;
        held = undefined;
      };
      for (const one of acts) {
        if (one === 'take') take();
        else if (one === 'fail' && held) {
          queues.settle(arn('work'), [], [held], 0);
          over();
        } else if (one === 'wait') {
          await pass(30_000);
          over();
        } else if (one === 'restart') {
          queues = start();
          held = undefined;
        } else if (one === 'snapshot') keep(queues.snapshot());
      }
      held ??= queues.take(arn('work'), 1)[0];
      expect(queues.counts(arn('dead'))).toMatchObject({ visible: held ? 0 : 1 });
    }),
    { numRuns: 300 },
  );
});
