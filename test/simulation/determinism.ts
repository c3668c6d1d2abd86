import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import { seededRandom, uuidFrom } from '../../local/kernel/random.ts';

/**
 * Imported before anything of the system: the process's clock, chance and timers give way to those of the run that is under
 * way. Whoever takes time or chance from the air gets the run's, so the same seed gives the same run; whoever sets a timer
 * past the scheduler fails. Between runs the clock stands still.
 */

const RealDate = Date;
const EPOCH = RealDate.UTC(2026, 0, 1);

/** What a run lends to the process. */
export interface Ground {
  now(): number;
  random(): number;
}

let ground: Ground = { now: () => EPOCH, random: seededRandom('between the runs') };

/** What nobody should have done, since the run began. */
const trespasses: string[] = [];

/** From here on the process's clock and chance are those of this run. */
export const under = (run: Ground): void => {
  ground = run;
  trespasses.length = 0;
};

export const trespassed = (): readonly string[] => trespasses;

/** The machine's own, for measuring. */
export const real = { cpu: process.cpuUsage.bind(process) };

const replaceDate = (): void => {
  const Simulated = function (this: unknown, ...given: unknown[]): unknown {
    if (!new.target) return new RealDate(ground.now()).toString();
    if (given.length === 0) return new RealDate(ground.now());
    return given.length === 1 ? new RealDate(given[0] as number) : Reflect.construct(RealDate, given);
  };
  Object.defineProperties(Simulated, {
    prototype: { value: RealDate.prototype },
    now: { value: () => Math.floor(ground.now()) },
    parse: { value: RealDate.parse },
    UTC: { value: RealDate.UTC },
  });
  Object.defineProperty(RealDate.prototype, 'constructor', { value: Simulated, configurable: true, writable: true });
  globalThis.Date = Simulated as unknown as DateConstructor;
  performance.now = () => ground.now() - EPOCH;
};

const bytes = (count: number): Buffer => Buffer.from(Array.from({ length: count }, () => Math.floor(ground.random() * 256)));

const fill = <T extends ArrayBufferView>(view: T): T => {
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(bytes(view.byteLength));
  return view;
};

const replaceChance = (): void => {
  Math.random = () => ground.random();
  const uuid = () => uuidFrom(() => ground.random());
  const own = {
    randomUUID: uuid,
    randomBytes: bytes,
    randomFillSync: fill,
    randomInt: (low: number, high?: number) => {
      const [from, to] = high === undefined ? [0, low] : [low, high];
      return from + Math.floor(ground.random() * (to - from));
    },
  };
  for (const [name, value] of Object.entries(own)) Object.defineProperty(crypto, name, { value, configurable: true, writable: true });
  for (const [name, value] of Object.entries({ randomUUID: uuid, getRandomValues: fill }))
    Object.defineProperty(globalThis.crypto, name, { value, configurable: true, writable: true });
};

const refused = (name: string) => (): never => {
  const complaint = `${name} was called past the scheduler: ${new Error('here').stack?.split('\n').slice(2, 5).join(' ') ?? ''}`;
  trespasses.push(complaint);
  throw new Error(complaint);
};

const replaceTimers = (): void => {
  for (const name of ['setTimeout', 'setInterval', 'setImmediate'] as const) {
    const value = refused(name);
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    Object.defineProperty(timers, name, { value, configurable: true, writable: true });
  }
};

/** Called once the virtual scheduler has taken the real `setImmediate` for itself. */
export const replaceEverything = (): void => {
  process.env['TZ'] = 'UTC';
  replaceDate();
  replaceChance();
  replaceTimers();
  syncBuiltinESMExports();
};
