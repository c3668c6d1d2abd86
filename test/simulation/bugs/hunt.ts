import { planOf } from '../plan.ts';
import { createPool } from '../pool.ts';
import type { RunResult } from '../run.ts';
import type { Bug } from './bug.ts';
import { buildWithBug } from './build.ts';

export interface Hunt {
  readonly bug: Bug;
  /** The run that found it; undefined where none did. */
  readonly found?: RunResult;
  readonly runs: number;
}

/** Runs the system with the bug in it, seed after seed, until an invariant is violated. */
export const hunt = async (app: string, bug: Bug, { first = 1, seeds = 2000, workers = 2 } = {}): Promise<Hunt> => {
  const built = await buildWithBug(app, bug);
  const pool = await createPool({ ...built, workers });
  let found: RunResult | undefined;
  let runs = 0;
  try {
    await pool.each(
      (function* () {
        for (let n = 0; n < seeds; n += 1) yield planOf(String(first + n));
      })(),
      async (result) => {
        runs += 1;
        if (result.violations.length > 0) found ??= result;
        return found === undefined;
      },
    );
  } finally {
    pool.stop();
    built.remove();
  }
  return { bug, found, runs };
};
