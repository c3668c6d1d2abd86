import { type CompiledPattern, createPatternIndex } from '../../../shared/pattern/index.ts';
import { type Timing, timingOf } from '../../../shared/timing/expression.ts';
import { AwsError } from '../../kernel/aws-error.ts';
import type { RetryPolicy } from '../delivery/retry.ts';
import type { BusEvent } from './event.ts';
import { type Fill, fillerOf, type TargetInput } from './input.ts';
import { compileText } from './test-event-pattern.ts';

export interface Target extends TargetInput {
  Arn: string;
  RoleArn?: string;
  DeadLetterConfig?: { Arn?: string };
  RetryPolicy?: RetryPolicy;
  SqsParameters?: { MessageGroupId?: string };
  [other: string]: unknown;
}

export type TargetKind = 'sqs' | 'lambda' | 'states' | 'events';

/** A target and what it is sent. */
export interface Outlet {
  readonly target: Target;
  readonly kind: TargetKind;
  readonly fill: Fill;
}

/** `AWS::Events::Rule` properties, resolved; `PutRule` and `PutTargets` together have the same names. */
export interface RuleProperties {
  Name: string;
  EventBusName?: string | undefined;
  Description?: string | undefined;
  EventPattern?: object | string | undefined;
  ScheduleExpression?: string | undefined;
  State?: string | undefined;
  RoleArn?: string | undefined;
  Targets?: readonly Target[] | undefined;
}

export interface Rule {
  readonly properties: RuleProperties;
  readonly name: string;
  readonly bus: string;
  readonly arn: string;
  readonly patternText: string | undefined;
  /** Undefined where the rule has only a schedule. */
  readonly pattern: CompiledPattern | undefined;
  readonly timing: Timing | undefined;
  readonly enabled: boolean;
  readonly outlets: readonly Outlet[];
}

const MAX_TARGETS = 5;

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

export const busNameOf = (nameOrArn: string | undefined): string => (nameOrArn ?? 'default').replace(/^arn:[^/]*:event-bus\//, '');

export const kindOf = ({ Id, Arn }: Target): TargetKind => {
  const service = /^arn:[^:]+:(sqs|lambda|states|events):/.exec(Arn ?? '')?.[1];
  if (!service)
    throw invalid(`Target ${Id}: the local bus delivers to SQS queues, Lambda functions, state machines and event buses, not to ${Arn}.`);
  return service as TargetKind;
};

const outletOf = (target: Target): Outlet => {
  const kind = kindOf(target);
  if (kind === 'sqs' && target.Arn.endsWith('.fifo') && !target.SqsParameters?.MessageGroupId)
    throw invalid(`Parameter(s) SqsParameters must be specified for target: ${target.Id}.`);
  if (kind === 'states' && !target.RoleArn) throw invalid(`RoleArn is required for target ${target.Arn}.`);
  if (kind === 'events' && (target.Input ?? target.InputPath ?? target.InputTransformer) !== undefined)
    throw invalid(`Target ${target.Id}: an event goes to another bus as it is; take its input members away.`);
  return { target, kind, fill: fillerOf(target) };
};

const scheduleOf = (expression: string, bus: string): Timing => {
  if (bus !== 'default') throw invalid('ScheduleExpression is supported only on the default event bus.');
  const timing = timingOf(expression, 'UTC');
  if (!timing || 'at' in timing) throw invalid('Parameter ScheduleExpression is not valid.');
  return timing;
};

/** Reads a rule once; throws AWS's ValidationException or InvalidEventPatternException. */
export const ruleOf = (properties: RuleProperties, region: string, account: string): Rule => {
  const { Name: name, EventPattern, ScheduleExpression, State = 'ENABLED', Targets = [] } = properties;
  const bus = busNameOf(properties.EventBusName);
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(name ?? ''))
    throw invalid(`The name of a rule has 1 to 64 letters, digits, '.', '-' or '_': ${name}.`);
  if (EventPattern === undefined && ScheduleExpression === undefined)
    throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  if (Targets.length > MAX_TARGETS)
    throw new AwsError(
      'LimitExceededException',
      `The requested resource exceeds the maximum number allowed: a rule has ${MAX_TARGETS} targets at most.`,
    );
  const patternText = EventPattern === undefined || typeof EventPattern === 'string' ? EventPattern : JSON.stringify(EventPattern);
  return {
    properties,
    name,
    bus,
    arn: `arn:aws:events:${region}:${account}:rule/${bus === 'default' ? '' : `${bus}/`}${name}`,
    patternText,
    pattern: patternText === undefined ? undefined : compileText(patternText),
    timing: ScheduleExpression === undefined ? undefined : scheduleOf(ScheduleExpression, bus),
    enabled: State.startsWith('ENABLED'),
    outlets: Targets.map(outletOf),
  };
};

/** The rules of one bus. */
export interface RuleSet {
  set(rule: Rule): void;
  delete(name: string): void;
  get(name: string): Rule | undefined;
  all(): Rule[];
  matching(event: BusEvent): Rule[];
}

export const createRuleSet = (): RuleSet => {
  const byName = new Map<string, Rule>();
  const index = createPatternIndex<Rule>();
  const forget = (name: string): void => {
    const known = byName.get(name);
    if (known) index.remove(known);
    byName.delete(name);
  };
  return {
    set: (rule) => {
      forget(rule.name);
      byName.set(rule.name, rule);
      if (rule.enabled && rule.pattern) index.add(rule, rule.pattern);
    },
    delete: forget,
    get: (name) => byName.get(name),
    all: () => [...byName.values()],
    matching: (event) => index.matching(event),
  };
};
