import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Dice } from '../../simulation/scenario.ts';
import type { Bus } from './bus.ts';
import type { Life } from './child.ts';

export type Moment = 'start' | 'load' | 'compaction' | 'idle';

const START_MS = 2500;
const IDLE_MS = 1500;
/** So many events, most of them, are taken before a kill under load: on a slow computer too the machine must have work to lose. */
const MOST_EVENTS = 60;
const LOAD_MS = 600;
/** No such moment in so long: killed anyway. */
const LONGEST_WAIT_MS = 8000;

export const momentOf = (dice: Dice): Moment => dice.pick(['start', 'start', 'load', 'load', 'compaction', 'compaction', 'idle']);

const compacting = (data: string): boolean => {
  try {
    return readdirSync(data).some((name) => name.startsWith('snapshot-') && name.endsWith('.new'));
  } catch {
    return false;
  }
};

const until = async (holds: () => boolean, everyMs: number): Promise<void> => {
  for (const from = Date.now(); Date.now() - from < LONGEST_WAIT_MS && !holds(); ) await pause(everyMs);
};

/** Waits for a moment of that kind; answers whether the machine still lives. */
export const wait = async (moment: Moment, life: Life, data: string, bus: Pick<Bus, 'taken'>, dice: Dice): Promise<boolean> => {
  if (moment === 'start') {
    await Promise.race([pause(dice.whole(0, START_MS)), life.gone]);
    return life.lives();
  }
  if (!(await life.ready)) return false;
  const enough = bus.taken() + dice.whole(1, MOST_EVENTS);
  if (moment === 'load') await until(() => bus.taken() >= enough || !life.lives(), 5);
  if (moment === 'compaction') await until(() => compacting(data) || !life.lives(), 2);
  await pause(dice.whole(0, { load: LOAD_MS, compaction: 25, idle: IDLE_MS }[moment]));
  return life.lives();
};
