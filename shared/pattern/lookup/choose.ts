import type { Entry } from './entry.ts';

/** In how many places a branch may stand: one that lists many values of many paths is told apart by few of them. */
const COPIES = 256;

/** The marks by which a branch goes below a node of this path; undefined where it goes to the rest. */
export const leading = (entry: Entry, path: string, copies: number): ReturnType<Entry['marks']['get']> => {
  const marks = entry.marks.get(path);
  return marks && copies * marks.length <= COPIES ? marks : undefined;
};

/** How many of these branches an event must expect to look at if they stand divided by this path. */
const expected = (entries: readonly Entry[], path: string, copies: number): number => {
  const sizes = new Map<string, number>();
  let [rest, always, marked] = [0, 0, 0];
  for (const entry of entries) {
    const marks = leading(entry, path, copies);
    if (!marks) rest += 1;
    for (const { probe, key } of marks ?? []) {
      if (probe.blunt) always += 1;
      else {
        const bucket = `${probe.name} ${typeof key} ${key}`;
        sizes.set(bucket, (sizes.get(bucket) ?? 0) + 1);
        marked += 1;
      }
    }
  }
  let shared = 0;
  for (const size of sizes.values()) shared += size * size;
  return rest + always + (marked === 0 ? 0 : shared / marked);
};

/** The path that divides these branches best, or undefined where none is worth the step. */
export const dividing = (entries: readonly Entry[], used: readonly string[], copies: number): string | undefined => {
  const paths = new Set(entries.flatMap(({ marks }) => [...marks.keys()]));
  let best: string | undefined;
  let least = entries.length * 0.75;
  for (const path of paths) {
    if (used.includes(path)) continue;
    const cost = expected(entries, path, copies);
    if (cost < least) [best, least] = [path, cost];
  }
  return best;
};
