import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { machineNow } from '../kernel/clock.ts';
import { type ReadLog, readFileLog } from '../kernel/read-log.ts';
import { Refusal } from '../kernel/refusal.ts';
import { createVirtualScheduler } from '../kernel/virtual-scheduler.ts';
import { createMachine, type Machine, type MachineOptions } from '../machine.ts';
import { readTemplate } from '../template/index.ts';

export interface Look {
  readonly machine: Machine;
  readonly log: ReadLog;
  /** What the clock of the machine says. */
  readonly now: number;
}

/** The assembly that ran there last. Nothing is synthesised: that would write into the directory, and could be another app. */
const assemblyOf = (data: string): string => {
  const dir = join(data, 'assembly');
  const all = existsSync(dir) ? readdirSync(dir).filter((name) => existsSync(join(dir, name, 'manifest.json'))) : [];
  const age = (name: string): number => statSync(join(dir, name)).mtimeMs;
  const newest = all.sort((a, b) => age(a) - age(b)).at(-1);
  if (!newest) throw new Refusal(`${dir} holds no synthesised app, so nobody can say what the records mean: start SWOE there once.`);
  return join(dir, newest);
};

const GONE = 'ENOENT';
const TRIES = 5;

/** Replays a data directory into a machine that never goes on. Another process may hold the directory; nothing in it is changed. */
export const lookAt = async (data: string, more: Pick<MachineOptions, 'signingKey'> = {}): Promise<Look> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const log = readFileLog(data);
      const now = machineNow(data);
      const template = readTemplate(assemblyOf(data));
      const load = () => Promise.reject(new Error('nothing runs here'));
      const scheduler = createVirtualScheduler({ start: now });
      const machine = await createMachine({ assembly: { template, load }, scheduler, log, resume: false, ...more });
      return { machine, log, now };
    } catch (error) {
      // The process that holds it may have taken a snapshot meanwhile, and removed what was being read.
      const { code } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
      if (attempt === TRIES || code !== GONE) throw error;
    }
  }
};
