import type { Ground } from '../../kernel/engine.ts';

export interface Waiting {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly dueAt: number;
}

export type PendingRecord<D> = { op: 'pending'; delivery: D } | { op: 'settled'; id: string };

/** Deliveries that wait, kept in the log until they end. */
export interface Pending<D extends Waiting> {
  /** Notes it, in place of what was known under its id, and tries when it is due. */
  put(delivery: D): void;
  settled(id: string): void;
  apply(record: PendingRecord<D>): void;
  all(): Iterable<D>;
  resume(): void;
}

/** Deliveries of one engine that did not go through at once. `attempt` is asked when one is due and answers by `put` or `settled`. */
export const createPending = <D extends Waiting>(
  { scheduler, log }: Ground,
  engine: string,
  attempt: (delivery: D) => void,
): Pending<D> => {
  const waiting = new Map<string, D>();
  const schedule = ({ id, dueAt }: D): void => {
    scheduler.after(Math.max(0, dueAt - scheduler.now()), () => {
      const delivery = waiting.get(id);
      if (delivery) attempt(delivery);
    });
  };
  const apply = (record: PendingRecord<D>): void => {
    if (record.op === 'pending') waiting.set(record.delivery.id, record.delivery);
    else waiting.delete(record.id);
  };
  const commit = (record: PendingRecord<D>): void => {
    apply(record);
    log.write(engine, record);
  };
  return {
    put: (delivery) => {
      commit({ op: 'pending', delivery });
      schedule(delivery);
    },
    settled: (id) => {
      if (waiting.has(id)) commit({ op: 'settled', id });
    },
    apply,
    all: () => waiting.values(),
    resume: () => {
      for (const delivery of waiting.values()) schedule(delivery);
    },
  };
};
