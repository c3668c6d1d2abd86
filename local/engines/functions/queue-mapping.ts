import type { Ground, InvokeOutcome } from '../../kernel/engine.ts';
import { binaryOf, type MessageAttributes } from '../queues/message.ts';
import type { Queues, TakenMessage } from '../queues/queues.ts';
import { failedItems } from './batch-response.ts';
import { wanted } from './filter.ts';
import type { Mapping } from './mapping.ts';
import { isThrottled } from './outcome.ts';

export interface Poller {
  start(): void;
  /** Takes nothing more; what is in hand is finished. */
  stop(): void;
  /** Nothing in flight and nothing it could take. */
  idle(): boolean;
}

export interface QueueMappingDeps {
  readonly queues: Pick<Queues, 'take' | 'settle' | 'onVisible' | 'counts'>;
  readonly invoke: (functionName: string, event: unknown) => Promise<InvokeOutcome>;
  /** The function's timeout: a queue that feeds it hides messages at least that long. */
  readonly timeoutMs: () => number;
  readonly ended: () => void;
}

const FIRST_PAUSE_MS = 500;

/** Lambda writes attributes in its own hand, not in SQS's. */
const attributesOf = ({ messageAttributes }: TakenMessage): object =>
  Object.fromEntries(
    Object.entries(messageAttributes as MessageAttributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      {
        ...(StringValue === undefined ? { binaryValue: binaryOf(BinaryValue).toString('base64') } : { stringValue: StringValue }),
        stringListValues: [],
        binaryListValues: [],
        dataType: DataType,
      },
    ]),
  );

const recordOf = (message: TakenMessage, arn: string, awsRegion: string): object => ({
  messageId: message.id,
  receiptHandle: message.receiptHandle,
  body: message.body,
  attributes: message.attributes,
  messageAttributes: attributesOf(message),
  /** Computed for whoever reads it: hardly anybody does. */
  get md5OfBody() {
    return message.md5OfBody;
  },
  eventSource: 'aws:sqs',
  eventSourceARN: arn,
  awsRegion,
});

/** Which of a batch stay in the queue. */
const failedOf = (batch: readonly TakenMessage[], outcome: InvokeOutcome, reportsItems: boolean): readonly TakenMessage[] => {
  if (!outcome.ok) return batch;
  if (!reportsItems) return [];
  const failed = failedItems(outcome.payload, new Set(batch.map(({ id }) => id)));
  return failed === 'all' ? batch : batch.filter(({ id }) => failed.has(id));
};

/** Hands a queue's messages to a function in batches. What fails stays in flight until its visibility timeout ends. */
export const createQueuePoller = (mapping: Mapping, { scheduler, region }: Ground, deps: QueueMappingDeps): Poller => {
  const { queues, ended } = deps;
  const { sourceArn, functionName, windowMs, batchSize } = mapping;
  let flying = 0;
  let stopped = false;
  let windowEnd: (() => void) | undefined;
  let deaf: (() => void) | undefined;

  /** A throttled batch is kept in hand and offered again, for as long as the queue surely hides it. */
  const invoke = async (event: object): Promise<InvokeOutcome> => {
    const until = scheduler.now() + deps.timeoutMs();
    for (let pause = FIRST_PAUSE_MS; ; pause *= 2) {
      const outcome = await deps.invoke(functionName, event);
      if (!isThrottled(outcome) || scheduler.now() + pause > until) return outcome;
      await new Promise<void>((resolve) => scheduler.after(pause, resolve));
    }
  };

  const deliver = async (batch: readonly TakenMessage[]): Promise<void> => {
    const records = new Map(batch.map((message) => [message, recordOf(message, sourceArn, region)]));
    const chosen = batch.filter((message) => wanted(mapping, records.get(message) as object));
    flying += 1;
    const outcome: InvokeOutcome =
      chosen.length === 0 ? { ok: true, payload: null } : await invoke({ Records: chosen.map((message) => records.get(message)) });
    const failed = new Set(failedOf(chosen, outcome, mapping.reportsItems));
    queues.settle(
      sourceArn,
      batch.filter((message) => !failed.has(message)),
      [...failed],
    );
    flying -= 1;
    pump();
    ended();
  };

  /** True where it is better to wait for a fuller batch; the window begins with the first message seen. */
  const gathering = (windowOver: boolean): boolean => {
    if (windowMs === 0 || windowOver || queues.counts(sourceArn).visible >= batchSize) return false;
    windowEnd ??= scheduler.after(windowMs, () => {
      windowEnd = undefined;
      pump(true);
    });
    return true;
  };

  const pump = (windowOver = false): void => {
    while (!stopped && flying < mapping.maximumConcurrency && queues.counts(sourceArn).visible > 0) {
      if (gathering(windowOver)) return;
      windowEnd?.();
      windowEnd = undefined;
      const batch = queues.take(sourceArn, batchSize);
      if (batch.length === 0) return;
      void deliver(batch);
    }
  };

  return {
    start: () => {
      deaf = queues.onVisible(sourceArn, () => pump());
      scheduler.after(0, () => pump());
    },
    stop: () => {
      stopped = true;
      windowEnd?.();
      deaf?.();
    },
    idle: () => flying === 0 && (stopped || queues.counts(sourceArn).visible === 0),
  };
};
