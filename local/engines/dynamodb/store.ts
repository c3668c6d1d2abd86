import type { Ground } from '../../kernel/engine.ts';
import { Catalogue } from './catalogue.ts';
import { invalid } from './faults.ts';
import type { DropRecord, ItemWrite, LogRecord, TableRecord, WriteRecord } from './log-record.ts';
import { restore, snapshotOf } from './snapshot.ts';
import { idOf, pickNames, placeOf, type Row } from './tables/row.ts';
import type { Lag } from './tables/secondary-index.ts';
import type { Table } from './tables/table.ts';
import { Tokens } from './tokens.ts';
import { freeze } from './values/attribute.ts';
import { sameItems } from './values/compare.ts';

export const ENGINE = 'dynamodb';

/** A row of a table before and after. */
export interface RowWrite {
  readonly table: Table;
  readonly old: Row | undefined;
  readonly next: Row | undefined;
}

/** All tables, and the one way in which they change: every change is applied, then written to the log as one record. */
export class Store {
  readonly catalogue: Catalogue;
  readonly tokens = new Tokens();

  constructor(
    private readonly ground: Ground,
    private readonly onDates: () => void,
    lag?: Lag,
  ) {
    this.catalogue = new Catalogue({ ...ground, lag });
  }

  now(): number {
    return this.ground.scheduler.now();
  }

  /** By name or ARN. */
  table(nameOrArn: string): Table {
    return this.catalogue.table(nameOrArn);
  }

  /** A table made or changed at run time. */
  putTable(record: TableRecord): Table {
    this.catalogue.put(record);
    this.ground.log.write(ENGINE, record);
    this.onDates();
    return this.table(record.table.TableName);
  }

  dropTable({ name, birth }: Table): void {
    const record: DropRecord = { drop: name, base: birth.base };
    this.catalogue.drop(record);
    this.ground.log.write(ENGINE, record);
  }

  /** One operation's writes: in the state and in this turn's log frame, or (if the caller throws before) nowhere. */
  commit(writes: readonly RowWrite[], more: Pick<WriteRecord, 'expired' | 'token'> = {}): void {
    const changed = writes.filter(changes);
    const at = this.now();
    if (more.token) this.tokens.remember(...more.token, at);
    if (changed.length === 0 && !more.token) return;
    const expired = more.expired === true;
    let dated = false;
    for (const { table, old, next } of changed) dated = table.apply({ old, next, at, expired }) || dated;
    this.ground.log.write(ENGINE, { at, writes: changed.map(recordOf), ...more } satisfies WriteRecord);
    if (dated) this.onDates();
    this.wake(changed);
  }

  private wake(changed: readonly RowWrite[]): void {
    const [first] = changed;
    if (changed.length === 1) first?.table.stream?.wake();
    else for (const table of new Set(changed.map((write) => write.table))) table.stream?.wake();
  }

  trim(table: string, upTo: number): void {
    if (this.catalogue.find(table)?.stream?.trim(upTo)) this.ground.log.write(ENGINE, { trim: { table, upTo } });
  }

  /** Removes what is past its date. */
  expire(): void {
    const now = this.now() / 1000;
    for (const table of this.catalogue.all()) {
      const rows = table.timeToLive?.due(now, (id) => table.row(id)) ?? [];
      if (rows.length > 0)
        this.commit(
          rows.map((old) => ({ table, old, next: undefined })),
          { expired: true },
        );
    }
  }

  /** When the first item of all tables is due, in seconds since the epoch. */
  nextDate(): number | undefined {
    const dates = [...this.catalogue.all()].flatMap((table) => table.timeToLive?.next() ?? []);
    return dates.length > 0 ? Math.min(...dates) : undefined;
  }

  /** In one turn: what is yielded later would be of a later state. */
  snapshot(): readonly LogRecord[] {
    return [...this.catalogue.records(), ...snapshotOf(this.catalogue.all(), this.tokens, this.now())];
  }

  replay(record: LogRecord): void {
    if ('writes' in record) this.repeatAll(record);
    else if ('keep' in record) restore(record, (name) => this.catalogue.find(name), this.tokens);
    else if ('trim' in record) this.catalogue.find(record.trim.table)?.stream?.trim(record.trim.upTo);
    else if ('drop' in record) this.catalogue.drop(record);
    else this.catalogue.put(record);
  }

  private repeatAll(record: WriteRecord): void {
    if (record.token) this.tokens.remember(...record.token, record.at);
    for (const write of record.writes) this.repeat(write, record);
  }

  /** A table that the template no longer has is passed over: its records stay in the log, its items are gone. */
  private repeat(write: ItemWrite, { at, expired }: WriteRecord): void {
    const table = this.catalogue.find(write.table);
    if (!table) return;
    const next = 'put' in write ? table.rowOf(freeze(write.put)) : undefined;
    const id = next ? next.id : idOf(placeOf('remove' in write ? write.remove : {}, table.keys));
    table.apply({ old: table.row(id), next, at, expired: expired === true });
  }
}

/** A write that leaves an item as it was is none. */
const changes = ({ old, next }: RowWrite): boolean => !(old && next ? sameItems(old.item, next.item) : old === next);

const recordOf = ({ table, old, next }: RowWrite): ItemWrite => {
  if (next) return { table: table.name, put: next.item };
  if (!old) throw invalid('a write without an item before or after');
  return { table: table.name, remove: pickNames(old.item, table.keys.names) };
};
