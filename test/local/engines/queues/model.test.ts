import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createQueues, type TakenMessage } from '../../../../local/engines/queues/queues.ts';
import { createGround } from './ground.ts';

const arn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const VISIBILITY = 30_000;
const RETENTION = 300_000;
const TRIES = 3;

interface Known {
  readonly body: string;
  readonly sentAt: number;
  visibleAt: number;
  count: number;
  dead: boolean;
}

/** The same promises, kept by looking at every message each time. */
class Model {
  private readonly known: Known[] = [];
  now = 0;

  send(body: string, delay: number): void {
    this.known.push({ body, sentAt: this.now, visibleAt: this.now + delay, count: 0, dead: false });
  }

  take(dead: boolean): Known[] {
    const due = this.known.filter((one) => one.dead === dead && one.visibleAt <= this.now && one.sentAt + RETENTION > this.now);
    const taken: Known[] = [];
    for (const one of due) {
      if (!dead && one.count >= TRIES) {
        Object.assign(one, { dead: true, count: 0, visibleAt: this.now });
      } else {
        one.count += 1;
        one.visibleAt = this.now + VISIBILITY;
        taken.push(one);
      }
    }
    return taken;
  }

  /** Of the receive that gave this count. */
  delete(body: string, count: number, dead: boolean): void {
    const at = this.known.findIndex((one) => one.body === body && one.dead === dead && one.count === count);
    if (at >= 0) this.known.splice(at, 1);
  }

  showAfter(body: string, count: number, dead: boolean, ms: number): void {
    const one = this.known.find((each) => each.body === body && each.dead === dead && each.count === count);
    if (one && one.visibleAt > this.now) one.visibleAt = this.now + ms;
  }
}

const act = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('send' as const), ms: fc.constantFrom(0, 0, 5_000, 60_000) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('take' as const, 'take dead' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('delete' as const), which: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('show' as const), which: fc.nat(20), ms: fc.constantFrom(0, 1_000, 90_000) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, 4_999, 30_000, 100_000) }) },
);

it('a queue and a naive model of SQS give the same messages over any sends, receives, deletes, failures and waits', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 60 }), async (acts) => {
      const ground = createGround();
      const start = ground.scheduler.now();
      const queues = createQueues(ground);
      const QueueName = 'work';
      const times = { VisibilityTimeout: VISIBILITY / 1_000, MessageRetentionPeriod: RETENTION / 1_000 };
      queues.define({ QueueName: 'dead', ...times });
      queues.define({ QueueName, ...times, RedrivePolicy: { deadLetterTargetArn: arn('dead'), maxReceiveCount: TRIES } });
      queues.resume();
      const model = new Model();
      const held: { queue: string; message: TakenMessage }[] = [];
      const take = (queue: string): void => {
        const messages = queues.take(arn(queue), 1_000);
        held.push(...messages.map((message) => ({ queue, message })));
        const seen = messages.map(({ body, count }) => `${body} ${count}`);
        expect(seen.sort()).toEqual(
          model
            .take(queue === 'dead')
            .map(({ body, count }) => `${body} ${count}`)
            .sort(),
        );
      };
      const settle = (which: number, ms: number | undefined): void => {
        const one = held[which % Math.max(1, held.length)];
        if (!one) return;
        const { queue, message } = one;
        queues.settle(arn(queue), ms === undefined ? [message] : [], ms === undefined ? [] : [message], ms);
        if (ms === undefined) model.delete(message.body, message.count, queue === 'dead');
        else model.showAfter(message.body, message.count, queue === 'dead', ms);
      };
      const send = (body: string, ms: number): void => {
        queues.send(arn(QueueName), body, { delaySeconds: ms / 1_000 });
        model.send(body, ms);
      };
      for (const [index, one] of acts.entries()) {
        if (one.do === 'send') send(`m${index}`, one.ms);
        else if (one.do === 'wait') await ground.scheduler.run(ground.scheduler.now() + one.ms);
        else if ('which' in one) settle(one.which, one.do === 'delete' ? undefined : one.ms);
        else take(one.do === 'take' ? QueueName : 'dead');
        model.now = ground.scheduler.now() - start;
      }
      take(QueueName);
      take('dead');
    }),
    { numRuns: 300 },
  );
});
