import type { Ground, InvokeOutcome } from '../../kernel/engine.ts';
import type { Queues, TakenMessage } from '../queues/queues.ts';
import { failedItems } from './batch-response.ts';
import type { Mapping } from './definition.ts';

export interface Poller {
  start(): void;
  /** Nothing in flight and nothing it could take. */
  idle(): boolean;
}

export interface QueueMappingDeps {
  readonly queues: Pick<Queues, 'take' | 'settle' | 'onVisible' | 'counts'>;
  readonly invoke: (functionName: string, event: unknown) => Promise<InvokeOutcome>;
  readonly ended: () => void;
}

const recordOf = (message: TakenMessage, arn: string, awsRegion: string): object => ({
  messageId: message.id,
  receiptHandle: message.receiptHandle,
  body: message.body,
  attributes: message.attributes,
  messageAttributes: message.messageAttributes,
  md5OfBody: message.md5OfBody,
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
export const createQueuePoller = (mapping: Mapping, { scheduler, region }: Ground, { queues, invoke, ended }: QueueMappingDeps): Poller => {
  let flying = 0;
  let windowEnd: (() => void) | undefined;

  const deliver = async (batch: readonly TakenMessage[]): Promise<void> => {
    flying += 1;
    const Records = batch.map((message) => recordOf(message, mapping.sourceArn, region));
    const outcome = await invoke(mapping.functionName, { Records });
    const failed = new Set(failedOf(batch, outcome, mapping.reportsItems));
    queues.settle(
      mapping.sourceArn,
      batch.filter((message) => !failed.has(message)),
    );
    flying -= 1;
    pump();
    ended();
  };

  /** True where it is better to wait for a fuller batch; the window begins with the first message seen. */
  const gathering = (windowOver: boolean): boolean => {
    if (mapping.windowMs === 0 || windowOver || queues.counts(mapping.sourceArn).visible >= mapping.batchSize) return false;
    windowEnd ??= scheduler.after(mapping.windowMs, () => {
      windowEnd = undefined;
      pump(true);
    });
    return true;
  };

  const pump = (windowOver = false): void => {
    while (flying < mapping.maximumConcurrency && queues.counts(mapping.sourceArn).visible > 0) {
      if (gathering(windowOver)) return;
      windowEnd?.();
      windowEnd = undefined;
      const batch = queues.take(mapping.sourceArn, mapping.batchSize);
      if (batch.length === 0) return;
      void deliver(batch);
    }
  };

  return {
    start: () => {
      queues.onVisible(mapping.sourceArn, () => pump());
      scheduler.after(0, () => pump());
    },
    idle: () => flying === 0 && queues.counts(mapping.sourceArn).visible === 0,
  };
};
