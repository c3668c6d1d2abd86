import type { IndexEntry, Row } from './tables/row.ts';
import { compareInPartition } from './tables/row.ts';
import type { Index } from './tables/secondary-index.ts';
import type { Table } from './tables/table.ts';
import { sameItems } from './values/compare.ts';

const WRITE_UNIT = 1024;
const READ_UNIT = 4096;

const writeUnits = (size: number): number => Math.max(1, Math.ceil(size / WRITE_UNIT));

/** Half a unit for each 4 KB read eventually consistently, a whole one strongly. */
export const readUnits = (size: number, consistent: boolean): number => Math.max(1, Math.ceil(size / READ_UNIT)) * (consistent ? 1 : 0.5);

/** An index pays for what changes in it: one entry put, taken or replaced; both where its key moved; nothing where it stays the same. */
const indexUnits = (old: IndexEntry | undefined, next: IndexEntry | undefined): number => {
  if (!old || !next) return old || next ? writeUnits((old ?? next)?.size ?? 0) : 0;
  if (old === next) return 0;
  if (old.partition !== next.partition || compareInPartition(old, next) !== 0) return writeUnits(old.size) + writeUnits(next.size);
  return sameItems(old.item, next.item) ? 0 : writeUnits(Math.max(old.size, next.size));
};

interface Consumed {
  table: number;
  readonly global: Record<string, number>;
  readonly local: Record<string, number>;
}

type Unit = 'read units' | 'write units';
type Kind = Index['kind'];

const sum = (units: Record<string, number>): number => Object.values(units).reduce((a, b) => a + b, 0);

/** The capacity that one request consumed: the sum for the bill and, where the request asks for a report, table by table. */
export class Usage {
  total = 0;
  private readonly tables: Map<string, Consumed> | undefined;

  constructor(
    readonly unit: Unit,
    private readonly mode: string | undefined,
    private readonly transactional = false,
  ) {
    this.tables = mode === 'TOTAL' || mode === 'INDEXES' ? new Map() : undefined;
  }

  private of(table: string): Consumed | undefined {
    if (!this.tables) return undefined;
    const known = this.tables.get(table) ?? { table: 0, global: {}, local: {} };
    this.tables.set(table, known);
    return known;
  }

  /** A transaction takes two units of a table for each; indexes follow it afterwards, at the usual price. */
  table(name: string, units: number): void {
    const taken = this.transactional ? units * 2 : units;
    this.total += taken;
    const consumed = this.of(name);
    if (consumed) consumed.table += taken;
  }

  index(table: string, { name, kind }: { readonly name: string; readonly kind: Kind }, units: number): void {
    if (units <= 0) return;
    this.total += units;
    const consumed = this.of(table)?.[kind];
    if (consumed) consumed[name] = (consumed[name] ?? 0) + units;
  }

  write({ name, indexes }: Table, old: Row | undefined, next: Row | undefined): void {
    this.table(name, writeUnits(Math.max(old?.size ?? 0, next?.size ?? 0)));
    for (let at = 0; at < indexes.length; at += 1) {
      this.index(name, indexes[at] as Index, indexUnits(old?.entries[at], next?.entries[at]));
    }
  }

  private units(count: number): Record<string, number> {
    const member = this.unit === 'read units' ? 'ReadCapacityUnits' : 'WriteCapacityUnits';
    return { CapacityUnits: count, ...(this.transactional ? { [member]: count } : {}) };
  }

  private perIndex(member: string, indexes: Record<string, number>): Record<string, unknown> {
    const entries = Object.entries(indexes).map(([index, count]) => [index, this.units(count)]);
    return entries.length > 0 ? { [member]: Object.fromEntries(entries) } : {};
  }

  private one(name: string, { table, global, local }: Consumed): Record<string, unknown> {
    return {
      TableName: name,
      ...this.units(table + sum(global) + sum(local)),
      ...(this.mode === 'INDEXES'
        ? {
            Table: this.units(table),
            ...this.perIndex('GlobalSecondaryIndexes', global),
            ...this.perIndex('LocalSecondaryIndexes', local),
          }
        : {}),
    };
  }

  private reports(): Record<string, unknown>[] {
    return this.tables ? [...this.tables].map(([name, consumed]) => this.one(name, consumed)) : [];
  }

  /** Adds the `ConsumedCapacity` member as asked for: one structure. */
  single<T extends Record<string, unknown>>(output: T): T {
    if (this.tables) Object.assign(output, { ConsumedCapacity: this.reports()[0] });
    return output;
  }

  /** The same as a list, where a request may touch several tables. */
  several<T extends Record<string, unknown>>(output: T): T {
    if (this.tables && this.tables.size > 0) Object.assign(output, { ConsumedCapacity: this.reports() });
    return output;
  }
}
