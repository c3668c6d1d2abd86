import { createEvents, type Events } from '../../../../local/engines/events/events.ts';
import { createQueues, type Queues } from '../../../../local/engines/queues/queues.ts';
import type { AwsError } from '../../../../local/kernel/aws-error.ts';
import type { Ground } from '../../../../local/kernel/engine.ts';
import { createGround, replayInto, type TestGround } from '../queues/ground.ts';

export const queueArn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
export const busArn = (name: string) => `arn:aws:events:us-east-1:000000000000:event-bus/${name}`;
export const machineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:m';
export const role = 'arn:aws:iam::000000000000:role/r';

export interface Bench {
  readonly ground: TestGround;
  readonly queues: Queues;
  readonly events: Events;
  /** Calls made as a role; `fails` decides what they answer. */
  readonly calls: { principal: string; operation: string; input: Record<string, unknown> }[];
  fails: () => AwsError | undefined;
  forbidden: ReadonlySet<string>;
  call(operation: string, input?: Record<string, unknown>): Promise<Record<string, unknown>>;
  put(more?: object): Promise<Record<string, unknown>>;
  /** What lies in a queue, parsed, oldest first; it is deleted. */
  drain(name: string): Record<string, unknown>[];
  pass(ms: number): Promise<unknown>;
  /** A machine that starts on these records. */
  restart(records?: readonly unknown[]): Bench;
}

/** A bus `swoe` beside queues `a`, `b` and `dead` on one virtual clock. */
export const createBench = (more: Pick<Ground, 'faults'> = {}, on?: TestGround): Bench => {
  const ground: TestGround = on ?? { ...createGround(), ...more };
  const queues = createQueues(ground);
  const calls: Bench['calls'] = [];
  const events = createEvents(ground, {
    send: (arn, body, options) => void queues.send(arn, body, options),
    invokeAsync: () => {},
    permits: (_action, arn) => !bench.forbidden.has(arn),
    policyOf: () => bench.forbidden,
    call: async (principal, _service, operation, input) => {
      calls.push({ principal, operation, input });
      const error = bench.fails();
      if (error) throw error;
      return {};
    },
  });
  for (const QueueName of ['a', 'b', 'dead']) queues.define({ QueueName });
  queues.define({ QueueName: 'ordered.fifo', FifoQueue: true, ContentBasedDeduplication: true });
  events.defineBus({ Name: 'swoe' });
  const bench: Bench = {
    ground,
    queues,
    events,
    calls,
    fails: () => undefined,
    forbidden: new Set(),
    call: (operation, input = {}) => events.serve(operation, input),
    put: (entry = {}) =>
      events.serve('PutEvents', { Entries: [{ EventBusName: 'swoe', Source: 'cad', DetailType: 'call', Detail: '{"n":1.0}', ...entry }] }),
    drain: (name) => {
      const taken = queues.take(queueArn(name), 10_000);
      queues.settle(queueArn(name), taken);
      return taken.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    },
    pass: (ms) => ground.scheduler.run(ground.scheduler.now() + ms),
    restart: (records) => {
      const fresh = createBench({}, ground);
      replayInto(fresh.queues, ground);
      for (const record of records ?? ground.records.flatMap(([engine, one]) => (engine === 'events' ? [one] : [])))
        fresh.events.replay(structuredClone(record));
      fresh.events.resume();
      return fresh;
    },
  };
  if (!on) {
    queues.resume();
    events.resume();
  }
  return bench;
};
