import { Refusal } from '../kernel/refusal.ts';
import { type Rates, ratesOf } from './rates.ts';

/** As the command line has them. */
export interface Given {
  readonly demo: boolean;
  readonly city: boolean;
  readonly readyFile?: string;
  readonly data: string;
  readonly reset?: boolean;
  readonly speed?: string;
  readonly faults?: string;
  readonly seed?: string;
}

export interface Options extends Omit<Given, 'speed' | 'faults'> {
  readonly speed: number;
  readonly rates: Rates;
  readonly seed: string;
  readonly compactAt: number | undefined;
}

const SLOWEST = 0.1;
const FASTEST = 100;

const speedOf = (text: string): number => {
  const speed = text.trim() === '' ? Number.NaN : Number(text);
  if (!(speed >= SLOWEST && speed <= FASTEST))
    throw new Refusal(`--speed is "${text}": say how many times faster than life the clock runs, from ${SLOWEST} to ${FASTEST}.`);
  return speed;
};

/** For tests of compaction: how many bytes of log make a snapshot. */
const compactAtOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const bytes = Number(text);
  if (!Number.isSafeInteger(bytes) || bytes < 1)
    throw new Refusal(`SWOE_COMPACT_AT is "${text}": give the number of bytes of log after which a snapshot is taken.`);
  return bytes;
};

/** Checks everything before the start takes its time. */
export const optionsOf = ({ speed = '1', faults = '0', ...given }: Given, env: NodeJS.ProcessEnv): Options => ({
  ...given,
  speed: speedOf(speed),
  rates: ratesOf(faults),
  seed: given.seed ?? String(Date.now()),
  compactAt: compactAtOf(env['SWOE_COMPACT_AT']),
});
