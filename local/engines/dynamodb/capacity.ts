import type { Entry, Row } from './tables/row.ts';
import { compareInPartition } from './tables/row.ts';
import type { Table } from './tables/table.ts';
import { sameItems } from './values/compare.ts';

const WRITE_UNIT = 1024;
const READ_UNIT = 4096;

const writeUnits = (size: number): number => Math.max(1, Math.ceil(size / WRITE_UNIT));

/** Half a unit for each 4 KB read eventually consistently, a whole one strongly. */
export const readUnits = (size: number, consistent: boolean): number => Math.max(1, Math.ceil(size / READ_UNIT)) * (consistent ? 1 : 0.5);

/** An index pays for what changes in it: one entry put, taken or replaced; both where its key moved; nothing where it stays the same. */
const indexUnits = (old: Entry | undefined, next: Entry | undefined): number => {
  if (!old || !next) return old || next ? writeUnits((old ?? next)?.size ?? 0) : 0;
  if (old.partition !== next.partition || compareInPartition(old, next) !== 0) return writeUnits(old.size) + writeUnits(next.size);
  return sameItems(old.item, next.item) ? 0 : writeUnits(Math.max(old.size, next.size));
};

interface Consumed {
  table: number;
  readonly indexes: Map<string, number>;
}

/** The capacity that one request consumed, table by table. */
export class Usage {
  private readonly tables = new Map<string, Consumed>();

  constructor(
    readonly unit: 'read units' | 'write units',
    private readonly transactional = false,
  ) {}

  private of(table: string): Consumed {
    const known = this.tables.get(table) ?? { table: 0, indexes: new Map<string, number>() };
    this.tables.set(table, known);
    return known;
  }

  /** A transaction takes two units of a table for each; indexes follow it afterwards, at the usual price. */
  table(name: string, units: number): void {
    this.of(name).table += units * (this.transactional ? 2 : 1);
  }

  index(table: string, index: string, units: number): void {
    const { indexes } = this.of(table);
    if (units > 0) indexes.set(index, (indexes.get(index) ?? 0) + units);
  }

  write(table: Table, old: Row | undefined, next: Row | undefined): void {
    this.table(table.name, writeUnits(Math.max(old?.size ?? 0, next?.size ?? 0)));
    table.indexes.forEach(({ name }, at) => {
      this.index(table.name, name, indexUnits(old?.entries[at], next?.entries[at]));
    });
  }

  total(): number {
    return [...this.tables.values()].reduce((sum, { table, indexes }) => sum + table + [...indexes.values()].reduce((a, b) => a + b, 0), 0);
  }

  private one(name: string, { table, indexes }: Consumed, detailed: boolean): Record<string, unknown> {
    const units = (count: number): Record<string, number> => {
      const member = this.unit === 'read units' ? 'ReadCapacityUnits' : 'WriteCapacityUnits';
      return { CapacityUnits: count, ...(this.transactional ? { [member]: count } : {}) };
    };
    const total = table + [...indexes.values()].reduce((a, b) => a + b, 0);
    const perIndex = Object.fromEntries([...indexes].map(([index, count]) => [index, units(count)]));
    return {
      TableName: name,
      ...units(total),
      ...(detailed ? { Table: units(table), ...(indexes.size > 0 ? { GlobalSecondaryIndexes: perIndex } : {}) } : {}),
    };
  }

  /** The `ConsumedCapacity` member as asked for: one structure, or a list of them where a request may touch several tables. */
  single(mode: string | undefined): Record<string, unknown> {
    const [report] = this.list(mode);
    return report ? { ConsumedCapacity: report } : {};
  }

  several(mode: string | undefined): Record<string, unknown> {
    const reports = this.list(mode);
    return reports.length > 0 ? { ConsumedCapacity: reports } : {};
  }

  private list(mode: string | undefined): Record<string, unknown>[] {
    if (mode !== 'TOTAL' && mode !== 'INDEXES') return [];
    return [...this.tables].map(([name, consumed]) => this.one(name, consumed, mode === 'INDEXES'));
  }
}
