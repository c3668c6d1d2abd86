import type { Bus, BusEntry } from '../../client/bus.ts';

export interface Outbox {
  /** Resolves when the bus took it; false when the bus refused it for good. Entries leave in the order they came. */
  post(entry: BusEntry): Promise<boolean>;
  /** Resolves when nothing waits. */
  drained(): Promise<void>;
}

interface Waiting {
  readonly entry: BusEntry;
  readonly taken: (ok: boolean) => void;
}

/** One PutEvents call under way at a time, so that DELIVERED is never overtaken by READ; what comes meanwhile shares the next call. */
export const createOutbox = (bus: Pick<Bus, 'put'>, onRefused: (entry: BusEntry, why: string) => void): Outbox => {
  let waiting: Waiting[] = [];
  let running: Promise<void> | undefined;

  const flush = async (): Promise<void> => {
    while (waiting.length > 0) {
      const now = waiting;
      waiting = [];
      const { refused } = await bus.put(now.map(({ entry }) => entry));
      const lost = new Map(refused.map((one) => [one.entry, `${one.code} ${one.message}`]));
      for (const { entry, taken } of now) {
        const why = lost.get(entry);
        if (why !== undefined) onRefused(entry, why);
        taken(why === undefined);
      }
    }
    running = undefined;
  };

  return {
    post: (entry) =>
      new Promise((taken) => {
        waiting.push({ entry, taken });
        running ??= Promise.resolve().then(flush);
      }),
    drained: async () => {
      while (running) await running;
    },
  };
};
