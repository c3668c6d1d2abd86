import type { Ground, InvokeOutcome } from '../../kernel/engine.ts';

import type { StreamRecord } from './lane.ts';
import type { Mapping } from './mapping.ts';

const arrival = (record: StreamRecord | undefined): string =>
  new Date((record?.dynamodb.ApproximateCreationDateTime ?? 0) * 1000).toISOString();

/** What Lambda sends to a stream mapping's failure destination: where the discarded records lie, not the records themselves. */
export const discardBody = (
  { functionName, sourceArn, maximumRetries }: Mapping,
  batch: readonly StreamRecord[],
  tries: number,
  outcome: InvokeOutcome | undefined,
  { scheduler, region, account }: Ground,
): string =>
  JSON.stringify({
    requestContext: {
      requestId: scheduler.uuid(),
      functionArn: `arn:aws:lambda:${region}:${account}:function:${functionName}`,
      condition: tries > maximumRetries ? 'RetryAttemptsExhausted' : 'RecordAgeExceeded',
      approximateInvokeCount: tries,
    },
    // A batch that was too old before it was ever handed over has no answer to tell of.
    ...(outcome
      ? { responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: outcome.ok ? 'BatchItemFailures' : 'Unhandled' } }
      : {}),
    version: '1.0',
    timestamp: new Date(scheduler.now()).toISOString(),
    DDBStreamBatchInfo: {
      shardId: 'shardId-00000000000000000000-00000000',
      startSequenceNumber: batch[0]?.dynamodb.SequenceNumber,
      endSequenceNumber: batch.at(-1)?.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: arrival(batch[0]),
      approximateArrivalOfLastRecord: arrival(batch.at(-1)),
      batchSize: batch.length,
      streamArn: sourceArn,
    },
  });
