import { AwsError } from '../../kernel/aws-error.ts';
import type { Ground, Serve } from '../../kernel/engine.ts';
import type { Durable } from '../../kernel/log.ts';
import type { QueueProperties } from './definition.ts';
import { handleOf, type Message, md5, systemAttributes } from './message.ts';
import { operations } from './operations.ts';
import { createRegistry, type QueueRecord } from './registry.ts';
import { createStore, type SendOptions } from './store.ts';
import { createWaiting } from './waiting.ts';

export type { QueueProperties } from './definition.ts';
export type { SendOptions } from './store.ts';

/** A message as a poller inside this process sees it. */
export interface TakenMessage {
  readonly id: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly attributes: Record<string, string>;
  readonly messageAttributes: Readonly<Record<string, unknown>>;
}

export interface Queues extends Durable {
  /** Adds or redefines a queue; messages stay. */
  define(properties: QueueProperties): void;
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
  port?: number;
}

/** One request covers 64 KB, as SQS bills. */
const requests = (bodies: readonly string[]): number => Math.max(1, Math.ceil(bodies.reduce((sum, body) => sum + body.length, 0) / 65_536));

const taken = (message: Message, account: string): TakenMessage => ({
  id: message.id,
  receiptHandle: handleOf(message),
  body: message.body,
  md5OfBody: md5(message.body),
  attributes: systemAttributes(message, account),
  messageAttributes: message.attributes ?? {},
});

/** The SQS of the local run: standard queues with visibility timeouts, delays, long polls and redrive. */
export const createQueues = (ground: Ground, { port = 4566 }: QueuesOptions = {}): Queues => {
  const { log, scheduler, account, meter } = ground;
  const registry = createRegistry(ground, (queue) => waiting.visible(queue));
  const store = createStore(ground, registry);
  const waiting = createWaiting(scheduler, store.take);
  const served = operations(registry, store, waiting, ground, port);

  return {
    name: 'queues',
    define: (properties) => {
      registry.define(properties);
    },
    serve: async (operation, input) => {
      const run = Object.hasOwn(served, operation) ? served[operation] : undefined;
      if (!run) throw new AwsError('UnknownOperationException', `The local SQS does not serve ${operation}.`);
      meter('sqs', 'requests', 1);
      const answer = await run(input);
      await log.settled();
      return answer;
    },
    arnOf: (name) => registry.byUrl(name).definition.arn,
    send: (queueArn, body, options) => {
      meter('sqs', 'requests', requests([body]));
      return store.send(registry.byArn(queueArn), body, options).id;
    },
    take: (queueArn, max) => {
      const messages = store.take(registry.byArn(queueArn), max);
      if (messages.length > 0) meter('sqs', 'requests', requests(messages.map(({ body }) => body)));
      return messages.map((message) => taken(message, account));
    },
    settle: (queueArn, done, failed = [], failedAfterMs) => {
      const queue = registry.byArn(queueArn);
      const own = (messages: readonly TakenMessage[]): Message[] =>
        messages.flatMap(({ id, receiptHandle }) => {
          const message = queue.messages.get(id);
          return message && handleOf(message) === receiptHandle ? [message] : [];
        });
      if (done.length > 0) meter('sqs', 'requests', 1);
      store.drop(
        queue,
        own(done).map(({ id }) => id),
      );
      if (failedAfterMs === undefined) return;
      for (const message of own(failed)) if (message.state === 'in-flight') queue.showAt(message, scheduler.now() + failedAfterMs);
    },
    onVisible: (queueArn, listener) => waiting.listen(registry.byArn(queueArn), listener),
    counts: (queueArn) => registry.byArn(queueArn).counts(),
    replay: (record) => registry.apply(record as QueueRecord),
    snapshot: registry.snapshot,
    resume: () => {
      for (const queue of registry.all()) queue.wakeUp();
    },
  };
};
