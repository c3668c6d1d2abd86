import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFastScheduler } from './fast-scheduler.ts';
import { createRealScheduler, type RealScheduler } from './real-scheduler.ts';

export const CLOCK_FILE = 'clock.json';
const NOTED_EVERY_MS = 1000;

/** Where a machine's clock stood at a moment of the laptop's, and how many times faster it ran. */
interface Note {
  readonly real: number;
  readonly machine: number;
  readonly speed: number;
}

const read = (dir: string): Note | undefined => {
  try {
    const { real, machine, speed } = JSON.parse(readFileSync(join(dir, CLOCK_FILE), 'utf8')) as Partial<Note>;
    return [real, machine, speed].every(Number.isFinite)
      ? { real: Number(real), machine: Number(machine), speed: Number(speed) }
      : undefined;
  } catch {
    return undefined;
  }
};

/** Renamed into its place: whoever reads it finds it whole. */
const write = (dir: string, note: Note): void => {
  const half = join(dir, `${CLOCK_FILE}.new`);
  writeFileSync(half, JSON.stringify(note));
  renameSync(half, join(dir, CLOCK_FILE));
};

/** What the clock of the machine in `dir` says now, for whoever signs a token beside it. */
export const machineNow = (dir: string, real = Date.now()): number => {
  const note = read(dir);
  if (!note) return real;
  return Math.max(real, note.machine + Math.min(real - note.real, NOTED_EVERY_MS) * note.speed);
};

export interface Clock {
  readonly scheduler: RealScheduler;
  /** How far this clock was before the laptop's at the start. */
  readonly aheadMs: number;
}

/**
 * The machine's clock. What a directory holds was written at its own time, so that a clock which once ran fast never goes back:
 * where it stands is noted each second, and the next start goes on from there.
 */
export const startClock = (dir: string, speed: number): Clock => {
  const now = Date.now();
  const start = machineNow(dir, now);
  const aheadMs = start - now;
  if (speed === 1 && aheadMs === 0) return { scheduler: createRealScheduler(), aheadMs };
  const scheduler = createFastScheduler(speed, start);
  const note = (): void => {
    write(dir, { real: Date.now(), machine: scheduler.now(), speed });
    scheduler.after(NOTED_EVERY_MS * speed, note);
  };
  note();
  return { scheduler, aheadMs };
};
