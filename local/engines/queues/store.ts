import type { Ground } from '../../kernel/engine.ts';
import { allowsRedrive } from './attribute-rules.ts';
import { addSent, bury } from './memory.ts';
import { type Message, receives } from './message.ts';
import type { Queue } from './queue.ts';
import type { QueueRecord, SendRecord } from './records.ts';
import type { Registry } from './registry.ts';
import { fifoIdentity, nextSequence, type SendOptions } from './sending.ts';

/** A message that was sent, or the one that stands for it because a FIFO queue knows it already. */
export interface Sending {
  readonly id: string;
  readonly sequence: string | undefined;
}

/** The synchronous moves every door (SDK, bus, pollers) is made of: each changes the state and writes its record. */
export interface Store {
  send(queue: Queue, body: string, options?: SendOptions): Sending;
  take(queue: Queue, max: number, visibilityMs?: number): Message[];
  /** What its consumer deletes. */
  drop(queue: Queue, ids: string[]): void;
  /** Sends a dead message on as a new one. */
  redrive(from: Queue, message: Message, to: Queue): void;
  purge(queue: Queue): void;
}

/** A message may be what kills the machine; by then it is. */
const MOST_CUT_OFF = 20;

/** What a message meets when it is received: one tried often enough moves to the dead-letter queue, an old one is forgotten. */
const fate = ({ definition }: Queue, message: Message, now: number): 'take' | 'forget' | 'bury' => {
  if (message.sentAt + definition.retentionMs <= now) return 'forget';
  const given = definition.redrive && (receives(message) >= definition.redrive.maxReceiveCount || message.cutOff >= MOST_CUT_OFF);
  return given ? 'bury' : 'take';
};

export const createStore = ({ scheduler, log, faults }: Ground, registry: Registry): Store => {
  const write = (record: QueueRecord): void => log.write('queues', record);

  const put = (queue: Queue, record: SendRecord): string => {
    write(record);
    return addSent(queue, record).id;
  };
  const sendFifo = (queue: Queue, body: string, options: SendOptions, at: number): Sending => {
    const { groupId, deduplicationId, key } = fifoIdentity(queue, body, options);
    const known = queue.deduplication.find(key, at);
    if (known) return known;
    const { name, delayMs } = queue.definition;
    const sequence = nextSequence(queue);
    const system = { ...options.system, MessageGroupId: groupId, MessageDeduplicationId: deduplicationId, SequenceNumber: sequence };
    const visibleAt = delayMs > 0 ? at + delayMs : undefined;
    const { attributes } = options;
    const id = put(queue, { op: 'send', queue: name, id: scheduler.uuid(), body, at, visibleAt, attributes, system, key });
    return { id, sequence };
  };
  const buryAt = (queue: Queue, id: string, at: number): boolean => {
    const { name, arn, redrive } = queue.definition;
    const to = registry.find(redrive?.deadLetterArn.split(':').at(-1) ?? '');
    if (!to || !allowsRedrive(to.queue.definition.attributes['RedriveAllowPolicy'], arn)) return false;
    write({ op: 'move', queue: name, id, to: to.queue.definition.name, at });
    bury(queue, id, to.queue, at);
    return true;
  };
  /** Asks what goes wrong with a receive; true where the message comes later instead. */
  const disturbed = (queue: Queue, message: Message, at: number): boolean => {
    if (!faults || queue.definition.fifo) return false;
    const fault = faults.delivery(queue.definition.arn);
    if (fault?.kind === 'delay') queue.showAt(message, at + fault.ms);
    else if (fault?.kind === 'duplicate') message.again = true;
    return fault?.kind === 'delay';
  };
  const receive = (queue: Queue, max: number, at: number, visibilityMs: number): Message[] => {
    const taken: Message[] = [];
    for (const message of queue.receivable()) {
      const what = fate(queue, message, at);
      if (what === 'forget') queue.remove(message.id);
      else if (!(what === 'bury' && buryAt(queue, message.id, at)) && !disturbed(queue, message, at)) {
        queue.received(message, at, at + visibilityMs);
        taken.push(message);
        if (taken.length === max) break;
      }
    }
    return taken;
  };

  return {
    send: (queue, body, options = {}) => {
      const at = scheduler.now();
      if (queue.definition.fifo) return sendFifo(queue, body, options, at);
      const { name, delayMs } = queue.definition;
      const delay = options.delaySeconds === undefined ? delayMs : options.delaySeconds * 1000;
      const system = options.groupId === undefined ? options.system : { ...options.system, MessageGroupId: options.groupId };
      const visibleAt = delay > 0 ? at + delay : undefined;
      const id = put(queue, { op: 'send', queue: name, id: scheduler.uuid(), body, at, visibleAt, attributes: options.attributes, system });
      return { id, sequence: undefined };
    },
    take: (queue, max, visibilityMs = queue.definition.visibilityMs) => {
      const at = scheduler.now();
      const taken = receive(queue, max, at, visibilityMs);
      if (taken.length > 0) write({ op: 'take', queue: queue.definition.name, ids: taken.map(({ id }) => id), at });
      return taken;
    },
    drop: (queue, ids) => {
      const done: string[] = [];
      for (const id of ids) {
        const message = queue.messages.get(id);
        if (!message) continue;
        if (message.again) {
          message.again = false;
          queue.showAt(message, scheduler.now());
        } else {
          queue.remove(id);
          done.push(id);
        }
      }
      if (done.length > 0) write({ op: 'drop', queue: queue.definition.name, ids: done });
    },
    redrive: (from, message, to) => {
      const { MessageGroupId, MessageDeduplicationId, SequenceNumber: _, DeadLetterQueueSourceArn: __, ...system } = message.system ?? {};
      write({ op: 'drop', queue: from.definition.name, ids: [message.id] });
      from.remove(message.id);
      const id = scheduler.uuid();
      const record = {
        op: 'send' as const,
        queue: to.definition.name,
        id,
        body: message.body,
        at: scheduler.now(),
        attributes: message.attributes,
      };
      const group = MessageGroupId === undefined ? system : { ...system, MessageGroupId };
      if (!to.definition.fifo) put(to, { ...record, system: group });
      else {
        const key = MessageDeduplicationId ?? id;
        put(to, { ...record, system: { ...group, MessageDeduplicationId: key, SequenceNumber: nextSequence(to) }, key });
      }
    },
    purge: (queue) => {
      write({ op: 'purge', queue: queue.definition.name });
      queue.purge();
    },
  };
};
