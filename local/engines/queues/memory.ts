import type { Message } from './message.ts';
import type { MoveTasks } from './move-tasks.ts';
import type { Queue } from './queue.ts';
import type { QueueRecord, SendRecord } from './records.ts';
import { type Known, type Registry, sequenceOf } from './registry.ts';

const UNRECEIVED = { count: 0, cutOff: 0, held: false, firstReceivedAt: undefined, again: false };

/** Puts a sent message into its queue. */
export const addSent = (queue: Queue, { id, body, at, visibleAt = at, attributes, system, key }: SendRecord): Message => {
  const message: Message = {
    id,
    body,
    sentAt: at,
    attributes,
    system,
    state: visibleAt > at ? 'delayed' : 'visible',
    visibleAt,
    ...UNRECEIVED,
  };
  if (key !== undefined) {
    queue.sequence = sequenceOf(message);
    queue.deduplication.note(key, { id, sequence: system?.['SequenceNumber'] ?? '', at });
  }
  queue.add(message);
  return message;
};

/** Carries a message to its dead-letter queue. A FIFO queue counts its age anew, a standard one does not. */
export const bury = (from: Queue, id: string, to: Queue, at: number): void => {
  const message = from.remove(id);
  if (!message) return;
  to.add({
    ...message,
    sentAt: to.definition.fifo ? at : message.sentAt,
    system: { ...message.system, DeadLetterQueueSourceArn: from.definition.arn },
    state: 'visible',
    ...UNRECEIVED,
  });
};

const named = (queue: Queue, ids: readonly string[]): Message[] => ids.flatMap((id) => queue.messages.get(id) ?? []);

/** What each record of the log does to the queues. */
export const applying = (registry: Registry, tasks: MoveTasks): ((record: QueueRecord) => void) => {
  const toQueue = (record: Exclude<QueueRecord, { op: 'task' | 'create' }>, known: Known): void => {
    const { queue } = known;
    switch (record.op) {
      case 'send':
        addSent(queue, record);
        break;
      case 'message':
        queue.add({ ...record, cutOff: record.cutOff ?? 0, held: record.held ?? false, again: false });
        break;
      case 'take':
        for (const message of named(queue, record.ids)) queue.received(message, record.at, record.at);
        break;
      case 'release':
        for (const message of named(queue, record.ids)) message.held = false;
        break;
      case 'drop':
        for (const id of record.ids) queue.remove(id);
        break;
      case 'move':
        bury(queue, record.id, registry.find(record.to)?.queue ?? queue, record.at);
        break;
      case 'purge':
        queue.purge();
        break;
      case 'attributes':
        registry.redefine(known, record.attributes, record.at);
        break;
      case 'tags':
        known.tags = record.tags;
        known.changed = true;
        break;
      case 'delete':
        registry.delete(record.queue);
        break;
      case 'fifo':
        queue.sequence = record.sequence;
        for (const [key, sent] of record.sent) queue.deduplication.note(key, sent);
        break;
    }
  };
  return (record) => {
    if (record.op === 'task') tasks.apply(record.task);
    else if (record.op === 'create') {
      registry.delete(record.queue);
      registry.create(record.queue, record.attributes, record.tags, record.at).modifiedAt = record.modifiedAt ?? record.at;
    } else {
      const known = registry.find(record.queue);
      // A queue that the template no longer has takes its messages with it, as deleting it in AWS would.
      if (known) toQueue(record, known);
    }
  };
};

const aboutQueue = ({ queue, template, changed, tags, createdAt, modifiedAt }: Known): QueueRecord[] => {
  const { name, attributes } = queue.definition;
  if (!changed) return [];
  if (!template) return [{ op: 'create', queue: name, attributes, tags, at: createdAt, modifiedAt }];
  return [
    { op: 'attributes', queue: name, attributes, at: modifiedAt },
    { op: 'tags', queue: name, tags },
  ];
};

const message = (queue: string, known: Message): QueueRecord => {
  const { id, body, sentAt, attributes, system, state, visibleAt, count, cutOff, held, firstReceivedAt } = known;
  return {
    op: 'message',
    queue,
    id,
    body,
    sentAt,
    attributes,
    system,
    state,
    visibleAt,
    count,
    firstReceivedAt,
    ...(cutOff > 0 && { cutOff }),
    ...(held && { held }),
  };
};

/** Everything the queues are, as records. */
export const snapshotOf = (registry: Registry, tasks: MoveTasks, now: number): QueueRecord[] => [
  ...Array.from(registry.gone, (queue): QueueRecord => ({ op: 'delete', queue })),
  ...[...registry.all()].flatMap((known): QueueRecord[] => {
    const { queue } = known;
    const { name, fifo } = queue.definition;
    queue.sweep();
    return [
      ...aboutQueue(known),
      ...Array.from(queue.messages.values(), (one) => message(name, one)),
      ...(fifo && queue.sequence > 0
        ? [{ op: 'fifo' as const, queue: name, sequence: queue.sequence, sent: queue.deduplication.all(now) }]
        : []),
    ];
  }),
  ...tasks.all().map((task): QueueRecord => ({ op: 'task', task })),
];
