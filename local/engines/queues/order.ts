import { createLine } from './line.ts';
import type { Message } from './message.ts';

/** In which order a queue gives its visible messages. It is told every change of a message's state, after the change. */
export interface Order {
  added(message: Message): void;
  /** It is visible now. Answers whether something can be received that could not before. */
  shown(message: Message, was: Message['state']): boolean;
  received(message: Message): void;
  /** It is gone; true where that lets others be received. */
  removed(message: Message, was: Message['state']): boolean;
  /** Begins a receive. */
  begin(): void;
  next(): Message | undefined;
  clear(): void;
}

const MANY = 1_024;

/** A standard queue: first come, first served, and nothing waits for anything. */
export const createStandardOrder = (): Order => {
  const line = createLine<Message>();
  /** Places in the line whose message went without being received. */
  let stale = 0;
  return {
    added: () => {},
    shown: (message) => {
      line.push(message);
      return true;
    },
    received: () => {},
    removed: (_message, was) => {
      if (was === 'visible') stale += 1;
      if (stale > MANY && stale * 2 > line.size()) {
        line.keep((message) => message.state === 'visible');
        stale = 0;
      }
      return false;
    },
    begin: () => {},
    next: () => {
      for (let message = line.shift(); message; message = line.shift()) {
        if (message.state === 'visible') return message;
        stale -= 1;
      }
      return undefined;
    },
    clear: () => {
      line.clear();
      stale = 0;
    },
  };
};
