import type { Ground, InvokeOutcome } from '../../kernel/engine.ts';
import type { DeliveryFault } from '../../kernel/faults.ts';
import { failedItems } from './batch-response.ts';
import type { Mapping } from './mapping.ts';
import { isThrottled } from './outcome.ts';

/** The part of a stream record this engine reads; functions get the whole. */
export interface StreamRecord {
  readonly dynamodb: { readonly SequenceNumber: string; readonly ApproximateCreationDateTime: number; readonly Keys?: object };
}

export interface LaneDeps {
  readonly invoke: (functionName: string, event: unknown) => Promise<InvokeOutcome>;
  readonly discard: (batch: readonly StreamRecord[], tries: number, outcome: InvokeOutcome | undefined) => void;
  /** These records will not be handed over again. */
  readonly done: (records: readonly StreamRecord[]) => void;
  /** What is to go wrong with the next batch. */
  readonly fault: () => DeliveryFault | undefined;
  readonly ended: () => void;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 30_000;

export const sequence = (record: StreamRecord | undefined): number => Number(record?.dynamodb.SequenceNumber ?? 0);

/** How many of a batch, from its start, are done. */
const reached = (batch: readonly StreamRecord[], outcome: InvokeOutcome, reportsItems: boolean): number => {
  if (!outcome.ok) return 0;
  if (!reportsItems) return batch.length;
  const failed = failedItems(outcome.payload, new Set(batch.map(({ dynamodb }) => dynamodb.SequenceNumber)));
  if (failed === 'all') return 0;
  const first = batch.findIndex(({ dynamodb }) => failed.has(dynamodb.SequenceNumber));
  return first < 0 ? batch.length : first;
};

/** Records in order, one batch at a time; a batch that fails is halved or tried again, and the rest waits. */
export class Lane {
  private queue: StreamRecord[] = [];
  private busy = false;
  private stopped = false;
  private tries = 0;
  private windowEnd: (() => void) | undefined;
  /** Ends of the halves a failed batch was cut into, the nearest last. */
  private readonly ends: number[] = [];

  constructor(
    private readonly mapping: Mapping,
    private readonly scheduler: Ground['scheduler'],
    private readonly deps: LaneDeps,
  ) {}

  add(record: StreamRecord): void {
    this.queue.push(record);
  }

  stop(): void {
    this.stopped = true;
    this.windowEnd?.();
  }

  idle(): boolean {
    return !this.busy && (this.stopped || this.queue.length === 0);
  }

  pump(windowOver = false): void {
    if (this.busy || this.stopped) return;
    const end = this.ends.at(-1) ?? Number.POSITIVE_INFINITY;
    const batch = this.queue.slice(0, this.mapping.batchSize).filter((record) => sequence(record) <= end);
    if (batch.length === 0 || (!windowOver && this.gathering(batch))) return;
    this.windowEnd?.();
    this.windowEnd = undefined;
    void this.deliver(batch);
  }

  /** True where it is better to wait for a fuller batch. */
  private gathering(batch: readonly StreamRecord[]): boolean {
    const { windowMs, batchSize } = this.mapping;
    if (windowMs === 0 || batch.length >= batchSize || this.ends.length > 0 || this.tries > 0) return false;
    this.windowEnd ??= this.scheduler.after(windowMs, () => {
      this.windowEnd = undefined;
      this.pump(true);
    });
    return true;
  }

  private async deliver(batch: readonly StreamRecord[]): Promise<void> {
    this.busy = true;
    const old = batch.filter((record) => this.age(record) > this.mapping.maximumAgeMs);
    if (old.length > 0 && this.tries === 0) {
      this.giveUp(old, undefined);
      this.deps.ended();
      return;
    }
    const outcome = await this.handOver(batch);
    this.busy = false;
    const count = reached(batch, outcome, this.mapping.reportsItems);
    if (count > 0) this.leave(count);
    if (count === batch.length) this.pump();
    else this.failed(batch.slice(count), outcome);
    this.deps.ended();
  }

  private async handOver(batch: readonly StreamRecord[]): Promise<InvokeOutcome> {
    const fault = this.deps.fault();
    if (fault?.kind === 'delay') await new Promise<void>((resolve) => this.scheduler.after(fault.ms, resolve));
    const event = { Records: batch };
    const outcome = await this.deps.invoke(this.mapping.functionName, event);
    return fault?.kind === 'duplicate' && outcome.ok ? this.deps.invoke(this.mapping.functionName, event) : outcome;
  }

  private age(record: StreamRecord | undefined): number {
    return this.scheduler.now() - (record?.dynamodb.ApproximateCreationDateTime ?? 0) * 1000;
  }

  private failed(batch: readonly StreamRecord[], outcome: InvokeOutcome): void {
    const { bisect, maximumRetries, maximumAgeMs } = this.mapping;
    // A function that never ran did not fail on the batch.
    const ran = !isThrottled(outcome);
    if (ran && bisect && batch.length > 1) {
      this.ends.push(sequence(batch[Math.ceil(batch.length / 2) - 1]));
      this.pumpAfter(0);
      return;
    }
    this.tries += ran ? 1 : 0;
    if (this.tries > maximumRetries || this.age(batch[0]) > maximumAgeMs) this.giveUp(batch, outcome);
    else this.pumpAfter(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(Math.max(1, this.tries), 10)));
  }

  private giveUp(batch: readonly StreamRecord[], outcome: InvokeOutcome | undefined): void {
    this.deps.discard(batch, this.tries, outcome);
    this.leave(batch.length);
    this.pumpAfter(0);
  }

  private leave(count: number): void {
    const records = this.queue.splice(0, count);
    this.tries = 0;
    const to = sequence(records.at(-1));
    while (this.ends.length > 0 && (this.ends.at(-1) as number) <= to) this.ends.pop();
    this.deps.done(records);
  }

  private pumpAfter(ms: number): void {
    this.busy = true;
    this.scheduler.after(ms, () => {
      this.busy = false;
      this.pump();
    });
  }
}
