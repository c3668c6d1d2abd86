import type { Plan } from './plan.ts';
import type { RunResult } from './run.ts';

/** Runs that shrinking may cost. */
const LIMIT = 150;

const without = <T>(list: readonly T[], from: number, count: number): T[] => [...list.slice(0, from), ...list.slice(from + count)];

/**
 * Takes faults and happenings away, many at once and then one by one, as long as an invariant that was violated still is.
 * Faults are "the n-th time at this place", so a plan that lost others still is a plan.
 */
export const shrink = async (run: (plan: Plan) => Promise<RunResult>, plan: Plan): Promise<{ plan: Plan; result: RunResult }> => {
  let best = { plan, result: await run(plan) };
  const wanted = new Set(best.result.violations.map(({ invariant }) => invariant));
  let runs = 1;
  const better = async (candidate: Plan): Promise<boolean> => {
    runs += 1;
    const result = await run(candidate);
    if (!result.violations.some(({ invariant }) => wanted.has(invariant))) return false;
    best = { plan: candidate, result };
    return true;
  };
  const reduce = async <K extends 'faults' | 'happenings'>(part: K): Promise<void> => {
    for (let size = Math.max(1, Math.floor(best.plan[part].length / 2)); size >= 1; size = Math.floor(size / 2)) {
      for (let from = 0; from < best.plan[part].length && runs < LIMIT; ) {
        if (!(await better({ ...best.plan, [part]: without<unknown>(best.plan[part], from, size) }))) from += size;
      }
    }
  };
  await better({ ...best.plan, faults: best.result.met });
  for (let before = -1; before !== best.plan.faults.length + best.plan.happenings.length && runs < LIMIT; ) {
    before = best.plan.faults.length + best.plan.happenings.length;
    await reduce('faults');
    await reduce('happenings');
  }
  return best;
};
