import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../local/kernel/random.ts';
import { createSimulatedDisk, openSimulatedLog, type SimulatedDisk } from '../../../local/kernel/simulated-disk.ts';
import { createVirtualScheduler } from '../../../local/kernel/virtual-scheduler.ts';
import { toyOn } from './toy.ts';

const NOTES = 7;
const TURNS = 40;
const LOG = { compactAt: 600 };

/** What a toy holds after its turns 1 to `last`: each sets three names in one turn. */
const after = (last: number): Record<string, number> => {
  const values: Record<string, number> = last > 0 ? { left: last, right: last } : {};
  for (let turn = Math.max(1, last - NOTES + 1); turn <= last; turn += 1) values[`note-${turn % NOTES}`] = turn;
  return values;
};

/** One life of a machine with a toy: what it found, and the last turn of which it was told that it is kept. */
const live = async (disk: SimulatedDisk, seed: number, crashed: () => boolean) => {
  const scheduler = createVirtualScheduler({ seed, shuffle: true });
  const log = openSimulatedLog(disk, scheduler, LOG);
  const toy = toyOn(log);
  const found = toy.values();
  let turn = found['left'] ?? 0;
  let kept = turn;
  const takeTurn = (): void => {
    turn += 1;
    const mine = turn;
    toy.set('left', mine);
    toy.set(`note-${mine % NOTES}`, mine);
    toy.set('right', mine);
    void log.settled().then(() => {
      kept = Math.max(kept, mine);
    });
  };
  for (let i = 0; i < TURNS; i += 1) scheduler.after(Math.floor(scheduler.random() * 150), takeTurn);
  await scheduler.run(crashed);
  return { found, kept };
};

describe('a log on a disk that crashes', () => {
  it('has after every crash, at any operation of appending and compaction, all that was acknowledged and only whole turns', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 6 }), async (seed, lives) => {
        let left = 0;
        let crashed = false;
        const disk = createSimulatedDisk({
          random: seededRandom(`disk ${seed}`),
          before: () => {
            left -= 1;
            if (left > 0) return;
            crashed = true;
            disk.crash();
          },
        });
        let kept = 0;
        for (const [number, operations] of [...lives, 1_000_000].entries()) {
          [left, crashed] = [operations, false];
          const life = await live(disk, seed + number, () => crashed);
          const last = life.found['left'] ?? 0;
          expect(last).toBeGreaterThanOrEqual(kept);
          expect(life.found).toEqual(after(last));
          kept = life.kept;
        }
      }),
      { numRuns: 400 },
    );
  });
});
