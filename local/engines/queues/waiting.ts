import type { Scheduler } from '../../kernel/scheduler.ts';
import type { Message } from './message.ts';
import type { Queue } from './queue.ts';

interface Waiter {
  readonly max: number;
  readonly visibilityMs: number | undefined;
  readonly answer: (messages: Message[]) => void;
}

/** Long polls and listeners: told in the turn after a message became visible, the longest waiting first. */
export interface Waiting {
  visible(queue: Queue): void;
  poll(queue: Queue, max: number, waitMs: number, visibilityMs: number | undefined): Promise<Message[]>;
  listen(queue: Queue, listener: () => void): () => void;
}

type Take = (queue: Queue, max: number, visibilityMs?: number) => Message[];

export const createWaiting = (scheduler: Scheduler, take: Take): Waiting => {
  const waiters = new Map<string, Set<Waiter>>();
  const listeners = new Map<string, Set<() => void>>();
  const due = new Set<Queue>();

  const of = <T>(map: Map<string, Set<T>>, queue: Queue): Set<T> => {
    const known = map.get(queue.definition.name) ?? new Set<T>();
    map.set(queue.definition.name, known);
    return known;
  };
  const serve = (queue: Queue): void => {
    due.delete(queue);
    for (const waiter of of(waiters, queue)) {
      const messages = take(queue, waiter.max, waiter.visibilityMs);
      if (messages.length === 0) break;
      waiter.answer(messages);
    }
    for (const listener of of(listeners, queue)) listener();
  };

  return {
    visible: (queue) => {
      if (due.has(queue)) return;
      due.add(queue);
      scheduler.after(0, () => serve(queue));
    },
    poll: (queue, max, waitMs, visibilityMs) => {
      const now = take(queue, max, visibilityMs);
      if (now.length > 0 || waitMs === 0) return Promise.resolve(now);
      return new Promise((resolve) => {
        const answer = (messages: Message[]): void => {
          callOff();
          of(waiters, queue).delete(waiter);
          resolve(messages);
        };
        const waiter: Waiter = { max, visibilityMs, answer };
        const callOff = scheduler.after(waitMs, () => answer([]));
        of(waiters, queue).add(waiter);
      });
    },
    listen: (queue, listener) => {
      of(listeners, queue).add(listener);
      return () => of(listeners, queue).delete(listener);
    },
  };
};
