import type { Log } from '../../../local/kernel/log.ts';
import type { ReplayableLog } from '../../../local/kernel/remembered-log.ts';

/** The smallest thing that lives in a log: numbers by name. */
export const createToy = (log: Log) => {
  const values = new Map<string, number>();
  const apply = ([name, value]: [string, number]): void => {
    values.set(name, value);
  };
  return {
    name: 'toy',
    set: (name: string, value: number): void => {
      apply([name, value]);
      log.write('toy', [name, value]);
    },
    values: () => Object.fromEntries(values),
    replay: (record: unknown) => apply(record as [string, number]),
    snapshot: () => values.entries(),
    resume: () => {},
  };
};

/** What a machine does with its log at the start. */
export const toyOn = (log: ReplayableLog) => {
  const toy = createToy(log);
  log.replay((_engine, record) => toy.replay(record));
  log.compactFrom?.(function* () {
    for (const record of toy.snapshot()) yield [toy.name, record] as const;
  });
  return toy;
};
