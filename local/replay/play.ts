import type { Bus, BusEntry, Refused } from '../../client/bus.ts';
import type { Scheduler } from '../kernel/scheduler.ts';
import { pause } from '../tools/pause.ts';
import { dueMs, type Speed } from './pace.ts';
import type { Replayed } from './record.ts';

export interface Played {
  readonly put: number;
  readonly refused: readonly Refused[];
  readonly tookMs: number;
}

interface Deps {
  readonly bus: Pick<Bus, 'put'>;
  readonly scheduler: Scheduler;
  readonly speed: Speed;
  /** Told after each batch: records that left so far. */
  readonly onProgress: (sent: number) => void;
}

const BATCH = 10;
const CONCURRENCY = 4;

const toEntry = ({ event }: Replayed): BusEntry => ({ source: event.source, type: event.type, detail: event });

/** Puts records in batches of ten, four calls under way at most, each record when it is due; a slow bus slows the replay. */
export const play = async (records: readonly Replayed[], { bus, scheduler, speed, onProgress }: Deps): Promise<Played> => {
  const wait = pause(scheduler);
  const began = scheduler.now();
  const firstAt = records.find(({ at }) => at !== undefined)?.at;
  const under = new Set<Promise<void>>();
  const refused: Refused[] = [];
  let put = 0;
  let sent = 0;
  let batch: Replayed[] = [];

  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const entries = batch.map(toEntry);
    batch = [];
    while (under.size >= CONCURRENCY) await Promise.race(under);
    const call: Promise<void> = bus.put(entries).then((result) => {
      put += result.accepted;
      refused.push(...result.refused);
      sent += entries.length;
      onProgress(sent);
      under.delete(call);
    });
    under.add(call);
  };

  for (const record of records) {
    const early = began + dueMs(record.at, firstAt, speed) - scheduler.now();
    if (early > 0) {
      await flush();
      await wait(early);
    }
    batch.push(record);
    if (batch.length === BATCH) await flush();
  }
  await flush();
  await Promise.all(under);
  return { put, refused, tookMs: scheduler.now() - began };
};
