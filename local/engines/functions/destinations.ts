import { AwsError } from '../../kernel/aws-error.ts';
import type { Call, Ground, InvokeOutcome } from '../../kernel/engine.ts';
import type { SendOptions } from '../queues/queues.ts';
import { payloadOf } from './outcome.ts';

export type AsyncCondition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';

/** One asynchronous invocation that is over, as its destinations are told. */
export interface Ended {
  readonly id: string;
  readonly functionArn: string;
  readonly roleArn: string;
  readonly payload: unknown;
  readonly attempts: number;
  readonly condition: AsyncCondition;
  /** Undefined where it never ran. */
  readonly outcome: InvokeOutcome | undefined;
}

export interface DestinationDeps {
  readonly send: (queueArn: string, body: string, options?: SendOptions) => unknown;
  readonly invokeAsync: (functionArn: string, payload: unknown) => void;
  readonly call: Call;
}

/** AWS's record of an asynchronous invocation. */
const recordOf = ({ id, functionArn, payload, attempts, condition, outcome }: Ended, now: number): object => ({
  version: '1.0',
  timestamp: new Date(now).toISOString(),
  requestContext: { requestId: id, functionArn: `${functionArn}:$LATEST`, condition, approximateInvokeCount: attempts },
  requestPayload: payload,
  ...(outcome
    ? {
        responseContext: { statusCode: 200, executedVersion: '$LATEST', ...(outcome.ok ? {} : { functionError: 'Unhandled' }) },
        responsePayload: payloadOf(outcome),
      }
    : {}),
});

const text = (StringValue: string) => ({ DataType: 'String', StringValue });

/** Tells destinations and the dead-letter queue how an invocation ended. What they do not take is counted and gone, as in AWS. */
export const createDestinations = ({ scheduler, meter }: Ground, { send, invokeAsync, call }: DestinationDeps) => {
  const lost = (error: unknown): void => {
    if (!(error instanceof AwsError)) throw error;
    meter('lambda', 'destination delivery failures', 1);
  };
  const toBus = (busArn: string, ended: Ended): void => {
    const entry = {
      EventBusName: busArn,
      Source: 'lambda',
      DetailType: `Lambda Function Invocation Result - ${ended.condition === 'Success' ? 'Success' : 'Failure'}`,
      Resources: [busArn, `${ended.functionArn}:$LATEST`],
      Detail: JSON.stringify(recordOf(ended, scheduler.now())),
    };
    call(ended.roleArn, 'events', 'PutEvents', { Entries: [entry] }).catch(lost);
  };
  return {
    tell: (destinationArn: string, ended: Ended): void => {
      const service = destinationArn.split(':')[2];
      try {
        if (service === 'events') toBus(destinationArn, ended);
        else if (service === 'lambda') invokeAsync(destinationArn, recordOf(ended, scheduler.now()));
        else send(destinationArn, JSON.stringify(recordOf(ended, scheduler.now())));
      } catch (error) {
        lost(error);
      }
    },
    /** The event itself, with what went wrong in its attributes. */
    bury: (queueArn: string, { id, payload, outcome }: Ended): void => {
      const message = (outcome && (payloadOf(outcome) as { errorMessage?: unknown } | null)?.errorMessage) ?? '';
      const attributes = {
        RequestID: text(id),
        ErrorCode: { DataType: 'Number', StringValue: outcome ? '200' : '429' },
        ErrorMessage: text(String(message).slice(0, 1_024) || 'The function did not run.'),
      };
      try {
        send(queueArn, JSON.stringify(payload), { attributes });
      } catch (error) {
        lost(error);
      }
    },
  };
};

export type Destinations = ReturnType<typeof createDestinations>;
