import { Frame, type Message, type Standing } from '../shared/contracts/channel.ts';
import type { Filter } from '../shared/contracts/filter.ts';
import { ServerWord } from '../shared/contracts/words.ts';
import { fits } from '../shared/domain/sift.ts';
import type { Wire } from './dial.ts';
import type { Sequence } from './sequence.ts';
import type { Timers } from './timers.ts';

export interface Telling {
  readonly filter?: Filter | undefined;
  /** Each message once, in the order of its number. */
  readonly onMessage: (message: Message) => void;
  /** What stands now, where messages were lost for good: it stands in their place, and messages go on from there. */
  readonly onSnapshot?: ((items: readonly Standing[], whole: boolean) => void) | undefined;
  /** The connection was lost, or something was refused. It is dialled again in any case, until `close`. */
  readonly onTrouble?: ((why: string) => void) | undefined;
}

interface Talk extends Telling {
  readonly wire: Wire;
  readonly sequence: Sequence;
  readonly after: Timers['after'];
}

/** What is said over one connection, and ends with it. */
export interface Conversation {
  begin(): void;
  hear(word: Frame | ServerWord): void;
  end(): void;
}

/** API Gateway ends a connection on which nothing was said for ten minutes. */
const PING_MS = 4 * 60_000;
/** An answer that has not come by then does not come. */
const PATIENCE_MS = 10_000;

/** What a text from the wire is; undefined for whatever else a server may say. */
export const wordOf = (text: string): Frame | ServerWord | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return Frame.safeParse(value).data ?? ServerWord.safeParse(value).data;
  } catch {
    return undefined;
  }
};

/** Asks for what is missing, until nothing is: one question at a time, and one that nobody answers ends the connection. */
export const converse = ({ wire, sequence, after, filter, onMessage, onSnapshot, onTrouble }: Talk): Conversation => {
  let unanswered: (() => void) | undefined;
  let calledOff = (): void => {};
  const parts: Standing[] = [];

  const tell = (messages: readonly Message[]): void => {
    for (const message of messages) if (!filter || fits(message, filter)) onMessage(message);
  };
  const answered = (): void => {
    unanswered?.();
    unanswered = undefined;
  };
  const ask = (word: object): void => {
    answered();
    unanswered = after(PATIENCE_MS, () => wire.close());
    wire.send(JSON.stringify(word));
  };
  /** Where it is not known yet where to begin, the answer to a ping says it. */
  const catchUp = (): void => {
    const from = sequence.next();
    ask(from === undefined ? { action: 'ping' } : { action: 'resume', from });
  };

  const frame = (word: Frame): void => {
    tell(sequence.take(word));
    if (sequence.hasHole() && !unanswered) catchUp();
  };
  const standsAt = (next: number): void => {
    answered();
    if (sequence.next() === undefined) tell(sequence.begin(next));
    if ((sequence.next() ?? next) < next || sequence.hasHole()) catchUp();
  };
  const snapshot = (word: Extract<ServerWord, { snapshot: unknown }>): void => {
    parts.push(...word.snapshot);
    if (word.part < word.of) return;
    onSnapshot?.(parts.splice(0), word.whole);
    tell(sequence.begin(word.next));
  };
  const keepAlive = (): void => {
    calledOff = after(PING_MS, () => {
      if (!unanswered) ask({ action: 'ping' });
      keepAlive();
    });
  };

  return {
    /** What is asked for after the filter stands is told by it. */
    begin: () => {
      if (filter) ask({ action: 'subscribe', filter });
      else catchUp();
      keepAlive();
    },
    hear: (word) => {
      if ('to' in word) frame(word);
      else if ('subscribed' in word || 'more' in word) catchUp();
      else if ('pong' in word || 'resumed' in word) standsAt(word.next);
      else if ('snapshot' in word) snapshot(word);
      else if ('error' in word) onTrouble?.(word.error);
    },
    end: () => {
      answered();
      calledOff();
    },
  };
};
