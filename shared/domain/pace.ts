import type { SourceSpec } from '../sources/index.ts';

/** A source's promise in whole microseconds: `slot` from one turn to the next, `burst` turns that may be saved up, `buffer` events that may wait. */
export interface Pace {
  readonly slot: number;
  readonly burst: number;
  readonly buffer: number;
}

/** Rounded up: a source may be a millionth slower than its promise, never faster. */
export const paceOf = ({ rate, buffer }: Pick<SourceSpec, 'rate' | 'buffer'>): Pace => ({
  slot: Math.ceil(1_000_000 / rate.perSecond),
  burst: rate.burst,
  buffer,
});

/** The oldest turn that an idle source still has, so many that `burst` of them have come (`now` and answer in microseconds). */
export const floorOf = ({ slot, burst }: Pace, now: number): number => now - (burst - 1) * slot;

/**
 * How many events wait when `next` is the turn that is given next (both in microseconds since the epoch). Turns that CRITICAL events
 * took of the others are counted as if someone waited for them, so it may say too many and never too few.
 */
export const waitingAt = ({ slot }: Pace, next: number, now: number): number => Math.max(0, Math.ceil((next - now) / slot - 1));
