import type { CallFault, DeliveryFault, Faults, InvocationFault } from '../kernel/faults.ts';
import type { Rates } from './rates.ts';

const LONGEST_CALL_DELAY_MS = 500;
const LONGEST_DELIVERY_DELAY_MS = 5000;
const LARGEST_SKEW_MS = 60_000;
const MOST_CALLS = 6;

/** Lets things go wrong at these rates, each kind of mishap as often as the others. `random` is uniform in [0, 1). */
export const randomFaults = (rates: Rates, random: () => number): Faults => {
  const below = (limit: number): number => Math.floor(random() * limit);
  const one = <T>(rate: number, kinds: readonly (() => T)[]): T | undefined =>
    random() < rate ? kinds[below(kinds.length)]?.() : undefined;
  const calls: (() => CallFault)[] = [
    () => ({ kind: 'throttle' }),
    () => ({ kind: 'lose' }),
    () => ({ kind: 'delay', ms: 1 + below(LONGEST_CALL_DELAY_MS) }),
  ];
  const deliveries: (() => DeliveryFault)[] = [
    () => ({ kind: 'duplicate' }),
    () => ({ kind: 'delay', ms: 1 + below(LONGEST_DELIVERY_DELAY_MS) }),
  ];
  const invocations: (() => InvocationFault)[] = [
    () => ({ kind: 'timeout', calls: below(MOST_CALLS) }),
    () => ({ kind: 'cold' }),
    () => ({ kind: 'skew', ms: below(2 * LARGEST_SKEW_MS) - LARGEST_SKEW_MS }),
  ];
  return {
    call: () => one(rates.call, calls),
    delivery: () => one(rates.delivery, deliveries),
    invocation: () => one(rates.invocation, invocations),
  };
};
