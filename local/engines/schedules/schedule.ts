import { nextRun, type Timing, timingOf } from '../../../shared/timing/expression.ts';
import { isZone } from '../../../shared/timing/zone.ts';
import { AwsError } from '../../kernel/aws-error.ts';
import type { RetryPolicy } from '../delivery/retry.ts';

export interface ScheduleTarget {
  Arn: string;
  RoleArn?: string;
  Input?: string;
  DeadLetterConfig?: { Arn?: string };
  RetryPolicy?: RetryPolicy;
  SqsParameters?: { MessageGroupId?: string };
  EventBridgeParameters?: { DetailType?: string; Source?: string };
}

/** `AWS::Scheduler::Schedule` properties and the input of `CreateSchedule`: they have the same names. */
export interface ScheduleProperties {
  Name: string;
  GroupName?: string;
  ScheduleExpression: string;
  ScheduleExpressionTimezone?: string;
  /** A Date, seconds or a text. */
  StartDate?: unknown;
  EndDate?: unknown;
  State?: string;
  Description?: string;
  FlexibleTimeWindow?: { Mode?: string; MaximumWindowInMinutes?: number | string };
  ActionAfterCompletion?: string;
  KmsKeyArn?: string;
  ClientToken?: string;
  Target: ScheduleTarget;
}

export interface Schedule {
  readonly properties: ScheduleProperties;
  readonly key: string;
  readonly arn: string;
  readonly timing: Timing;
  readonly from: number | undefined;
  readonly until: number | undefined;
  readonly windowMs: number;
  readonly enabled: boolean;
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** Its last run is behind it, and it was kept. */
  done: boolean;
  callOff: (() => void) | undefined;
}

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

export const keyOf = ({ Name, GroupName = 'default' }: { Name: string; GroupName?: string | undefined }): string => `${GroupName}/${Name}`;

const momentOf = (value: unknown, name: string): number | undefined => {
  if (value === undefined || value === null) return undefined;
  const ms = value instanceof Date ? value.getTime() : typeof value === 'number' ? value * 1000 : Date.parse(String(value));
  if (!Number.isFinite(ms)) throw invalid(`${name} is not a time.`);
  return ms;
};

const windowOf = ({ Mode = 'OFF', MaximumWindowInMinutes }: NonNullable<ScheduleProperties['FlexibleTimeWindow']>): number => {
  if (Mode === 'OFF' && MaximumWindowInMinutes === undefined) return 0;
  const minutes = Number(MaximumWindowInMinutes);
  if (Mode !== 'FLEXIBLE' || !Number.isInteger(minutes) || minutes < 1 || minutes > 1_440)
    throw invalid('A flexible time window is FLEXIBLE with MaximumWindowInMinutes of 1 to 1440, or OFF without.');
  return minutes * 60_000;
};

const checkTarget = (name: string, { Arn, SqsParameters, EventBridgeParameters }: ScheduleTarget): void => {
  const service = /^arn:[^:]+:(sqs|lambda|states|events):/.exec(Arn ?? '')?.[1];
  if (!service)
    throw invalid(`Schedule ${name}: the local scheduler calls SQS queues, Lambda functions, state machines and event buses, not ${Arn}.`);
  if (service === 'events' && !(EventBridgeParameters?.DetailType && EventBridgeParameters.Source))
    throw invalid('EventBridgeParameters with DetailType and Source must be specified for an event bus.');
  if (service === 'sqs' && Arn.endsWith('.fifo') && !SqsParameters?.MessageGroupId)
    throw invalid('SqsParameters with MessageGroupId must be specified for a FIFO queue.');
};

const timing = ({ ScheduleExpression, ScheduleExpressionTimezone: zone = 'UTC' }: ScheduleProperties): Timing => {
  if (!isZone(zone)) throw invalid(`The specified ScheduleExpressionTimezone ${zone} is not valid.`);
  const known = timingOf(String(ScheduleExpression), zone);
  if (!known) throw invalid(`Invalid Schedule Expression ${ScheduleExpression}.`);
  return known;
};

/** Checks the properties; throws AWS's ValidationException. */
export const scheduleOf = (properties: ScheduleProperties, place: string, createdAt: number, modifiedAt = createdAt): Schedule => {
  const { Name, Target, State = 'ENABLED', FlexibleTimeWindow = {} } = properties;
  if (!/^[\w.-]{1,64}$/.test(Name ?? ''))
    throw invalid('A schedule needs a Name of 1 to 64 letters, digits, dots, hyphens or underscores.');
  checkTarget(Name, Target);
  const [from, until] = [momentOf(properties.StartDate, 'StartDate'), momentOf(properties.EndDate, 'EndDate')];
  if (from !== undefined && until !== undefined && from >= until) throw invalid('The EndDate must come after the StartDate.');
  const key = keyOf(properties);
  return {
    properties,
    key,
    arn: `arn:aws:scheduler:${place}:schedule/${key}`,
    timing: timing(properties),
    from,
    until,
    windowMs: windowOf(FlexibleTimeWindow),
    enabled: State === 'ENABLED',
    createdAt,
    modifiedAt,
    done: false,
    callOff: undefined,
  };
};

/** When it runs next after a moment; undefined where its last run is behind. A one-time schedule that was missed runs all the same. */
export const dueAfter = ({ timing: when, from, until, createdAt }: Schedule, after: number): number | undefined => {
  if ('at' in when) return when.at;
  // A rate's first run stands at its StartDate.
  if ('every' in when && from !== undefined && from > after) return until !== undefined && from > until ? undefined : from;
  const due = nextRun(when, Math.max(after, (from ?? 0) - 1), from ?? createdAt);
  return due !== undefined && until !== undefined && due > until ? undefined : due;
};
