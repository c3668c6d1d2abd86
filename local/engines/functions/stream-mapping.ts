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
  return first < 0 ? sequence(batch.at(-1)) : first === 0 ? undefined : sequence(batch[first - 1]);
};

/** Hands a table's changes to a function in order, one batch at a time; a batch that fails is halved or retried, and the rest waits. */
export const createStreamPoller = (mapping: Mapping, { scheduler }: Ground, deps: StreamMappingDeps): Poller => {
  const table = tableOf(mapping.sourceArn);
  let busy = false;
  let tries = 0;
  let windowEnd: (() => void) | undefined;
  /** Ends of the halves a failed batch was cut into, the nearest last. */
  const ends: number[] = [];

  const read = (limit = mapping.batchSize): readonly StreamRecord[] => {
    const end = ends.at(-1) ?? Number.POSITIVE_INFINITY;
    return deps.streams.readStream(table, deps.checkpoint() ?? 0, limit).filter((record) => sequence(record) <= end);
  };
  const advance = (to: number): void => {
    deps.advance(to);
    tries = 0;
    while (ends.length > 0 && (ends.at(-1) as number) <= to) ends.pop();
  };
  const pause = (): number => Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(tries, 10));
  const later = (ms: number): void => {
    busy = true;
    scheduler.after(ms, () => {
      busy = false;
      pump();
    });
  };

  const failed = (batch: readonly StreamRecord[], outcome: InvokeOutcome): void => {
    const age = scheduler.now() - (batch[0]?.dynamodb.ApproximateCreationDateTime ?? 0) * 1000;
    if (mapping.bisect && batch.length > 1) {
      ends.push(sequence(batch[Math.ceil(batch.length / 2) - 1]));
      later(0);
      return;
    }
    tries += 1;
    if (tries > mapping.maximumRetries || age > mapping.maximumAgeMs) {
      deps.discard(batch, tries, outcome);
      advance(sequence(batch.at(-1)));
      later(0);
    } else later(pause());
  };

  const deliver = async (batch: readonly StreamRecord[]): Promise<void> => {
    busy = true;
    const outcome = await deps.invoke(mapping.functionName, { Records: batch });
    busy = false;
    const to = reached(batch, outcome, mapping.reportsItems);
    if (to !== undefined) advance(to);
    if (to === sequence(batch.at(-1))) pump();
    else failed(to === undefined ? batch : batch.filter((record) => sequence(record) > to), outcome);
    deps.ended();
  };

  const pump = (windowOver = false): void => {
    if (busy) return;
    const batch = read();
    if (batch.length === 0) return;
    if (mapping.windowMs > 0 && !windowOver && batch.length < mapping.batchSize && ends.length === 0) {
      windowEnd ??= scheduler.after(mapping.windowMs, () => {
        windowEnd = undefined;
        pump(true);
      });
      return;
    }
    windowEnd?.();
    windowEnd = undefined;
    void deliver(batch);
  };

  return {
    start: () => {
      if (!mapping.fromStart && deps.checkpoint() === undefined)
        deps.advance(sequence(deps.streams.readStream(table, 0, Number.MAX_SAFE_INTEGER).at(-1)));
      deps.streams.onStream(table, () => scheduler.after(0, () => pump()));
      scheduler.after(0, () => pump());
    },
    idle: () => !busy && read(1).length === 0,
  };
};
