import { createLine } from './line.ts';
import type { Message } from './message.ts';
import type { Order } from './order.ts';

interface Group {
  readonly id: string;
  /** In the order they were sent. */
  readonly messages: Set<Message>;
  inFlight: number;
  /** Stands in the line of groups that can be received from. */
  queued: boolean;
}

/** A FIFO queue: each message group in its order, and nothing of a group while a message of it is in flight. */
export const createFifoOrder = (): Order => {
  const groups = new Map<string, Group>();
  const ready = createLine<Group>();
  let current: Iterator<Message> | undefined;

  const groupOf = ({ system }: Message): Group => {
    const id = system?.['MessageGroupId'] ?? '';
    const known = groups.get(id);
    if (known) return known;
    const fresh: Group = { id, messages: new Set(), inFlight: 0, queued: false };
    groups.set(id, fresh);
    return fresh;
  };
  const dropEmpty = (group: Group): void => {
    if (group.messages.size === 0 && !group.queued) groups.delete(group.id);
  };
  const first = (group: Group): Message | undefined => group.messages.values().next().value;
  const open = (group: Group): boolean => group.inFlight === 0 && first(group)?.state === 'visible';
  const enqueue = (group: Group): boolean => {
    if (group.queued || !open(group)) return false;
    group.queued = true;
    ready.push(group);
    return true;
  };
  /** The next message of the group at hand; a delayed one stops it. */
  const following = (): Message | undefined => {
    const message = current?.next().value as Message | undefined;
    return message?.state === 'visible' ? message : undefined;
  };

  return {
    added: (message) => groupOf(message).messages.add(message),
    shown: (message, was) => {
      const group = groupOf(message);
      if (was === 'in-flight') group.inFlight -= 1;
      return enqueue(group);
    },
    received: (message) => {
      groupOf(message).inFlight += 1;
    },
    removed: (message, was) => {
      const group = groupOf(message);
      group.messages.delete(message);
      if (was === 'in-flight') group.inFlight -= 1;
      dropEmpty(group);
      return enqueue(group);
    },
    begin: () => {
      current = undefined;
    },
    next: () => {
      for (;;) {
        const message = following();
        if (message) return message;
        const group = ready.shift();
        if (!group) return undefined;
        group.queued = false;
        dropEmpty(group);
        current = open(group) ? group.messages.values() : undefined;
      }
    },
    clear: () => {
      groups.clear();
      ready.clear();
      current = undefined;
    },
  };
};
