import { AwsError } from '../kernel/aws-error.ts';
import type { InvokeOutcome } from '../kernel/engine.ts';
import type { CallFault, Faults } from '../kernel/faults.ts';
import type { Scheduler } from '../kernel/scheduler.ts';

/** Each service's own word for "too much at once"; the SDK's standard retry knows them all. */
const THROTTLES: Readonly<Record<string, readonly [name: string, message: string]>> = {
  dynamodb: [
    'ProvisionedThroughputExceededException',
    'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.',
  ],
  sqs: ['RequestThrottled', 'The request was denied due to request throttling.'],
  lambda: ['TooManyRequestsException', 'Rate Exceeded.'],
  'execute-api': ['LimitExceededException', 'Rate exceeded'],
};

const throttled = (service: string): AwsError =>
  new AwsError(...(THROTTLES[service] ?? (['ThrottlingException', 'Rate exceeded'] as const)), { $retryable: { throttling: true } });

/** The connection ended before the answer came: what was asked may have been done. */
const lost = (): Error =>
  Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET', $metadata: { attempts: 1 } });

/** EventBridge may turn away entries one by one instead of the whole request, and then no SDK tries again. */
const turnedAway = (input: Record<string, unknown>): Record<string, unknown> => {
  const entries = input['Entries'] as unknown[];
  const Entries = entries.map(() => ({ ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' }));
  return { FailedEntryCount: entries.length, Entries };
};

type Answer = Record<string, unknown>;

export interface MishapDeps {
  readonly scheduler: Scheduler;
  readonly faults: () => Faults | undefined;
}

/** Lets a call go wrong where the plan says so. */
export const withMishaps = ({ scheduler, faults }: MishapDeps) => {
  const suffer = async <T>(fault: CallFault, service: string, go: () => Promise<T>): Promise<T> => {
    if (fault.kind === 'throttle') throw throttled(service);
    if (fault.kind === 'delay') {
      await new Promise<void>((resolve) => scheduler.after(fault.ms, resolve));
      return go();
    }
    await go().catch(() => {});
    throw lost();
  };
  /** The call as it was planned to go. */
  const call = (service: string, operation: string, input: Record<string, unknown>, go: () => Promise<Answer>): Promise<Answer> => {
    const plan = faults();
    if (!plan) return go();
    const name = service.split(' ')[0] ?? '';
    const fault = plan.call(`${name}:${operation}`);
    if (!fault) return go();
    if (fault.kind === 'throttle' && operation === 'PutEvents' && scheduler.random() < 0.5) return Promise.resolve(turnedAway(input));
    return suffer(fault, name, go);
  };
  /** An invocation by a state machine, which sees Lambda's errors under names of its own. */
  const invoke = async (go: () => Promise<InvokeOutcome>): Promise<InvokeOutcome> => {
    const fault = faults()?.call('lambda:Invoke');
    if (!fault) return go();
    try {
      return await suffer(fault, 'lambda', go);
    } catch (error) {
      const { name, message } = error as Error;
      return { ok: false, error: `Lambda.${name === 'TimeoutError' ? 'SdkClientException' : name}`, cause: message };
    }
  };
  return { call, invoke };
};
