import { type Lookup, lookupsOf, type Observation, relate, rowsOf } from '../../shared/domain/fusion/index.ts';

/** Rows and lookups on a map instead of a table: partitions sorted by time, as DynamoDB keeps them. */
export const neighbourhood = () => {
  const partitions = new Map<string, Observation[]>();

  const place = (rows: readonly Observation[], at: string): number => {
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((rows[middle] as Observation).at < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const read = ({ partition, from, to }: Lookup): Observation[] => {
    const rows = partitions.get(partition) ?? [];
    const found: Observation[] = [];
    for (let n = place(rows, from); n < rows.length && (rows[n] as Observation).at <= to; n += 1) found.push(rows[n] as Observation);
    return found;
  };

  return {
    add: (seen: Observation): void => {
      for (const { partition } of rowsOf(seen)) {
        const rows = partitions.get(partition) ?? [];
        rows.splice(place(rows, seen.at), 0, seen);
        partitions.set(partition, rows);
      }
    },
    /** Every observation that the lookups find and the relation relates, itself left out. */
    related: (seen: Observation): Observation[] => {
      const found = new Map(
        lookupsOf(seen)
          .flatMap(read)
          .map((row) => [row.node, row]),
      );
      found.delete(seen.node);
      return [...found.values()].filter((row) => relate(seen, row));
    },
  };
};
