import { type Lookup, lookupsOf, type Observation, relate } from '../../shared/domain/fusion/index.ts';
import type { IncidentsStore } from '../../shared/stores/incidents.ts';

/** Lookups of one partition whose times overlap are one. */
const shared = (lookups: readonly Lookup[]): Lookup[] => {
  const merged: Lookup[] = [];
  for (const next of [...lookups].sort((a, b) => (`${a.partition} ${a.from}` < `${b.partition} ${b.from}` ? -1 : 1))) {
    const open = merged.at(-1);
    if (open?.partition === next.partition && next.from <= open.to)
      merged.splice(-1, 1, { ...open, to: open.to < next.to ? next.to : open.to });
    else merged.push(next);
  }
  return merged;
};

/**
 * For each node, the nodes whose rows say that they are related to it; strongly consistent, after these events' own rows were written.
 * Partitions are read once for all. A row is a hint: what counts is the stored event it leads to.
 */
export const neighbours =
  (incidents: IncidentsStore) =>
  async (all: readonly Observation[]): Promise<Map<string, Set<string>>> => {
    const read = await Promise.all(shared(all.flatMap(lookupsOf)).map(({ partition, from, to }) => incidents.seen(partition, from, to)));
    const rows = read.flat();
    return new Map(
      all.map((one) => [one.node, new Set(rows.filter((row) => row.node !== one.node && relate(one, row)).map(({ node }) => node))]),
    );
  };
