import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Dice } from '../../simulation/scenario.ts';
import type { Life } from './child.ts';

export type Moment = 'start' | 'load' | 'compaction' | 'idle';

const START_MS = 2500;
const LOAD_MS = 2500;
const IDLE_MS = 1500;
/** No snapshot in so long: killed anyway. */
const LONGEST_WAIT_MS = 6000;

export const momentOf = (dice: Dice): Moment => dice.pick(['start', 'start', 'load', 'load', 'compaction', 'compaction', 'idle']);

const compacting = (data: string): boolean => {
  try {
    return readdirSync(data).some((name) => name.startsWith('snapshot-') && name.endsWith('.new'));
  } catch {
    return false;
  }
};

const untilCompaction = async (data: string): Promise<void> => {
  for (let waited = 0; waited < LONGEST_WAIT_MS && !compacting(data); waited += 2) await pause(2);
};

/** Waits for a moment of that kind; answers whether the machine still lives. */
export const wait = async (moment: Moment, life: Life, data: string, dice: Dice): Promise<boolean> => {
  if (moment === 'start') {
    await Promise.race([pause(dice.whole(0, START_MS)), life.gone]);
    return life.lives();
  }
  if (!(await life.ready)) return false;
  if (moment === 'compaction') {
    await Promise.race([untilCompaction(data), life.gone]);
    await pause(dice.whole(0, 25));
  } else await pause(dice.whole(0, moment === 'load' ? LOAD_MS : IDLE_MS));
  return true;
};
