import type { Ground } from './engine.ts';

/** Units by service: `{dynamodb: {'write units': 12}}`. */
export type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Counts what AWS would bill. */
export const createMeter = (): { meter: Ground['meter']; counts: () => Counts } => {
  const all = new Map<string, Map<string, number>>();
  return {
    meter: (service, unit, count) => {
      const units = all.get(service) ?? new Map<string, number>();
      units.set(unit, (units.get(unit) ?? 0) + count);
      all.set(service, units);
    },
    counts: () => Object.fromEntries([...all].map(([service, units]) => [service, Object.fromEntries(units)])),
  };
};
