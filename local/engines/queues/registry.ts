import { AwsError } from '../../kernel/aws-error.ts';
import type { Ground } from '../../kernel/engine.ts';
import { definitionOf, type QueueProperties } from './definition.ts';
import type { Message, MessageAttributes } from './message.ts';
import { Queue } from './queue.ts';

/** What the log keeps. Visibility changes are not kept: after a restart everything in flight is visible. */
export type QueueRecord =
  | {
      op: 'send';
      queue: string;
      id: string;
      body: string;
      at: number;
      visibleAt: number;
      attributes?: MessageAttributes;
      system?: Record<string, string>;
    }
  /** What a snapshot says of a message: a send with the receives behind it. */
  | ({ op: 'message'; queue: string } & Omit<Message, 'cancel'>)
  | { op: 'take'; queue: string; ids: string[]; at: number }
  | { op: 'drop'; queue: string; ids: string[] }
  | { op: 'move'; queue: string; id: string; to: string }
  | { op: 'purge'; queue: string };

/** All queues by name and ARN, and what each record does to them. */
export interface Registry {
  define(properties: QueueProperties): void;
  byArn(arn: string): Queue;
  byUrl(url: unknown): Queue;
  all(): Iterable<Queue>;
  add(record: Extract<QueueRecord, { op: 'send' }>): Message;
  move(from: Queue, id: string, to: string): void;
  apply(record: QueueRecord): void;
  /** Every message as a record, in the order of its queue. */
  snapshot(): QueueRecord[];
}

export const last = (text: string, separator: string): string => text.slice(text.lastIndexOf(separator) + 1);

const NEW = { count: 0, firstReceivedAt: undefined, cancel: undefined };

const absent = (): AwsError => new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');

const take = (queue: Queue, { ids, at }: Extract<QueueRecord, { op: 'take' }>): void => {
  for (const id of ids) {
    const message = queue.messages.get(id);
    if (message) queue.received(message, at, at);
  }
};

export const createRegistry = ({ scheduler, region, account }: Ground, visible: (queue: Queue) => void): Registry => {
  const byName = new Map<string, Queue>();
  const named = (name: string): Queue => {
    const queue = byName.get(name);
    if (!queue) throw absent();
    return queue;
  };

  const registry: Registry = {
    define: (properties) => {
      const definition = definitionOf(properties, `arn:aws:sqs:${region}:${account}:${properties.QueueName}`);
      const known = byName.get(definition.name);
      if (known) known.definition = definition;
      else byName.set(definition.name, new Queue(definition, scheduler, visible));
    },
    byArn: (arn) => named(last(arn, ':')),
    byUrl: (url) => {
      if (typeof url !== 'string') throw new AwsError('MissingParameter', 'The request must contain the parameter QueueUrl.');
      return named(last(url, '/'));
    },
    all: () => byName.values(),
    add: ({ queue, id, body, at, visibleAt, attributes, system = {} }) => {
      const message: Message = {
        id,
        body,
        sentAt: at,
        attributes,
        system,
        state: visibleAt > at ? 'delayed' : 'visible',
        visibleAt,
        ...NEW,
      };
      named(queue).add(message);
      return message;
    },
    move: (from, id, to) => {
      const message = from.remove(id);
      if (!message) return;
      const system = { ...message.system, DeadLetterQueueSourceArn: from.definition.arn };
      named(to).add({ ...message, system, state: 'visible', ...NEW });
    },
    apply: (record) => {
      // A queue that the template no longer has takes its messages with it, as deleting it in AWS would.
      const queue = byName.get(record.queue);
      if (!queue) return;
      if (record.op === 'send') registry.add(record);
      else if (record.op === 'message') queue.add({ ...record, cancel: undefined });
      else if (record.op === 'move') registry.move(queue, record.id, byName.has(record.to) ? record.to : record.queue);
      else if (record.op === 'purge') queue.purge();
      else if (record.op === 'drop') for (const id of record.ids) queue.remove(id);
      else take(queue, record);
    },
    snapshot: () =>
      [...byName.values()].flatMap(({ definition, messages }) =>
        Array.from(messages.values(), ({ cancel: _, ...message }): QueueRecord => ({ op: 'message', queue: definition.name, ...message })),
      ),
  };
  return registry;
};
