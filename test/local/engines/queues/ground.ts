import type { Ground } from '../../../../local/kernel/engine.ts';
import type { Durable } from '../../../../local/kernel/log.ts';
import { createVirtualScheduler, type VirtualScheduler } from '../../../../local/kernel/virtual-scheduler.ts';

export interface TestGround extends Ground {
  readonly scheduler: VirtualScheduler;
  readonly records: [engine: string, record: unknown][];
  readonly metered: Map<string, number>;
}

/** A ground on a virtual clock whose log is a list, so that a second engine can replay what the first one wrote. */
export const createGround = (scheduler = createVirtualScheduler()): TestGround => {
  const records: [string, unknown][] = [];
  const metered = new Map<string, number>();
  return {
    scheduler,
    records,
    metered,
    log: { write: (engine, record) => records.push([engine, structuredClone(record)]), settled: () => Promise.resolve() },
    region: 'us-east-1',
    account: '000000000000',
    meter: (service, unit, count) => metered.set(`${service} ${unit}`, (metered.get(`${service} ${unit}`) ?? 0) + count),
  };
};

/** What a restart does: the records of the first run, then `resume`. */
export const replayInto = (engine: Durable, { records }: TestGround): void => {
  for (const [name, record] of records) if (name === engine.name) engine.replay(record);
  engine.resume();
};
