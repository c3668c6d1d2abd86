import type { Condition } from '../branch.ts';

type Conditions = readonly Condition[];

interface Kept<T> {
  readonly value: T;
  users: number;
}

const keeping = <T>(nameOf: (value: T) => string) => {
  const byName = new Map<string, Kept<T>>();
  return {
    shared: (value: T): T => {
      const name = nameOf(value);
      const kept = byName.get(name) ?? { value, users: 0 };
      byName.set(name, kept);
      kept.users += 1;
      return kept.value;
    },
    giveBack: (value: T): void => {
      const name = nameOf(value);
      const kept = byName.get(name);
      if (!kept) return;
      kept.users -= 1;
      if (kept.users === 0) byName.delete(name);
    },
  };
};

const nameOf = ({ path, wanted }: Condition): string => JSON.stringify([path, wanted]);

/**
 * Keeps one copy of each condition, and of each list of them, for all rules that ask the same. Ten thousand rules share a few
 * hundred, and what lies in the processor's cache is judged many times faster than what must be fetched.
 */
export const createPool = () => ({
  conditions: keeping<Condition>(nameOf),
  lists: keeping<Conditions>((list) => list.map(nameOf).join()),
});

export type Pool = ReturnType<typeof createPool>;
