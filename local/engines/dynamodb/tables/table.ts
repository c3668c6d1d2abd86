import type { Item } from '../values/attribute.ts';
import { Collection } from './collection.ts';
import { checkDefinition, type KeySchema, keySchemaOf, type TableDefinition } from './definition.ts';
import { type Row, rowOf } from './row.ts';
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

  rowOf(item: Item): Row {
    return rowOf(item, this.keys, this.indexes);
  }

  /** Puts an item back that a snapshot kept: its stream has seen it. */
  load(item: Item): void {
    this.change(undefined, this.rowOf(item));
  }

  /** Moves the table, its indexes, its stream and its dates from `old` to `next`. */
  apply({ old, next, at, expired }: RowChange): void {
    this.change(old, next);
    this.stream?.append({ at, old: old?.item, next: next?.item, expired });
  }

  private change(old: Row | undefined, next: Row | undefined): void {
    if (next) this.rows.set(next.id, next);
    else if (old) this.rows.delete(old.id);
    this.collection.change(old, next);
    this.indexes.forEach((index, at) => {
      index.collection.change(old?.entries[at], next?.entries[at]);
    });
    this.timeToLive?.note(old, next);
  }
}
