import type { Frame, Message } from '../shared/contracts/channel.ts';

/** Frames ahead of a hole that are kept until it is filled; more come again with the resume. */
const MOST_HELD = 200;

/** The messages of a channel in their order, each once, out of frames that come in any order, twice, or not at all. */
export interface Sequence {
  /** The number that is expected next; undefined until it is known where to begin. */
  next(): number | undefined;
  /** What a frame lets be told now. */
  take(frame: Frame): Message[];
  /** Whether frames are held that cannot be told yet, for something before them is missing. */
  hasHole(): boolean;
  /** Goes on at `next`: what stands there came as a snapshot. */
  begin(next: number): Message[];
}

export const createSequence = (from?: number): Sequence => {
  let next = from;
  let held: Frame[] = [];

  /** What of this frame was not told yet, where nothing before it is missing. */
  const tell = (frame: Frame, expected: number): Message[] => {
    next = Math.max(expected, frame.to + 1);
    return frame.messages.filter(({ seq }) => seq >= expected);
  };
  const drain = (): Message[] => {
    const told: Message[] = [];
    held.sort((a, b) => a.from - b.from);
    for (let [first] = held; first && next !== undefined && first.from <= next; [first] = held) {
      told.push(...tell(first, next));
      held = held.slice(1);
    }
    return told;
  };

  return {
    next: () => next,
    hasHole: () => held.length > 0,
    take: (frame) => {
      next ??= frame.from;
      held.push(frame);
      const told = drain();
      held = held.slice(0, MOST_HELD);
      return told;
    },
    begin: (at) => {
      next = at;
      return drain();
    },
  };
};
