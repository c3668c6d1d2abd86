import { AwsError } from '../../kernel/aws-error.ts';
import { type Timing, timingOf } from './expression.ts';

interface ScheduleTarget {
  Arn: string;
  RoleArn?: string;
  Input?: string;
  DeadLetterConfig?: { Arn?: string };
  RetryPolicy?: unknown;
}

/** `AWS::Scheduler::Schedule` properties and the input of `CreateSchedule`: they have the same names. */
export interface ScheduleProperties {
  Name: string;
  GroupName?: string;
  ScheduleExpression: string;
  ScheduleExpressionTimezone?: string;
  State?: string;
  Description?: string;
  FlexibleTimeWindow?: { Mode?: string };
  ActionAfterCompletion?: string;
  ClientToken?: string;
  Target: ScheduleTarget;
}

export interface Schedule {
  readonly properties: ScheduleProperties;
  readonly arn: string;
  readonly timing: Timing;
  readonly enabled: boolean;
  readonly createdAt: number;
  /** A one-time schedule that ran and was kept. */
  done: boolean;
  callOff: (() => void) | undefined;
}

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

export const keyOf = ({ Name, GroupName = 'default' }: { Name: string; GroupName?: string }): string => `${GroupName}/${Name}`;

const timing = ({ Name, ScheduleExpression, ScheduleExpressionTimezone = 'UTC' }: ScheduleProperties): Timing => {
  if (ScheduleExpressionTimezone !== 'UTC')
    throw invalid(`Schedule ${Name}: the local scheduler knows only UTC, not ${ScheduleExpressionTimezone}.`);
  const known = timingOf(String(ScheduleExpression));
  if (!known)
    throw invalid(
      `Invalid Schedule Expression ${ScheduleExpression}. The local scheduler reads rate(n minutes|hours|days) and at(yyyy-mm-ddThh:mm:ss).`,
    );
  return known;
};

/** Checks the properties; throws AWS's ValidationException. */
export const scheduleOf = (properties: ScheduleProperties, region: string, account: string, createdAt: number): Schedule => {
  const { Name, Target, State = 'ENABLED' } = properties;
  if (!/^[\w.-]{1,64}$/.test(Name ?? ''))
    throw invalid('A schedule needs a Name of 1 to 64 letters, digits, dots, hyphens or underscores.');
  if (!/^arn:[^:]+:(sqs|lambda):/.test(Target?.Arn ?? ''))
    throw invalid(`Schedule ${Name}: the local scheduler calls SQS queues and Lambda functions, not ${Target?.Arn}.`);
  return {
    properties,
    arn: `arn:aws:scheduler:${region}:${account}:schedule/${keyOf(properties)}`,
    timing: timing(properties),
    enabled: State === 'ENABLED',
    createdAt,
    done: false,
    callOff: undefined,
  };
};

export interface Occasion {
  readonly id: string;
  readonly time: string;
  readonly region: string;
  readonly account: string;
}

/** The target's input with Scheduler's context words filled in, or the notification Scheduler sends without one. */
export const inputFor = ({ arn, properties }: Schedule, { id, time, region, account }: Occasion): string => {
  const { Input } = properties.Target;
  if (Input === undefined)
    return JSON.stringify({
      version: '0',
      id,
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      account,
      time,
      region,
      resources: [arn],
      detail: '{}',
    });
  return Input.replaceAll('<aws.scheduler.schedule-arn>', arn)
    .replaceAll('<aws.scheduler.scheduled-time>', time)
    .replaceAll('<aws.scheduler.execution-id>', id)
    .replaceAll('<aws.scheduler.attempt-number>', '1');
};
