import type { CompiledPattern } from '../../../shared/pattern/index.ts';
import { type Fill, fillerOf, type TargetInput } from './input.ts';
import { compileText } from './test-event-pattern.ts';

export interface Target extends TargetInput {
  Arn: string;
  DeadLetterConfig?: { Arn?: string };
  RetryPolicy?: { MaximumRetryAttempts?: number; MaximumEventAgeInSeconds?: number };
  [other: string]: unknown;
}

/** A target and what it is sent. */
interface Outlet {
  readonly target: Target;
  readonly fill: Fill;
}

/** `AWS::Events::Rule` properties, resolved. Rules with a ScheduleExpression belong to the schedules engine. */
export interface RuleProperties {
  Name: string;
  EventBusName?: string;
  Description?: string;
  EventPattern?: object | string;
  State?: string;
  Targets?: Target[];
}

export interface Rule {
  readonly name: string;
  readonly bus: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly patternText: string;
  readonly pattern: CompiledPattern;
  readonly enabled: boolean;
  readonly outlets: readonly Outlet[];
}

export const busNameOf = (nameOrArn: string | undefined): string => (nameOrArn ?? 'default').replace(/^arn:[^/]*:event-bus\//, '');

const outletOf = (rule: string, target: Target): Outlet => {
  if (!/^arn:[^:]+:(sqs|lambda):/.test(target.Arn))
    throw new Error(`Rule ${rule}, target ${target.Id}: the local bus delivers to SQS queues and Lambda functions, not to ${target.Arn}.`);
  return { target, fill: fillerOf(target) };
};

export const ruleOf = (properties: RuleProperties, region: string, account: string): Rule => {
  const { Name: name, EventPattern, State = 'ENABLED', Targets = [] } = properties;
  const bus = busNameOf(properties.EventBusName);
  if (EventPattern === undefined)
    throw new Error(`Rule ${name} has no EventPattern: a rule with a schedule belongs in AWS::Scheduler::Schedule.`);
  const patternText = typeof EventPattern === 'string' ? EventPattern : JSON.stringify(EventPattern);
  return {
    name,
    bus,
    arn: `arn:aws:events:${region}:${account}:rule/${bus === 'default' ? '' : `${bus}/`}${name}`,
    description: properties.Description,
    patternText,
    pattern: compileText(patternText),
    enabled: State.startsWith('ENABLED'),
    outlets: Targets.map((target) => outletOf(name, target)),
  };
};

/** The rules of one bus, found by the event's source where a rule names its sources outright. */
export interface RuleSet {
  set(rule: Rule): void;
  get(name: string): Rule | undefined;
  all(): Rule[];
  matching(event: { source: string }): Rule[];
}

export const createRuleSet = (): RuleSet => {
  const byName = new Map<string, Rule>();
  const bySource = new Map<string, Rule[]>();
  let anySource: Rule[] = [];

  const index = (): void => {
    bySource.clear();
    anySource = [];
    for (const rule of byName.values()) {
      if (!rule.enabled) continue;
      const sources = rule.pattern.literals('source');
      if (!sources) anySource.push(rule);
      else for (const source of sources) bySource.set(source, [...(bySource.get(source) ?? []), rule]);
    }
  };

  return {
    set: (rule) => {
      byName.set(rule.name, rule);
      index();
    },
    get: (name) => byName.get(name),
    all: () => [...byName.values()],
    matching: (event) => [...(bySource.get(event.source) ?? []), ...anySource].filter(({ pattern }) => pattern.matches(event)),
  };
};
