import { attribute, freeze, type Item } from '../values/attribute.ts';
import { attributeSize, isBinary } from '../values/size.ts';
import { Collection } from './collection.ts';
import { checkDefinition, type KeySchema, keySchemaOf, type TableDefinition } from './definition.ts';
import { Row, rowOf } from './row.ts';
import { type Index, indexesOf } from './secondary-index.ts';
import { Stream, type ViewType } from './stream.ts';
import { TimeToLive } from './time-to-live.ts';

/** Streams outlive restarts and are found by ARN, so their label does not tell when they were made. */
const STREAM_LABEL = '2026-01-01T00:00:00.000';

export interface RowChange {
  readonly old: Row | undefined;
  readonly next: Row | undefined;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly expired: boolean;
}

export interface Place {
  readonly region: string;
  readonly account: string;
}

export class Table {
  readonly name: string;
  readonly arn: string;
  readonly keys: KeySchema;
  readonly indexes: readonly Index[];
  readonly collection = new Collection();
  readonly stream: Stream | undefined;
  readonly timeToLive: TimeToLive | undefined;
  private readonly rows = new Map<string, Row>();

  constructor(
    readonly definition: TableDefinition,
    { region, account }: Place,
    readonly createdAt: number,
  ) {
    checkDefinition(definition);
    this.name = definition.TableName;
    this.arn = `arn:aws:dynamodb:${region}:${account}:table/${this.name}`;
    this.keys = keySchemaOf(definition, definition.KeySchema);
    this.indexes = indexesOf(definition, this.keys);
    const stream = definition.StreamSpecification;
    if (stream && stream.StreamEnabled !== false) {
      const view = (stream.StreamViewType ?? 'NEW_AND_OLD_IMAGES') as ViewType;
      this.stream = new Stream(`${this.arn}/stream/${STREAM_LABEL}`, view, region, this.keys.names);
    }
    const ttl = definition.TimeToLiveSpecification;
    this.timeToLive = ttl?.Enabled ? new TimeToLive(ttl.AttributeName) : undefined;
  }

  row(id: string): Row | undefined {
    return this.rows.get(id);
  }

  /** The row that this frozen item would be. */
  rowOf(item: Item): Row {
    return rowOf(item, this.keys, this.indexes);
  }

  /** The row after an update that made `item`, frozen, of what `old` held: only what was changed is measured anew. */
  updated(old: Row, item: Item, names: readonly string[]): Row {
    let { size, binary } = old;
    for (const name of names) {
      const [before, after] = [attribute(old.item, name), attribute(item, name)];
      if (before) size -= attributeSize(name, before);
      if (after) size += attributeSize(name, after);
      binary ||= after !== undefined && isBinary(after);
    }
    return new Row(old.partition, old.order, item, size, binary, this.indexes);
  }

  /** Puts an item back that a snapshot kept: its stream has seen it. */
  load(item: Item): void {
    this.change(undefined, this.rowOf(freeze(item)));
  }

  /** Moves the table, its indexes, its stream and its dates from `old` to `next`; answers whether there is a new date. */
  apply({ old, next, at, expired }: RowChange): boolean {
    this.stream?.append({ at, old: old?.item, next: next?.item, expired });
    return this.change(old, next);
  }

  private change(old: Row | undefined, next: Row | undefined): boolean {
    if (next) this.rows.set(next.id, next);
    else if (old) this.rows.delete(old.id);
    this.collection.change(old, next);
    for (let at = 0; at < this.indexes.length; at += 1) (this.indexes[at] as Index).change(old?.entries[at], next?.entries[at]);
    return this.timeToLive?.note(old, next) ?? false;
  }
}
