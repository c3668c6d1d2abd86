import type { Ground } from '../../kernel/engine.ts';
import type { Message, MessageAttributes } from './message.ts';
import type { Queue } from './queue.ts';
import { last, type QueueRecord, type Registry } from './registry.ts';

export interface SendOptions {
  delaySeconds?: number;
  attributes?: MessageAttributes;
  system?: Record<string, string>;
}

/** The synchronous moves every door (SDK, bus, pollers) is made of: each changes the state and writes its record. */
export interface Store {
  send(queue: Queue, body: string, options?: SendOptions): Message;
  take(queue: Queue, max: number, visibilityMs?: number): Message[];
  drop(queue: Queue, ids: string[]): void;
  purge(queue: Queue): void;
}

/** What a message meets when it is received: one tried often enough moves to the dead-letter queue, an old one is forgotten. */
const fate = ({ definition }: Queue, message: Message, now: number): 'take' | 'forget' | 'bury' => {
  if (message.sentAt + definition.retentionMs <= now) return 'forget';
  return definition.redrive && message.count >= definition.redrive.maxReceiveCount ? 'bury' : 'take';
};

export const createStore = ({ scheduler, log }: Ground, registry: Registry): Store => {
  const write = (record: QueueRecord): void => log.write('queues', record);

  const bury = (queue: Queue, id: string): void => {
    const to = last(queue.definition.redrive?.deadLetterArn ?? '', ':');
    write({ op: 'move', queue: queue.definition.name, id, to });
    registry.move(queue, id, to);
  };

  const store: Store = {
    send: (queue, body, { delaySeconds, attributes, system } = {}) => {
      const at = scheduler.now();
      const visibleAt = at + (delaySeconds === undefined ? queue.definition.delayMs : delaySeconds * 1000);
      const record = { op: 'send' as const, queue: queue.definition.name, id: scheduler.uuid(), body, at, visibleAt, attributes, system };
      write(record);
      return registry.add(record);
    },
    take: (queue, max, visibilityMs = queue.definition.visibilityMs) => {
      const at = scheduler.now();
      const taken: Message[] = [];
      while (taken.length < max) {
        const message = queue.next();
        if (!message) break;
        const what = fate(queue, message, at);
        if (what === 'forget') store.drop(queue, [message.id]);
        else if (what === 'bury') bury(queue, message.id);
        else {
          queue.received(message, at, at + visibilityMs);
          taken.push(message);
        }
      }
      if (taken.length > 0) write({ op: 'take', queue: queue.definition.name, ids: taken.map(({ id }) => id), at });
      return taken;
    },
    drop: (queue, ids) => {
      const known = ids.filter((id) => queue.remove(id) !== undefined);
      if (known.length > 0) write({ op: 'drop', queue: queue.definition.name, ids: known });
    },
    purge: (queue) => {
      write({ op: 'purge', queue: queue.definition.name });
      queue.purge();
    },
  };
  return store;
};
