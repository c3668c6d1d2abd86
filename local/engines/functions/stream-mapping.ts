import type { Ground } from '../../kernel/engine.ts';
import { wanted } from './filter.ts';
import { Lane, type LaneDeps, type StreamRecord, sequence } from './lane.ts';
import { type Mapping, tableOf } from './mapping.ts';
import type { Poller } from './queue-mapping.ts';

export interface Streams {
  readStream(tableName: string, afterSequence: number, limit: number): readonly StreamRecord[];
  onStream(tableName: string, listener: () => void): () => void;
  trimStream(tableName: string, upTo: number): void;
}

export interface StreamMappingDeps extends Omit<LaneDeps, 'done'> {
  readonly streams: Streams;
  /** The sequence number this mapping is done with; undefined before its first batch. */
  readonly checkpoint: () => number | undefined;
  readonly advance: (to: number) => void;
}

/** A change of one item always goes into the same lane. FNV-1a over its key. */
const laneOf = (record: StreamRecord, lanes: number): number => {
  if (lanes === 1) return 0;
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(JSON.stringify(record.dynamodb.Keys ?? {}))) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % lanes;
};

/** Hands a table's changes to a function: each lane in order, one batch at a time. The checkpoint is what all lanes are done with. */
export class StreamPoller implements Poller {
  private readonly table: string;
  private readonly lanes: Lane[];
  /** The last record that was handed to a lane. */
  private read = 0;
  /** What was handed out and is not yet behind the checkpoint, in the stream's order. */
  private open: { readonly at: number; done: boolean }[] = [];
  private readonly bySequence = new Map<number, { done: boolean }>();
  private deaf: (() => void) | undefined;
  private stopped = false;

  constructor(
    private readonly mapping: Mapping,
    scheduler: Ground['scheduler'],
    private readonly deps: StreamMappingDeps,
  ) {
    this.table = tableOf(mapping.sourceArn);
    const done = (records: readonly StreamRecord[]): void => this.done(records);
    this.lanes = Array.from({ length: mapping.lanes }, () => new Lane(mapping, scheduler, { ...deps, done }));
    this.soon = () => void scheduler.after(0, () => this.fill());
  }

  private readonly soon: () => void;

  start(): void {
    const { checkpoint, advance, streams } = this.deps;
    const begins = this.mapping.fromStart || checkpoint() !== undefined;
    if (!begins) advance(sequence(streams.readStream(this.table, 0, Number.MAX_SAFE_INTEGER).at(-1)));
    this.read = checkpoint() ?? 0;
    this.deaf = streams.onStream(this.table, this.soon);
    this.soon();
  }

  stop(): void {
    this.stopped = true;
    this.deaf?.();
    for (const lane of this.lanes) lane.stop();
  }

  idle(): boolean {
    if (!this.lanes.every((lane) => lane.idle())) return false;
    return this.stopped || this.deps.streams.readStream(this.table, this.read, 1).length === 0;
  }

  /** Deals records out to the lanes, as many as are worth holding in hand. */
  private fill(): void {
    if (this.stopped) return;
    const room = this.mapping.batchSize * this.mapping.lanes * 2 - this.open.length;
    if (room <= 0) return;
    const records = this.deps.streams.readStream(this.table, this.read, room);
    if (records.length === 0) return;
    this.read = sequence(records.at(-1));
    const passed: StreamRecord[] = [];
    for (const record of records) {
      const entry = { at: sequence(record), done: false };
      this.open.push(entry);
      this.bySequence.set(entry.at, entry);
      if (wanted(this.mapping, record)) this.lanes[laneOf(record, this.lanes.length)]?.add(record);
      else passed.push(record);
    }
    if (passed.length > 0) this.done(passed);
    for (const lane of this.lanes) lane.pump();
  }

  private done(records: readonly StreamRecord[]): void {
    for (const record of records) {
      const entry = this.bySequence.get(sequence(record));
      if (entry) entry.done = true;
    }
    const first = this.open.findIndex(({ done }) => !done);
    const behind = first < 0 ? this.open : this.open.slice(0, first);
    const last = behind.at(-1);
    if (!last) return;
    for (const { at } of behind) this.bySequence.delete(at);
    this.open = first < 0 ? [] : this.open.slice(first);
    this.deps.advance(last.at);
    this.soon();
  }
}
