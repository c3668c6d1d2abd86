import type { Scheduler } from '../../kernel/scheduler.ts';
import type { QueueDefinition } from './definition.ts';
import { createLine } from './line.ts';
import type { Message } from './message.ts';

/** The state of one queue. Every operation costs the messages it names, never the messages that lie there. */
export interface Queue {
  definition: QueueDefinition;
  readonly messages: ReadonlyMap<string, Message>;
  counts(): { visible: number; inFlight: number; delayed: number };
  add(message: Message): void;
  remove(id: string): Message | undefined;
  /** The next visible message, still counted as visible; stale places in the line are skipped. */
  next(): Message | undefined;
  /** Notes a receive. */
  received(message: Message, at: number, visibleAt: number): void;
  /** Makes an in-flight or delayed message visible at a later time, or now. */
  showAt(message: Message, at: number): void;
  purge(): void;
  /** Ends replay: what was in flight is visible, what is delayed gets its timer. */
  wakeUp(): void;
}

export const createQueue = (definition: QueueDefinition, scheduler: Scheduler, visible: (queue: Queue) => void): Queue => {
  const messages = new Map<string, Message>();
  const line = createLine<Message>();
  const counts = { visible: 0, 'in-flight': 0, delayed: 0 };
  let live = false;

  const become = (message: Message, state: Message['state']): void => {
    counts[message.state] -= 1;
    counts[state] += 1;
    message.state = state;
    message.cancel?.();
    message.cancel = undefined;
  };
  const show = (message: Message): void => {
    become(message, 'visible');
    line.push(message);
    if (live) visible(queue);
  };
  const arm = (message: Message): void => {
    message.cancel?.();
    message.cancel = live ? scheduler.after(Math.max(0, message.visibleAt - scheduler.now()), () => show(message)) : undefined;
  };

  const queue: Queue = {
    definition,
    messages,
    counts: () => ({ visible: counts.visible, inFlight: counts['in-flight'], delayed: counts.delayed }),
    add: (message) => {
      messages.set(message.id, message);
      counts[message.state] += 1;
      if (message.state === 'visible') {
        line.push(message);
        if (live) visible(queue);
      } else arm(message);
    },
    remove: (id) => {
      const message = messages.get(id);
      if (!message) return undefined;
      message.cancel?.();
      counts[message.state] -= 1;
      messages.delete(id);
      return message;
    },
    next: () => {
      for (let message = line.shift(); message; message = line.shift()) {
        if (message.state === 'visible' && messages.get(message.id) === message) return message;
      }
      return undefined;
    },
    received: (message, at, visibleAt) => {
      become(message, 'in-flight');
      message.count += 1;
      message.firstReceivedAt ??= at;
      message.visibleAt = visibleAt;
      arm(message);
    },
    showAt: (message, at) => {
      message.visibleAt = at;
      if (at <= scheduler.now()) show(message);
      else arm(message);
    },
    purge: () => {
      for (const message of messages.values()) message.cancel?.();
      messages.clear();
      line.clear();
      Object.assign(counts, { visible: 0, 'in-flight': 0, delayed: 0 });
    },
    wakeUp: () => {
      live = true;
      line.clear();
      for (const message of messages.values()) {
        if (message.state === 'delayed') arm(message);
        else show(message);
      }
    },
  };
  return queue;
};
