import { type Conversation, converse, type Telling, wordOf } from './conversation.ts';
import type { Dial, Wire } from './dial.ts';
import { createSequence } from './sequence.ts';
import type { Timers } from './timers.ts';

export interface Follower {
  /** The number of the message that comes next, to follow on from later; undefined before anything was heard. */
  next(): number | undefined;
  close(): void;
}

export interface FollowOptions extends Telling {
  readonly dial: Dial;
  readonly timers: Timers;
  /** Where to begin: with this message; without it, with whatever comes next. */
  readonly from?: number | undefined;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 30_000;

/** A wait of a random part of a doubling time: clients that were dropped together do not come back together. */
const backoff = (failures: number, random: () => number): number =>
  Math.floor(random() * Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS));

/**
 * Follows a channel over as many connections as it takes. Resolves when the first one stands, and rejects where that is refused;
 * from then on it dials again, resumes where it was, and asks for whatever is missing.
 */
export const openFollower = async ({ dial, timers, from, ...telling }: FollowOptions): Promise<Follower> => {
  const sequence = createSequence(from);
  let line: { readonly wire: Wire; readonly conversation: Conversation } | undefined;
  let wanted = true;
  let failures = 0;

  const again = (why: string): void => {
    if (!wanted) return;
    telling.onTrouble?.(why);
    failures += 1;
    timers.after(backoff(failures, timers.random), () => {
      if (wanted) connect().catch((error: Error) => again(error.message));
    });
  };

  const connect = async (): Promise<void> => {
    let conversation: Conversation | undefined;
    let ended: string | undefined;
    const wire = await dial({
      // What comes before the conversation has begun comes again, with the first resume.
      text: (text) => {
        const word = wordOf(text);
        if (!word) return;
        failures = 0;
        conversation?.hear(word);
      },
      closed: (why) => {
        if (ended !== undefined) return;
        ended = why;
        conversation?.end();
        if (conversation) again(why);
      },
    });
    if (ended !== undefined) throw new Error(ended);
    if (!wanted) return wire.close();
    conversation = converse({ wire, sequence, after: timers.after, ...telling });
    line = { wire, conversation };
    conversation.begin();
  };

  await connect();
  return {
    next: sequence.next,
    close: () => {
      wanted = false;
      line?.conversation.end();
      line?.wire.close();
    },
  };
};
