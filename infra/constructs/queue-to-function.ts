import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { QueueWithDlq } from './queue-with-dlq.ts';
import type { SwoeFunction } from './swoe-function.ts';

/** Batches of ten without a window: waiting for a fuller batch would delay a dispatch. `atOnce` keeps a flood from taking every execution of the function. */
export const queueToFunction = (
  scope: Construct,
  id: string,
  from: QueueWithDlq,
  to: SwoeFunction,
  atOnce: number,
): CfnEventSourceMapping =>
  new CfnEventSourceMapping(scope, id, {
    eventSourceArn: from.queue.queueArn,
    functionName: to.fn.functionName,
    batchSize: 10,
    functionResponseTypes: ['ReportBatchItemFailures'],
    scalingConfig: { maximumConcurrency: atOnce },
  });
