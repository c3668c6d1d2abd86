import { attribute, freeze, type Item } from '../values/attribute.ts';
import { attributeSize, isBinary } from '../values/size.ts';
import { Collection } from './collection.ts';
import { checkDefinition, type KeySchema, keySchemaOf, type TableDefinition } from './definition.ts';
import { Row, rowOf } from './row.ts';
import { type Index, indexesOf, type Lag } from './secondary-index.ts';
import { Stream, type ViewType } from './stream.ts';
import { TimeToLive } from './time-to-live.ts';

/** The streams of the template's tables outlive restarts and are found by ARN, so their label does not tell when they were made. */
const TEMPLATE_LABEL = '2026-01-01T00:00:00.000';

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
  readonly lag?: Lag | undefined;
}

/** When a table came to be. */
export interface Birth {
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** When its stream was enabled, where that was at run time. */
  readonly streamedAt?: number | undefined;
  /** The digest of the template's definition; undefined for a table that CreateTable made. */
  readonly base?: number | undefined;
}

const streamOf = ({ arn, definition, birth, keys }: Table, region: string): Stream | undefined => {
  const wanted = definition.StreamSpecification;
  if (!wanted || wanted.StreamEnabled === false) return undefined;
  const { streamedAt } = birth;
  const label = streamedAt === undefined ? TEMPLATE_LABEL : new Date(streamedAt).toISOString().slice(0, -1);
  return new Stream(`${arn}/stream/${label}`, (wanted.StreamViewType ?? 'NEW_AND_OLD_IMAGES') as ViewType, region, keys.names);
};

export class Table {
  readonly name: string;
  readonly arn: string;
  readonly keys: KeySchema;
  readonly indexes: readonly Index[];
  readonly collection = new Collection();
  readonly stream: Stream | undefined;
  readonly timeToLive: TimeToLive | undefined;
  private readonly rows = new Map<string, Row>();

  /** `before` is this table as it was defined until now: its items come along, and its stream where it is to go on. */
  constructor(
    readonly definition: TableDefinition,
    { region, account, lag }: Place,
    readonly birth: Birth,
    before?: Table,
  ) {
    checkDefinition(definition);
    this.name = definition.TableName;
    this.arn = `arn:aws:dynamodb:${region}:${account}:table/${this.name}`;
    this.keys = keySchemaOf(definition, definition.KeySchema);
    this.indexes = indexesOf(definition, this.keys, lag);
    const goesOn = before?.birth.streamedAt === birth.streamedAt && definition.StreamSpecification?.StreamEnabled !== false;
    this.stream = (goesOn && before?.stream) || streamOf(this, region);
    const ttl = definition.TimeToLiveSpecification;
    this.timeToLive = ttl?.Enabled ? new TimeToLive(ttl.AttributeName) : undefined;
    for (const { item } of before?.collection.scan() ?? []) this.load(item);
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
    for (let at = 0; at < this.indexes.length; at += 1) (this.indexes[at] as Index).follow(old?.entries[at], next?.entries[at]);
    return this.timeToLive?.note(old, next) ?? false;
  }
}
