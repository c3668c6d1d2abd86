import type { Clock } from '../../shared/lambda/runtime.ts';

const FIRST_REST_MS = 5_000;
const LONGEST_REST_MS = 60_000;

interface Rest {
  readonly until: number;
  readonly ms: number;
  /** The first message it was not given. */
  readonly from: number;
}

/**
 * Who did not take what was pushed is left alone for a while, twice as long each time, and then told where to resume: one
 * slow reader costs a push now and then and holds nobody up. Each instance of the room knows this for itself.
 */
export const createPatience = (clock: Clock) => {
  const resting = new Map<string, Rest>();
  return {
    isResting: (id: string): boolean => (resting.get(id)?.until ?? 0) > clock.now(),
    /** Where it is to resume, if anything was kept from it. */
    missed: (id: string): number | undefined => resting.get(id)?.from,
    tookAll: (id: string): void => {
      resting.delete(id);
    },
    refused: (id: string, from: number): void => {
      const { ms, from: first } = resting.get(id) ?? { ms: FIRST_REST_MS / 2, from };
      const longer = Math.min(2 * ms, LONGEST_REST_MS);
      resting.set(id, { until: clock.now() + longer, ms: longer, from: Math.min(first, from) });
    },
    /** Forgets whoever has not been kept waiting for so long that they must be gone. */
    tidy: (): void => {
      for (const [id, { until }] of resting) if (until + LONGEST_REST_MS < clock.now()) resting.delete(id);
    },
  };
};
