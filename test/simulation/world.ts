import type { Key } from '../../local/engines/identity/index.ts';
import { openSimulatedLog, type SimulatedDisk } from '../../local/kernel/simulated-disk.ts';
import type { VirtualScheduler } from '../../local/kernel/virtual-scheduler.ts';
import { createMachine, type Machine } from '../../local/machine.ts';
import type { Prepared } from '../../local/template/prepare.ts';
import type { FaultCounter } from './faults.ts';

/** What a caller outside sees when the machine dies under its call: it cannot know whether it was done. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

export interface Line {
  readonly from: string;
  readonly level?: string;
  readonly message?: string;
  readonly [field: string]: unknown;
}

/** One machine after another on one disk; what is outside of it lives on. */
export interface World {
  readonly scheduler: VirtualScheduler;
  /** The machine that is up; undefined while none is. */
  machine(): Machine | undefined;
  /** Calls `listener` for the machine that is up, and for each that comes up later. */
  onUp(listener: (machine: Machine) => void): void;
  /** Work of the outside with the machine: rejects with ConnectionLost where there is none, or where it dies meanwhile. */
  ask<T>(work: (machine: Machine) => Promise<T>): Promise<T>;
  readonly lines: readonly Line[];
  /** How often the machine died. */
  crashes(): number;
  /** Why the machine could not come up again. */
  refusal(): string | undefined;
}

export interface WorldOptions {
  readonly assembly: Prepared;
  readonly key: Key;
  readonly scheduler: VirtualScheduler;
  /** Made with what asks the plan before each operation. */
  readonly disk: (before: (operation: string) => void) => SimulatedDisk;
  readonly faults: FaultCounter;
  /** Bytes after which the log is written anew as a snapshot. */
  readonly compactAt: number;
  /** Sees every record that an engine writes, in the turn in which it does. */
  readonly onRecord: (engine: string, record: unknown) => void;
}

interface Life {
  alive: boolean;
  machine: Machine | undefined;
  readonly lost: Set<() => void>;
}

export const createWorld = async ({
  assembly,
  key,
  scheduler,
  disk: makeDisk,
  faults,
  compactAt,
  onRecord,
}: WorldOptions): Promise<World> => {
  const lines: Line[] = [];
  const listeners: ((machine: Machine) => void)[] = [];
  let life: Life = { alive: false, machine: undefined, lost: new Set() };
  let crashes = 0;
  let refusal: string | undefined;

  const onDisk = (operation: string): void => {
    const fault = life.alive && life.machine ? faults.disk(operation) : undefined;
    if (fault) die(fault.downMs);
  };
  const disk = makeDisk(onDisk);

  const die = (downMs: number): void => {
    crashes += 1;
    const dead = life.machine;
    life.alive = false;
    life.machine = undefined;
    disk.crash();
    void dead?.stop();
    for (const lose of [...life.lost]) scheduler.after(0, lose);
    scheduler.after(downMs, () => void scheduler.track(up()));
  };
  const up = async (): Promise<void> => {
    const own: Life = { alive: true, machine: undefined, lost: new Set() };
    life = own;
    try {
      const log = openSimulatedLog(disk, scheduler, { compactAt });
      const watched: typeof log = {
        ...log,
        write: (engine, record) => {
          if (own.alive) onRecord(engine, record);
          log.write(engine, record);
        },
      };
      const onLine = (from: string, line: object): void => {
        if (own.alive) lines.push({ from, ...line });
      };
      const machine = await createMachine({ assembly, scheduler, log: watched, key, onLine, faults });
      own.machine = machine;
      for (const listener of listeners) listener(machine);
    } catch (error) {
      refusal = `${(error as Error).name}: ${(error as Error).message}`;
    }
  };
  const ask = <T>(work: (machine: Machine) => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const own = life;
      const lose = (): void => {
        own.lost.delete(lose);
        reject(new ConnectionLost('The machine went away.'));
      };
      if (!own.machine) {
        lose();
        return;
      }
      own.lost.add(lose);
      const over =
        <A>(then: (value: A) => void) =>
        (value: A): void => {
          if (own.lost.delete(lose)) then(value);
        };
      work(own.machine).then(over(resolve), over(reject));
    });

  await up();
  return {
    scheduler,
    machine: () => life.machine,
    onUp: (listener) => {
      listeners.push(listener);
      if (life.machine) listener(life.machine);
    },
    ask,
    lines,
    crashes: () => crashes,
    refusal: () => refusal,
  };
};
