import type { Ground, InvokeOutcome } from '../../kernel/engine.ts';
import { failedItems } from './batch-response.ts';
import { type Mapping, tableOf } from './definition.ts';
import type { Poller } from './queue-mapping.ts';

/** The part of a stream record this engine reads; functions get the whole. */
export interface StreamRecord {
  readonly dynamodb: { readonly SequenceNumber: string; readonly ApproximateCreationDateTime: number };
}

export interface Streams {
  readStream(tableName: string, afterSequence: number, limit: number): readonly StreamRecord[];
  onStream(tableName: string, listener: () => void): () => void;
  trimStream(tableName: string, upTo: number): void;
}

export interface StreamMappingDeps {
  readonly streams: Streams;
  readonly invoke: (functionName: string, event: unknown) => Promise<InvokeOutcome>;
  /** The sequence number this mapping is done with; undefined before its first batch. */
  readonly checkpoint: () => number | undefined;
  readonly advance: (to: number) => void;
  readonly discard: (batch: readonly StreamRecord[], tries: number, outcome: InvokeOutcome) => void;
  readonly ended: () => void;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 30_000;

const sequence = (record: StreamRecord | undefined): number => Number(record?.dynamodb.SequenceNumber ?? 0);

/** How far a batch got: the sequence number of the last record before the first failed one; undefined where nothing did. */
const reached = (batch: readonly StreamRecord[], outcome: InvokeOutcome, reportsItems: boolean): number | undefined => {
  if (!outcome.ok) return undefined;
  if (!reportsItems) return sequence(batch.at(-1));
  const failed = failedItems(outcome.payload, new Set(batch.map(({ dynamodb }) => dynamodb.SequenceNumber)));
  if (failed === 'all') return undefined;
  const first = batch.findIndex(({ dynamodb }) => failed.has(dynamodb.SequenceNumber));
  if (first < 0) return sequence(batch.at(-1));
  return first === 0 ? undefined : sequence(batch[first - 1]);
};

/** Hands a table's changes to a function in order, one batch at a time; a batch that fails is halved or retried, and the rest waits. */
export class StreamPoller implements Poller {
  private readonly table: string;
  private busy = false;
  private tries = 0;
  private windowEnd: (() => void) | undefined;
  /** Ends of the halves a failed batch was cut into, the nearest last. */
  private readonly ends: number[] = [];

  constructor(
    private readonly mapping: Mapping,
    private readonly scheduler: Ground['scheduler'],
    private readonly deps: StreamMappingDeps,
  ) {
    this.table = tableOf(mapping.sourceArn);
  }

  start(): void {
    const { checkpoint, advance, streams } = this.deps;
    const begins = this.mapping.fromStart || checkpoint() !== undefined;
    if (!begins) advance(sequence(streams.readStream(this.table, 0, Number.MAX_SAFE_INTEGER).at(-1)));
    const pumpSoon = () => void this.scheduler.after(0, () => this.pump());
    streams.onStream(this.table, pumpSoon);
    pumpSoon();
  }

  idle(): boolean {
    return !this.busy && this.read(1).length === 0;
  }

  private read(limit = this.mapping.batchSize): readonly StreamRecord[] {
    const end = this.ends.at(-1) ?? Number.POSITIVE_INFINITY;
    return this.deps.streams.readStream(this.table, this.deps.checkpoint() ?? 0, limit).filter((record) => sequence(record) <= end);
  }

  private pump(windowOver = false): void {
    if (this.busy) return;
    const batch = this.read();
    if (batch.length === 0 || (!windowOver && this.gathering(batch))) return;
    this.windowEnd?.();
    this.windowEnd = undefined;
    void this.deliver(batch);
  }

  /** True where it is better to wait for a fuller batch. */
  private gathering(batch: readonly StreamRecord[]): boolean {
    const { windowMs, batchSize } = this.mapping;
    if (windowMs === 0 || batch.length >= batchSize || this.ends.length > 0) return false;
    this.windowEnd ??= this.scheduler.after(windowMs, () => {
      this.windowEnd = undefined;
      this.pump(true);
    });
    return true;
  }

  private async deliver(batch: readonly StreamRecord[]): Promise<void> {
    this.busy = true;
    const outcome = await this.deps.invoke(this.mapping.functionName, { Records: batch });
    this.busy = false;
    const to = reached(batch, outcome, this.mapping.reportsItems);
    if (to !== undefined) this.advance(to);
    if (to === sequence(batch.at(-1))) this.pump();
    else this.failed(to === undefined ? batch : batch.filter((record) => sequence(record) > to), outcome);
    this.deps.ended();
  }

  private failed(batch: readonly StreamRecord[], outcome: InvokeOutcome): void {
    const { bisect, maximumRetries, maximumAgeMs } = this.mapping;
    if (bisect && batch.length > 1) {
      this.ends.push(sequence(batch[Math.ceil(batch.length / 2) - 1]));
      this.pumpAfter(0);
      return;
    }
    this.tries += 1;
    const age = this.scheduler.now() - (batch[0]?.dynamodb.ApproximateCreationDateTime ?? 0) * 1000;
    if (this.tries > maximumRetries || age > maximumAgeMs) {
      this.deps.discard(batch, this.tries, outcome);
      this.advance(sequence(batch.at(-1)));
      this.pumpAfter(0);
    } else this.pumpAfter(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(this.tries, 10)));
  }

  private advance(to: number): void {
    this.deps.advance(to);
    this.tries = 0;
    while (this.ends.length > 0 && (this.ends.at(-1) as number) <= to) this.ends.pop();
  }

  private pumpAfter(ms: number): void {
    this.busy = true;
    this.scheduler.after(ms, () => {
      this.busy = false;
      this.pump();
    });
  }
}
