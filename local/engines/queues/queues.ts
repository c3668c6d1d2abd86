import { AwsError } from '../../kernel/aws-error.ts';
import type { Ground, Serve } from '../../kernel/engine.ts';
import type { Durable } from '../../kernel/log.ts';
import type { QueueProperties } from './definition.ts';
import { applying, snapshotOf } from './memory.ts';
import type { Message } from './message.ts';
import { createMoveTasks } from './move-tasks.ts';
import { manageOperations } from './operations/manage.ts';
import { messageOperations } from './operations/messages.ts';
import { moveTaskOperations } from './operations/move-tasks.ts';
import type { Desk, Operations } from './operations/operation.ts';
import { permissionOperations } from './operations/permissions.ts';
import type { QueueRecord } from './records.ts';
import { createRegistry } from './registry.ts';
import type { SendOptions } from './sending.ts';
import { createStore } from './store.ts';
import { Taken, type TakenMessage } from './taken.ts';
import { createWaiting } from './waiting.ts';

export type { QueueProperties } from './definition.ts';
export type { SendOptions } from './sending.ts';
export type { TakenMessage } from './taken.ts';

export interface Queues extends Durable {
  /** Adds or redefines a queue; messages stay. */
  define(properties: QueueProperties): void;
  /** A queue's policy, from the template: told by `GetQueueAttributes`, enforced by the port. */
  definePolicy(queueName: string, document: unknown): void;
  /** The policy of a queue once a call changed it; undefined where the template's stands. The same text as long as nothing changes. */
  policyOf(queueArn: string): string | undefined;
  serve: Serve;
  arnOf(name: string): string;
  /** Enqueues in this very turn, without waiting for the log; the caller settles. Returns the message id. */
  send(queueArn: string, body: string, options?: SendOptions): string;
  /** Receives up to `max` messages in this very turn; they are in flight for the queue's visibility timeout. */
  take(queueArn: string, max: number): TakenMessage[];
  /** Deletes what is done and makes `failed` visible after `failedAfterMs`, or at the end of the visibility timeout where that is undefined. */
  settle(queueArn: string, done: readonly TakenMessage[], failed?: readonly TakenMessage[], failedAfterMs?: number): void;
  /** Calls `listener` in the turn after messages became visible. */
  onVisible(queueArn: string, listener: () => void): () => void;
  counts(queueArn: string): { visible: number; inFlight: number; delayed: number };
}

export interface QueuesOptions {
  /** Where the wire listens: SDKs send their calls to the host and port of a QueueUrl. */
  port?: number | undefined;
  /** Throws where the port could not judge by this policy. */
  checkPolicy?: ((policy: string) => void) | undefined;
}

const BILLED_BYTES = 65_536;

/** One request covers 64 KB, as SQS bills. */
const requests = (bytes: number): number => Math.max(1, Math.ceil(bytes / BILLED_BYTES));

const operationsAt = (desk: Desk): Operations => ({
  ...messageOperations(desk),
  ...manageOperations(desk),
  ...permissionOperations(desk),
  ...moveTaskOperations(desk),
});

/** The SQS of the local run: standard and FIFO queues with visibility timeouts, delays, long polls and redrive. */
export const createQueues = (ground: Ground, { port = 4566, checkPolicy = () => {} }: QueuesOptions = {}): Queues => {
  const { log, scheduler, account, meter } = ground;
  const registry = createRegistry(ground, {
    visible: (queue) => waiting.visible(queue),
    released: (queue, ids) => log.write('queues', { op: 'release', queue: queue.definition.name, ids } satisfies QueueRecord),
  });
  const tasks = createMoveTasks(ground, registry, () => store);
  const store = createStore(ground, registry);
  const waiting = createWaiting(scheduler, store.take);
  const served = operationsAt({
    ground,
    registry,
    store,
    waiting,
    tasks,
    checkPolicy,
    urlOf: ({ queue }) => `http://127.0.0.1:${port}/${account}/${queue.definition.name}`,
  });
  const apply = applying(registry, tasks);

  return {
    name: 'queues',
    define: registry.define,
    definePolicy: (queueName, document) => {
      const known = registry.find(queueName);
      if (known) known.policy = JSON.stringify(document);
    },
    policyOf: registry.policyOf,
    serve: async (operation, input) => {
      const run = Object.hasOwn(served, operation) ? served[operation] : undefined;
      if (!run) throw new AwsError('UnknownOperationException', `The local SQS does not serve ${operation}.`);
      meter('sqs', 'requests', 1);
      const answer = await run(input);
      await log.settled();
      return answer;
    },
    arnOf: registry.arnOf,
    send: (queueArn, body, options) => {
      const queue = registry.byArn(queueArn);
      meter('sqs', 'requests', requests(body.length));
      return store.send(queue, body, options).id;
    },
    take: (queueArn, max) => {
      const messages = store.take(registry.byArn(queueArn), max);
      if (messages.length === 0) return [];
      meter('sqs', 'requests', requests(messages.reduce((sum, { body }) => sum + body.length, 0)));
      return messages.map((message) => new Taken(message, account));
    },
    settle: (queueArn, done, failed = [], failedAfterMs) => {
      const queue = registry.byArn(queueArn);
      const own = ({ id, count }: TakenMessage): Message | undefined => {
        const message = queue.messages.get(id);
        return message?.count === count ? message : undefined;
      };
      if (done.length > 0) {
        meter('sqs', 'requests', 1);
        store.drop(
          queue,
          done.flatMap((taken) => own(taken)?.id ?? []),
        );
      }
      const over = failed.flatMap((taken) => own(taken) ?? []).filter(({ state }) => state === 'in-flight');
      queue.release(over);
      if (failedAfterMs === undefined) return;
      for (const message of over) queue.showAt(message, scheduler.now() + failedAfterMs);
    },
    onVisible: (queueArn, listener) => waiting.listen(registry.byArn(queueArn), listener),
    counts: (queueArn) => registry.byArn(queueArn).counts(),
    replay: (record) => apply(record as QueueRecord),
    snapshot: () => snapshotOf(registry, tasks, scheduler.now()),
    resume: () => {
      registry.wakeUp();
      tasks.resume();
    },
  };
};
