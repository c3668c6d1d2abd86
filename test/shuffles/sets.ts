import { type Lookup, lookupsOf, type Observation, partition, relate, rowsOf, rules } from '../../shared/domain/fusion/index.ts';
import type { FusionRule } from '../../shared/domain/fusion/rule.ts';

/** Sets that only grow together; whoever is asked for is named by one of its own. */
const unions = () => {
  const up = new Map<string, string>();
  const root = (node: string): string => {
    let top = node;
    for (let next = up.get(top); next !== undefined && next !== top; next = up.get(top)) top = next;
    for (let at = node; at !== top; ) {
      const next = up.get(at) ?? top;
      up.set(at, top);
      at = next;
    }
    return top;
  };
  return { root, unite: (a: string, b: string): void => void up.set(root(a), root(b)) };
};

/** Member sets as text, sorted: what two ways of grouping must agree on. */
const named = (members: readonly Observation[], root: (node: string) => string): string[] => {
  const sets = new Map<string, Observation[]>();
  for (const seen of members) sets.set(root(seen.node), [...(sets.get(root(seen.node)) ?? []), seen]);
  return [...sets.values()]
    .flatMap(partition)
    .map((group) =>
      group.members
        .map(({ eventKey }) => eventKey)
        .sort()
        .join(' '),
    )
    .sort();
};

const windowOf = ({ windowMs, matters = [] }: FusionRule): number => Math.max(windowMs, ...matters.map((matter) => matter.windowMs ?? 0));

/** Whoever is further apart in time than this (ms) is related by an entity or not at all. */
const NEAR_MS = Math.max(...rules.filter(({ kinds }) => kinds === undefined).map(windowOf));

/** The whole file at once: every pair that is near in time, and every pair that names one entity. No cells, no lookups, no order. */
export const whole = (all: readonly Observation[]): string[] => {
  const { root, unite } = unions();
  const sorted = [...all].sort((a, b) => (a.at < b.at ? -1 : 1));
  const times = sorted.map(({ at }) => Date.parse(at));
  sorted.forEach((a, at) => {
    for (let next = at + 1; next < sorted.length && (times[next] ?? 0) - (times[at] ?? 0) <= NEAR_MS; next += 1) {
      const b = sorted[next] as Observation;
      if (relate(a, b)) unite(a.node, b.node);
    }
  });
  const naming = new Map<string, Observation[]>();
  for (const seen of all) for (const entity of seen.entities) naming.set(entity, [...(naming.get(entity) ?? []), seen]);
  for (const together of naming.values())
    for (const a of together) for (const b of together) if (a !== b && relate(a, b)) unite(a.node, b.node);
  return named(all, root);
};

/** An event with the partitions it is found in and those it looks into: the same in every order. */
export interface Placed {
  readonly seen: Observation;
  readonly rows: readonly string[];
  readonly lookups: readonly Lookup[];
}

export const placed = (seen: Observation): Placed => ({
  seen,
  rows: rowsOf(seen).map(({ partition: name }) => name),
  lookups: lookupsOf(seen),
});

/** One by one, in the order given: each is found by those that come after it, in the partitions that the store has, and sets only ever grow. */
export const oneByOne = (all: readonly Placed[]): string[] => {
  const { root, unite } = unions();
  const table = new Map<string, Observation[]>();
  const known = new Map<string, Observation>();
  for (const { seen, rows, lookups } of all) {
    if (known.has(seen.node)) continue;
    known.set(seen.node, seen);
    for (const { partition: name, from, to } of lookups)
      for (const other of table.get(name) ?? [])
        if (other.at >= from && other.at <= to && relate(seen, other)) unite(seen.node, other.node);
    for (const name of rows) {
      const there = table.get(name);
      if (there) there.push(seen);
      else table.set(name, [seen]);
    }
  }
  return named([...known.values()], root);
};
