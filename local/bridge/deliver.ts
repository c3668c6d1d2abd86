import { type BusEntry, batches, type Outcome, type Send } from '../../client/bus.ts';
import type { Scheduler } from '../kernel/scheduler.ts';
import { backoff } from './backoff.ts';
import type { Buffer, Held } from './buffer.ts';

const BATCH = 10;
/** What is wrong with the entry itself: sending it again changes nothing. All else, a missing grant included, may be mended while we wait. */
const FOR_GOOD = new Set(['MalformedDetail', 'InvalidArgument', 'ValidationException']);

interface Deps {
  readonly buffer: Buffer;
  readonly send: Send;
  readonly scheduler: Scheduler;
  readonly onPut: (count: number) => void;
  readonly onLost: (entry: BusEntry, why: string) => void;
  readonly onTrouble: (text: string) => void;
}

interface Sorted {
  taken: number;
  again: Held[];
  lost: { held: Held; why: string }[];
  why: string;
}

/** One call. Where the whole call was invalid, each entry goes alone: one bad entry must not hold up nine. */
const call = async (held: readonly Held[], send: Send): Promise<Outcome[]> => {
  const entries = held.map(({ entry }) => entry);
  try {
    return [...(await send(entries))];
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'ValidationException' && held.length > 1) return (await Promise.all(held.map((one) => call([one], send)))).flat();
    return entries.map(() => ({ ErrorCode: name, ErrorMessage: message }));
  }
};

const sort = (held: readonly Held[], outcomes: readonly Outcome[]): Sorted => {
  const sorted: Sorted = { taken: 0, again: [], lost: [], why: '' };
  for (const [at, one] of held.entries()) {
    const { ErrorCode, ErrorMessage = '' } = outcomes[at] ?? { ErrorCode: 'NoAnswer', ErrorMessage: 'the bus answered for fewer entries' };
    if (!ErrorCode) sorted.taken += 1;
    else if (FOR_GOOD.has(ErrorCode)) sorted.lost.push({ held: one, why: `${ErrorCode}: ${ErrorMessage}` });
    else sorted.again.push(one);
    if (ErrorCode) sorted.why = `${ErrorCode}: ${ErrorMessage}`;
  }
  return sorted;
};

/** The part of what was taken out that fits into one call. */
const fitting = (held: readonly Held[]): number => batches(held.map(({ entry }) => entry))[0]?.length ?? 0;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Empties the buffer onto the bus, ten at a time; what is refused goes again, after growing pauses, for as long as it takes. */
export const createDelivery = ({ buffer, send, scheduler, onPut, onLost, onTrouble }: Deps) => {
  let running: Promise<void> | undefined;
  let given = false;
  let goOn = (): void => {};

  /** Until so many ms have passed, or something comes that cannot wait. */
  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const off = scheduler.after(ms, resolve);
      goOn = () => {
        off();
        resolve();
      };
    });

  const once = async (attempt: number): Promise<number> => {
    const held = buffer.take(BATCH);
    const now = held.splice(0, fitting(held));
    buffer.giveBack(held);
    const { taken, again, lost, why } = sort(now, await call(now, send));
    buffer.giveBack(again);
    if (taken > 0) onPut(taken);
    for (const one of lost) onLost(one.held.entry, one.why);
    if (again.length === 0) return 0;
    const tries = taken > 0 ? 1 : attempt + 1;
    onTrouble(`the bus did not take ${again.length} of ${now.length} (${why}); they go again`);
    await wait(backoff(tries, scheduler.random));
    return tries;
  };

  const pump = async (): Promise<void> => {
    let attempt = 0;
    while (buffer.size() > 0 && !given) attempt = await once(attempt);
    running = undefined;
  };

  return {
    /** To be called whenever something was added. What one read of the socket held goes together; what is urgent cuts a pause short. */
    wake: (urgent: boolean) => {
      running ??= turn().then(pump);
      if (urgent) goOn();
    },
    /** Resolves when nothing waits. */
    drained: async (): Promise<void> => {
      while (running) await running;
    },
    /** Makes no further call; what waits is lost unless the subsystem says it again. */
    giveUp: () => {
      given = true;
      goOn();
    },
  };
};
