import type { BusEntry, Send } from '../../client/bus.ts';
import { envelope } from '../../client/envelope.ts';
import type { Source } from '../../shared/contracts/vocabulary.ts';
import type { Scheduler } from '../kernel/scheduler.ts';
import { createBuffer } from './buffer.ts';
import { createDelivery } from './deliver.ts';
import { createGate } from './gate.ts';
import { isCritical } from './heard.ts';
import { createHearing } from './hearing.ts';
import { createLine, type Line } from './line.ts';
import type { Mapping } from './map.ts';
import { createPulse } from './pulse.ts';

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
const GRACE_MS = 20_000;

/** The bus's side: what was understood waits here until the bus took it. */
const outwards = ({ send, scheduler, onLine = () => {} }: BridgeOptions, onChange: () => void) => {
  const buffer = createBuffer();
  const count = { put: 0, lost: 0 };
  const delivery = createDelivery({
    buffer,
    send,
    scheduler,
    onPut: (taken) => {
      count.put += taken;
      onChange();
    },
    onLost: ({ detail }, why) => {
      count.lost += 1;
      onLine(`lost, because the bus will never take it (${why}): ${JSON.stringify(detail).slice(0, 200)}`);
      onChange();
    },
    onTrouble: onLine,
  });
  const add = (entries: readonly BusEntry[]): void => {
    const held = entries.map((entry) => ({ entry, critical: isCritical(entry, scheduler.now()) }));
    for (const one of held) buffer.add(one);
    if (held.length > 0) delivery.wake(held.some(({ critical }) => critical));
    onChange();
  };
  return { add, count, delivery, waiting: buffer.size };
};

/** Resolves when the work is done, or when so many ms have passed. */
const within = (scheduler: Scheduler, ms: number, work: Promise<unknown>): Promise<void> =>
  new Promise((resolve) => {
    const off = scheduler.after(ms, resolve);
    void work.then(() => {
      off();
      resolve();
    });
  });

export const createBridge = (options: BridgeOptions): Bridge => {
  const { source, scheduler, bound = BOUND, onLine = () => {} } = options;
  const run = scheduler.now();
  const count = { heard: 0, reconnects: 0 };
  const out = outwards(options, () => gate());
  const hearing = createHearing({ ...options, onEntries: out.add });
  const waiting = () => out.waiting() + hearing.open();
  const told = (): Told => ({ ...count, ...out.count, waiting: waiting() });

  /** While the channel stands, and only then: a silent subsystem must not seem alive because its bridge is. */
  const pulse = createPulse(scheduler, () => {
    if (!line.isUp()) return;
    const at = scheduler.now();
    const data = { subsystem: source, bridge: told() };
    const detail = envelope({ id: `bridge/${source}/${run}/${at}`, source, type: 'subsystem.heartbeat', at, data });
    out.add([{ source, type: 'subsystem.heartbeat', detail }]);
  });

  const line: Line = createLine({
    ...options,
    onText: (text) => {
      count.heard += 1;
      hearing.hear(text);
      gate();
    },
    onUp: () => {
      onLine(`connected to ${options.url} as ${source}`);
      pulse.start();
    },
    onDown: (why, againMs) => {
      count.reconnects += 1;
      onLine(`${source} is not heard (${why}); again in ${(againMs / 1000).toFixed(1)} s`);
    },
  });

  const shut = (): void => {
    line.pause();
    onLine(`${waiting()} wait for the bus: ${source} is not read until it is half of ${bound}`);
  };
  const gate = createGate({ bound, waiting, shut, open: line.resume });

  return {
    start: line.start,
    told,
    stop: async (graceMs = GRACE_MS) => {
      pulse.stop();
      await line.stop();
      await hearing.settled();
      await within(scheduler, graceMs, out.delivery.drained());
      out.delivery.giveUp();
      return told();
    },
  };
};
