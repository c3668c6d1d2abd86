import fc from 'fast-check';
import { test } from 'vitest';
import { unit } from '../../../support/scene.ts';
import { acts } from './acts.ts';
import { NOW, staged } from './ground.ts';
import { Promises } from './promises.ts';

/** How many sequences: more by `SWOE_SEQUENCES=2000`. */
const SEQUENCES = Number(process.env['SWOE_SEQUENCES'] ?? 60);
const FLEET = ['a', 'b', 'c', 'd', 'e'];

test(
  'no unit has two holders, no bundle is held in part, and nobody acts on a lease that is no longer theirs, whatever is asked, lapses or crashes',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(acts, { maxCommands: 25, size: 'max' }), async (commands) => {
        await fc.asyncModelRun(async () => {
          const real = await staged(FLEET.map((id, n) => unit(id, 'OFFICER', 100 * (n + 1))));
          return { model: new Promises(FLEET, NOW), real };
        }, commands);
      }),
      { numRuns: SEQUENCES, endOnFailure: true },
    );
  },
  60_000 + SEQUENCES * 2_000,
);
