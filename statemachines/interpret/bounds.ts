import type jsonata from 'jsonata';
import { WORLD, type World } from './functions.ts';

/** How far one evaluation may go: nodes evaluated, and nodes within nodes. AWS gives an expression one second, and less depth. */
export const MOST_STEPS = 1_000_000;
export const MOST_DEPTH = 2_000;

/** A frame of names of JSONata. Only the one that an evaluation begins with counts and tells the time. */
interface Frame {
  readonly base?: Frame;
  readonly depth: number;
  lookup(name: string): unknown;
}

/** Called by JSONata for each frame it makes, before it fills it. */
const PUSHED = Symbol.for('jsonata.__createFrame_push');

const tooLong = (): never => {
  throw new Error('Expression evaluation timeout');
};

const tooDeep = (): never => {
  throw { code: 'D1011', value: MOST_DEPTH };
};

/**
 * Bounds an evaluation, and gives it the world's time where JSONata would take the machine's: JSONata calls `guardrails` of an
 * evaluation's first frame at every node, and reads its `timestamp` when a date leaves parts out.
 */
const fence = (outer: Frame, frame: Frame): void => {
  if (outer.base) return;
  let steps = 0;
  const guardrails = (): void => {
    steps += 1;
    if (steps > MOST_STEPS) tooLong();
    if (frame.depth > MOST_DEPTH) tooDeep();
  };
  const timestamp = (): Date => new Date((frame.lookup(WORLD) as World).now);
  // JSONata puts its own over these; what it puts is not wanted.
  Object.defineProperties(frame, {
    guardrails: { get: () => guardrails, set: () => {} },
    timestamp: { get: timestamp, set: () => {} },
  });
};

/** Puts the bounds under an expression. */
export const bound = (expression: jsonata.Expression): void => expression.assign(PUSHED as unknown as string, fence);
