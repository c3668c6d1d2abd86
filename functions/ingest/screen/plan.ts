import type { Pace } from '../../../shared/domain/pace.ts';
import type { Lane } from './lanes.ts';

/** now: takes a turn that has come. later: takes one that has not. ahead: goes through without one. */
export type Outcome = 'now' | 'later' | 'ahead' | 'shed';

/** `turns` are taken, and hold for every `next` turn with `above` < next ≤ `upTo`: within these bounds each outcome is the same. */
export interface Plan {
  readonly outcomes: readonly Outcome[];
  readonly turns: number;
  readonly above: number;
  readonly upTo: number;
}

/** How many may wait for an event of this lane to find room. */
export const limitOf = ({ buffer }: Pace, { share }: Lane): number => Math.floor(buffer * share);

/**
 * The generic cell rate algorithm for a batch: `next` is the next turn of the source that nobody has (its theoretical arrival
 * time), and each event of the batch takes one after the other. `lanes` come in the order in which turns are taken. Pure.
 */
export const planFor = (pace: Pace, lanes: readonly Lane[], next: number, now: number): Plan => {
  let turns = 0;
  let above = Number.NEGATIVE_INFINITY;
  let upTo = Number.POSITIVE_INFINITY;
  /** Whether the turn of this event is at most `slots` ahead, and so for every `next` within the bounds. */
  const within = (slots: number): boolean => {
    const edge = now + (slots - turns) * pace.slot;
    if (next <= edge) upTo = Math.min(upTo, edge);
    else above = Math.max(above, edge);
    return next <= edge;
  };
  const outcomes = lanes.map((lane): Outcome => {
    const room = limitOf(pace, lane);
    const outcome = !lane.waits ? (within(room) ? 'now' : 'ahead') : within(0) ? 'now' : within(room) ? 'later' : lane.beyond;
    if (outcome === 'now' || outcome === 'later') turns += 1;
    return outcome;
  });
  return { outcomes, turns, above, upTo };
};
