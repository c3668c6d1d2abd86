import { outward } from '../context.ts';
import { type Input, type Output, text } from '../input.ts';
import { pickNames, type Row } from '../tables/row.ts';
import type { Table } from '../tables/table.ts';

/** `ItemCollectionMetrics`: only tables with local indexes have item collections. AWS estimates in whole gigabytes. */
const SIZE = [0, 1] as const;

const metricsOf = (table: Table, row: Row | undefined): Output | undefined => {
  if (!row || !table.indexes.some(({ kind }) => kind === 'local')) return undefined;
  return { ItemCollectionKey: outward(row, pickNames(row.item, [table.keys.partition.name])), SizeEstimateRangeGB: SIZE };
};

const asked = (input: Input): boolean => text(input, 'ReturnItemCollectionMetrics') === 'SIZE';

/** Adds the metrics of one write. */
export const withMetrics = (input: Input, output: Output, table: Table, row: Row | undefined): Output => {
  const metrics = asked(input) ? metricsOf(table, row) : undefined;
  if (metrics) output['ItemCollectionMetrics'] = metrics;
  return output;
};

interface Written {
  readonly table: Table;
  readonly old: Row | undefined;
  readonly next: Row | undefined;
}

/** The same for many, by table, each collection once. */
export const withManyMetrics = (input: Input, output: Output, writes: readonly Written[]): Output => {
  if (!asked(input)) return output;
  const byTable: Record<string, Output[]> = {};
  const seen = new Set<string>();
  for (const { table, old, next } of writes) {
    const row = next ?? old;
    const metrics = metricsOf(table, row);
    const collection = `${table.name} ${row?.partition}`;
    if (!metrics || seen.has(collection)) continue;
    seen.add(collection);
    byTable[table.name] = [...(byTable[table.name] ?? []), metrics];
  }
  if (seen.size > 0) output['ItemCollectionMetrics'] = byTable;
  return output;
};
