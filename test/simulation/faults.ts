import type { CallFault, DeliveryFault, Faults, InvocationFault } from '../../local/kernel/faults.ts';

/** The machine dies just before it does something to its disk, which keeps what was synced and some of the rest, and is up again so much later. */
export interface Crash {
  readonly kind: 'crash';
  readonly downMs: number;
}

/** "The n-th asking of this place gets this fault." Places: `call`, `call dynamodb:PutItem`, `delivery`, `invocation step`, `disk`, `disk sync` … */
export interface Planned {
  readonly place: string;
  readonly n: number;
  /** And so many passings on end, once where it is left out: the SDK tries again, and only a row of failures is one. */
  readonly times?: number;
  readonly fault: CallFault | DeliveryFault | InvocationFault | Crash;
}

export interface FaultCounter extends Faults {
  /** Asked before everything that is done to the disk. */
  disk(operation: string): Crash | undefined;
  /** The planned faults that were met. */
  met(): Planned[];
  /** From now on nothing goes wrong: the run is over and is looked at. */
  stop(): void;
  /** How often each place was passed. */
  passed(): ReadonlyMap<string, number>;
}

/**
 * Deals a plan's faults out by counting how often each place is passed; it goes on counting over restarts of the machine.
 * `latency` says how long a call takes that nothing else befalls (ms).
 */
export const countFaults = (plan: readonly Planned[], latency: () => number = () => 0): FaultCounter => {
  const counts = new Map<string, number>();
  const due = new Map(
    plan.flatMap((planned) =>
      Array.from({ length: planned.times ?? 1 }, (_, more) => [`${planned.place}#${planned.n + more}`, planned] as const),
    ),
  );
  const met = new Set<Planned>();
  let over = false;

  const pass = (place: string): Planned['fault'] | undefined => {
    const n = (counts.get(place) ?? 0) + 1;
    counts.set(place, n);
    const planned = due.get(`${place}#${n}`);
    if (planned) met.add(planned);
    return planned?.fault;
  };
  const ask = <F>(kind: string, name: string): F | undefined => {
    if (over) return undefined;
    const [byKind, byName] = [pass(kind), pass(`${kind} ${name}`)];
    return (byName ?? byKind) as F | undefined;
  };

  return {
    call: (name) => {
      const fault = ask<CallFault>('call', name);
      if (fault) return fault;
      const ms = over ? 0 : latency();
      return ms > 0 ? { kind: 'delay', ms } : undefined;
    },
    delivery: (name) => ask<DeliveryFault>('delivery', name.split(':').at(-1) ?? name),
    invocation: (name) => ask<InvocationFault>('invocation', name.replace(/^swoe-[a-z]+-/, '')),
    disk: (operation) => ask<Crash>('disk', operation),
    stop: () => {
      over = true;
    },
    met: () => plan.filter((planned) => met.has(planned)),
    passed: () => counts,
  };
};
