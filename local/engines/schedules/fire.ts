import { AwsError } from '../../kernel/aws-error.ts';
import type { Call, Ground } from '../../kernel/engine.ts';
import { deadLetterAttributes } from '../delivery/dead-letter.ts';
import { createPending, type Pending } from '../delivery/pending.ts';
import { backoffMs, exhausted, transient } from '../delivery/retry.ts';
import type { Schedule, ScheduleTarget } from './schedule.ts';

interface SendOptions {
  groupId?: string | undefined;
  attributes?: Record<string, { DataType: string; StringValue: string }> | undefined;
}

export interface SchedulesDeps {
  /** Enqueues in this very turn; throws where the queue does not exist. */
  readonly send: (queueArn: string, body: string, options?: SendOptions) => void;
  /** Starts a function that answers nobody. */
  readonly invokeAsync: (functionArn: string, payload: unknown) => void;
  /** Calls a service as a schedule's role. Without it state machines and buses cannot be targets. */
  readonly call?: Call | undefined;
  /** What a role lacks to do this, in a few words; undefined where it may. */
  readonly lacks?: ((roleArn: string, action: string, resource: string) => string | undefined) | undefined;
}

/** One run of a schedule, until its target took it. */
export interface Invocation {
  readonly id: string;
  readonly scheduleArn: string;
  readonly target: ScheduleTarget;
  /** Whole seconds, ISO 8601. */
  readonly time: string;
  readonly attempts: number;
  readonly since: number;
  readonly dueAt: number;
}

const wholeSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, -5)}Z`;

/** The target's input with Scheduler's context words filled in, or the notification Scheduler sends without one. */
const inputOf = ({ id, scheduleArn, target, time, attempts }: Invocation, { region, account }: Ground): string => {
  if (target.Input === undefined) {
    const head = { version: '0', id, 'detail-type': 'Scheduled Event', source: 'aws.scheduler', account, time, region };
    return JSON.stringify({ ...head, resources: [scheduleArn], detail: '{}' });
  }
  return target.Input.replaceAll('<aws.scheduler.schedule-arn>', scheduleArn)
    .replaceAll('<aws.scheduler.scheduled-time>', time)
    .replaceAll('<aws.scheduler.execution-id>', id)
    .replaceAll('<aws.scheduler.attempt-number>', String(attempts + 1));
};

const parsed = (input: string): unknown => {
  try {
    return JSON.parse(input);
  } catch {
    throw new AwsError('InvalidJson', 'The input of the target is not valid JSON.');
  }
};

const serviceOf = ({ Arn }: ScheduleTarget): string => Arn.split(':')[2] ?? '';

/** Calls targets, again where it may help, and the dead-letter queue in the end. */
export interface Firing {
  fire(schedule: Schedule, due: number): void;
  readonly pending: Pending<Invocation>;
}

export const createFiring = (ground: Ground, deps: SchedulesDeps): Firing => {
  const { scheduler, meter, faults } = ground;

  const ask = async (role: string, service: string, operation: string, input: Record<string, unknown>): Promise<void> => {
    if (!deps.call) throw new AwsError('ServiceUnavailable', `Nothing here calls ${service} for a schedule.`, {}, 'server');
    const { FailedEntryCount = 0, Entries } = await deps.call(role, service, operation, input);
    const [entry] = (Entries ?? []) as { ErrorCode?: string; ErrorMessage?: string }[];
    if (Number(FailedEntryCount) > 0) throw new AwsError(entry?.ErrorCode ?? 'InternalFailure', entry?.ErrorMessage ?? '');
  };
  /** Done in this turn, or a promise of it. */
  const handOver = (invocation: Invocation): Promise<void> | undefined => {
    const { id, target } = invocation;
    const { Arn, RoleArn: role = '', SqsParameters, EventBridgeParameters } = target;
    const input = inputOf(invocation, ground);
    const missing = serviceOf(target) === 'sqs' || serviceOf(target) === 'lambda' ? refusal(target) : undefined;
    if (missing) throw new AwsError('AccessDenied', `The role ${role} lacks ${missing}.`);
    switch (serviceOf(target)) {
      case 'lambda':
        deps.invokeAsync(Arn, parsed(input));
        return undefined;
      case 'states':
        return ask(role, 'states', 'StartExecution', { stateMachineArn: Arn, input, name: id }).catch((error: Error) => {
          // A run that was tried before a crash has started already.
          if (error.name !== 'ExecutionAlreadyExists') throw error;
        });
      case 'events': {
        const entry = {
          EventBusName: Arn,
          Source: EventBridgeParameters?.Source,
          DetailType: EventBridgeParameters?.DetailType,
          Detail: input,
        };
        return ask(role, 'events', 'PutEvents', { Entries: [entry] });
      }
      default:
        deps.send(Arn, input, SqsParameters && { groupId: SqsParameters.MessageGroupId });
        return undefined;
    }
  };
  const refusal = ({ Arn, RoleArn }: ScheduleTarget): string | undefined =>
    RoleArn === undefined
      ? undefined
      : deps.lacks?.(RoleArn, serviceOf({ Arn }) === 'lambda' ? 'lambda:InvokeFunction' : 'sqs:SendMessage', Arn);

  const bury = (invocation: Invocation, error: Error, condition: string): void => {
    meter('scheduler', 'failed invocations', 1);
    const { scheduleArn, target, attempts } = invocation;
    const queue = target.DeadLetterConfig?.Arn;
    if (!queue) return;
    const letter = { error, condition, retries: attempts, origin: ['SCHEDULE_ARN', scheduleArn] as const, targetArn: target.Arn };
    try {
      deps.send(queue, inputOf(invocation, ground), { attributes: deadLetterAttributes(letter) });
    } catch (lost) {
      if (!(lost instanceof AwsError)) throw lost;
    }
  };
  const failed = (invocation: Invocation, error: Error): void => {
    const now = scheduler.now();
    const { target, attempts, since, id } = invocation;
    const waitMs = backoffMs(attempts + 1, scheduler.random);
    const over = transient(error) ? exhausted(target.RetryPolicy, attempts, now + waitMs - since) : 'MaximumRetryAttempts';
    if (over === undefined) pending.put({ ...invocation, attempts: attempts + 1, dueAt: now + waitMs });
    else {
      bury(invocation, error, over);
      pending.settled(id);
    }
  };
  const attempt = (invocation: Invocation): void => {
    try {
      const answer = handOver(invocation);
      if (!answer) pending.settled(invocation.id);
      else
        void answer.then(
          () => pending.settled(invocation.id),
          (error: Error) => failed(invocation, error),
        );
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed(invocation, error);
    }
  };
  const pending = createPending<Invocation>(ground, 'schedules', attempt);

  /** A queue or function has it in this turn; what is asked for by a call is noted first, so that a crash does not lose it. */
  const begin = (invocation: Invocation, delayMs: number): void => {
    const service = serviceOf(invocation.target);
    if (delayMs > 0 || service === 'states' || service === 'events') pending.put({ ...invocation, dueAt: invocation.dueAt + delayMs });
    else attempt(invocation);
  };

  return {
    fire: ({ arn, properties }, due) => {
      meter('scheduler', 'invocations', 1);
      const now = scheduler.now();
      const fault = faults?.delivery(properties.Target.Arn);
      const run = (): Invocation => {
        const id = scheduler.uuid();
        return { id, scheduleArn: arn, target: properties.Target, time: wholeSeconds(due), attempts: 0, since: now, dueAt: now };
      };
      const first = run();
      begin(first, fault?.kind === 'delay' ? fault.ms : 0);
      // Scheduler's own duplicates carry the same execution id.
      if (fault?.kind === 'duplicate') begin(first, 0);
    },
    pending,
  };
};
