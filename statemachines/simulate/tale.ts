import type { Moment } from '../../shared/contracts/simulation.ts';

/** What a simulation writes down, in the order it happens, with seconds since its start. */
export interface Tale {
  readonly moments: readonly Moment[];
  /** Seconds since the start, to the millisecond. */
  seconds(): number;
  tell(moment: Omit<Moment, 'atS'>): void;
}

export const createTale = (now: () => number): Tale => {
  const began = now();
  const moments: Moment[] = [];
  const seconds = (): number => (now() - began) / 1000;
  return { moments, seconds, tell: (moment) => void moments.push({ atS: seconds(), ...moment }) };
};
