import type { Source } from '../../shared/contracts/vocabulary.ts';
import type { BusEntry, Send } from '../client/bus.ts';
import { envelope } from '../client/envelope.ts';
import type { Scheduler } from '../kernel/scheduler.ts';
import { createBuffer } from './buffer.ts';
import { createDelivery } from './deliver.ts';
import { entriesOf, isCritical, unreadable } from './heard.ts';
import { createLine } from './line.ts';
import type { Mapping } from './map.ts';

export interface BridgeOptions {
  readonly url: string;
  readonly source: Source;
  /** The type of a message that names none. */
  readonly type?: string | undefined;
  readonly map: Mapping;
  readonly headers?: Readonly<Record<string, string>>;
  readonly subscribe?: string | undefined;
  readonly send: Send;
  readonly scheduler: Scheduler;
  /** So many may wait for the bus before the subsystem is made to wait; reading goes on at half of it. */
  readonly bound?: number;
  readonly onLine?: (text: string) => void;
}

/** What went over a bridge since it was started. */
export interface Told {
  readonly heard: number;
  readonly put: number;
  readonly lost: number;
  readonly waiting: number;
  readonly reconnects: number;
}

export interface Bridge {
  start(): void;
  told(): Told;
  /** Hears no more, puts what it heard, and resolves; after `graceMs` it gives up on what the bus would not take. */
  stop(graceMs?: number): Promise<Told>;
}

const BOUND = 1000;
const HEARTBEAT_MS = 60_000;
const GRACE_MS = 20_000;

export const createBridge = (options: BridgeOptions): Bridge => {
  const { url, source, type, map, send, scheduler, bound = BOUND, onLine = () => {} } = options;
  const count = { heard: 0, put: 0, lost: 0, reconnects: 0 };
  const run = scheduler.now();
  const buffer = createBuffer();
  let mapping = 0;
  let mapped: Promise<void> = Promise.resolve();
  let full = false;
  let calledOff = (): void => {};
  const waiting = () => buffer.size() + mapping;

  const breathe = (): void => {
    if (!full && waiting() >= bound) {
      full = true;
      line.pause();
      onLine(`${waiting()} wait for the bus: ${source} is not read until it is half of ${bound}`);
    } else if (full && waiting() <= bound / 2) {
      full = false;
      line.resume();
    }
  };

  const delivery = createDelivery({
    buffer,
    send,
    scheduler,
    onPut: (taken) => {
      count.put += taken;
      breathe();
    },
    onLost: ({ detail }, why) => {
      count.lost += 1;
      onLine(`lost, because the bus will never take it (${why}): ${JSON.stringify(detail).slice(0, 200)}`);
      breathe();
    },
    onTrouble: onLine,
  });

  const add = (entries: readonly BusEntry[]): void => {
    const held = entries.map((entry) => ({ entry, critical: isCritical(entry, scheduler.now()) }));
    for (const one of held) buffer.add(one);
    if (held.length > 0) delivery.wake(held.some(({ critical }) => critical));
  };

  const understood = async (text: string): Promise<BusEntry[]> => {
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch {
      return [unreadable(source, 'it is not JSON', text)];
    }
    try {
      const made = await map(message);
      return made === undefined ? [] : entriesOf(source, made, type);
    } catch (error) {
      return [unreadable(source, `the map fails on it: ${String((error as { message?: unknown }).message)}`, text)];
    }
  };

  /** One after the other, so that what was said first is put first. */
  const hear = (text: string): void => {
    count.heard += 1;
    mapping += 1;
    mapped = mapped.then(async () => {
      const entries = await understood(text);
      mapping -= 1;
      add(entries);
      breathe();
    });
    breathe();
  };

  /** While the channel stands, and only then: a silent subsystem must not seem alive because its bridge is. */
  const beat = (): void => {
    const at = scheduler.now();
    const data = { subsystem: source, bridge: { ...count, waiting: waiting() } };
    if (line.isUp()) {
      const detail = envelope({ id: `bridge/${source}/${run}/${at}`, source, type: 'subsystem.heartbeat', at, data });
      add([{ source, type: 'subsystem.heartbeat', detail }]);
    }
    calledOff = scheduler.after(HEARTBEAT_MS, beat);
  };

  const line = createLine({
    url,
    ...(options.headers ? { headers: options.headers } : {}),
    subscribe: options.subscribe,
    scheduler,
    onText: hear,
    onUp: () => {
      onLine(`connected to ${url} as ${source}`);
      calledOff();
      beat();
    },
    onDown: (why, againMs) => {
      count.reconnects += 1;
      onLine(`${source} is not heard (${why}); again in ${(againMs / 1000).toFixed(1)} s`);
    },
  });

  const told = (): Told => ({ ...count, waiting: waiting() });
  return {
    start: line.start,
    told,
    stop: async (graceMs = GRACE_MS) => {
      calledOff();
      await line.stop();
      await mapped;
      const grace = new Promise<void>((resolve) => {
        const off = scheduler.after(graceMs, resolve);
        void delivery.drained().then(() => {
          off();
          resolve();
        });
      });
      await grace;
      delivery.giveUp();
      return told();
    },
  };
};
