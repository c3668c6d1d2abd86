import { describe, expect, it } from 'vitest';
import { createQueues, type Queues } from '../../../../local/engines/queues/queues.ts';
import type { DeliveryFault } from '../../../../local/kernel/faults.ts';
import { createGround } from './ground.ts';

const ARN = 'arn:aws:sqs:us-east-1:000000000000:work';

const under = (...faults: (DeliveryFault | undefined)[]): { queues: Queues; pass: (ms: number) => Promise<unknown> } => {
  const plan = [...faults];
  const ground = { ...createGround(), faults: { call: () => undefined, invocation: () => undefined, delivery: () => plan.shift() } };
  const queues = createQueues(ground);
  queues.define({ QueueName: 'work' });
  queues.resume();
  return { queues, pass: (ms) => ground.scheduler.run(ground.scheduler.now() + ms) };
};

describe('a receive that a fault', () => {
  it('doubles comes again although its message was deleted, and once only', () => {
    const { queues } = under({ kind: 'duplicate' });
    queues.send(ARN, 'x');
    for (const count of [1, 2]) {
      const taken = queues.take(ARN, 1);
      expect(taken).toMatchObject([{ body: 'x', count }]);
      queues.settle(ARN, taken);
    }
    expect(queues.take(ARN, 1)).toEqual([]);
  });

  it('delays lets later messages pass, and does not count as a receive', async () => {
    const { queues, pass } = under({ kind: 'delay', ms: 500 });
    queues.send(ARN, 'first');
    queues.send(ARN, 'second');
    expect(queues.take(ARN, 10)).toMatchObject([{ body: 'second' }]);
    await pass(500);
    expect(queues.take(ARN, 10)).toMatchObject([{ body: 'first', count: 1 }]);
  });
});
