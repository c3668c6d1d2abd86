import type { Log } from './log.ts';

/** A log that can tell an engine what was written before. */
export interface ReplayableLog extends Log {
  /** Hands every record of earlier runs to `apply`, in order. Called once, before the first `write`. */
  replay(apply: (engine: string, record: unknown) => void): void;
  /** From now on the log may begin anew from `snapshot`: the records that make the present state, taken in one turn. */
  compactFrom?(snapshot: () => Iterable<readonly [engine: string, record: unknown]>): void;
}

/** A log in memory that outlives a machine: make another machine on it, and it is a restart. Records go through JSON, as on disk. */
export const rememberedLog = (): ReplayableLog => {
  const lines: string[] = [];
  return {
    write: (engine, record) => lines.push(JSON.stringify([engine, record])),
    settled: () => Promise.resolve(),
    replay: (apply) => {
      for (const line of [...lines]) apply(...(JSON.parse(line) as [string, unknown]));
    },
  };
};
