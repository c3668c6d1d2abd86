import type { Resource, Template } from '../template/index.ts';
import type { Port } from './port.ts';

/** Something AWS itself would do on our behalf and may not. */
type Complaint = string;

interface Target {
  readonly Arn?: string;
  readonly RoleArn?: string;
  readonly DeadLetterConfig?: { readonly Arn?: string };
}

const place = ({ stack, logicalId }: Resource): string => `${stack}.${logicalId}`;

const ACTIONS: Readonly<Record<string, string>> = {
  lambda: 'lambda:InvokeFunction',
  events: 'events:PutEvents',
  states: 'states:StartExecution',
};

/** What it takes to deliver to a target. */
const actionOn = (arn: string): string => ACTIONS[arn.split(':')[2] ?? ''] ?? 'sqs:SendMessage';

/**
 * A rule delivers in its own name, as events.amazonaws.com: the target's own policy must let it, and that of the key that encrypts it.
 * A target with a role (a state machine, a bus) is reached as that role.
 */
const ofRule = (rule: Resource, { permits, lacks }: Port): Complaint[] => {
  const byItself = (arn: string): Complaint[] =>
    permits('events.amazonaws.com', actionOn(arn), arn, rule.attributes['Arn'] ?? '')
      ? []
      : [`the rule ${place(rule)} may not deliver to ${arn}: its policy, or its key's, has no ${actionOn(arn)} for this rule`];
  const byRole = (role: string, arn: string): Complaint[] => {
    const missing = lacks(role, actionOn(arn), arn);
    return missing ? [`the rule ${place(rule)} may not reach ${arn}: its role ${role} has no ${missing}`] : [];
  };
  return ((rule.properties['Targets'] ?? []) as Target[]).flatMap(({ Arn = '', RoleArn, DeadLetterConfig }) => [
    ...(RoleArn === undefined ? byItself(Arn) : byRole(RoleArn, Arn)),
    ...(DeadLetterConfig?.Arn === undefined ? [] : byItself(DeadLetterConfig.Arn)),
  ]);
};

const ofSchedule = (schedule: Resource, { lacks }: Port): Complaint[] => {
  const { Arn = '', RoleArn = '', DeadLetterConfig } = (schedule.properties['Target'] ?? {}) as Target;
  return [Arn, DeadLetterConfig?.Arn]
    .filter((arn) => arn !== undefined)
    .flatMap((arn) => {
      const missing = lacks(RoleArn, actionOn(arn), arn);
      return missing ? `the schedule ${place(schedule)} may not reach ${arn}: its role ${RoleArn} has no ${missing}` : [];
    });
};

const POLLING: Readonly<Record<string, readonly string[]>> = {
  sqs: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  dynamodb: ['dynamodb:DescribeStream', 'dynamodb:GetShardIterator', 'dynamodb:GetRecords'],
};

type RoleOf = (fn: string) => string;
type Wanted = readonly [action: string, resource: string];

const missingOf = (what: string, role: string, wanted: readonly Wanted[], { lacks }: Port): Complaint[] =>
  wanted.flatMap(([action, arn]) => {
    const missing = lacks(role, action, arn);
    return missing ? `the ${what} needs ${missing} for the role ${role}` : [];
  });

/** Lambda's pollers read as the function's role, and put what failed where the role may. */
const ofMapping = (mapping: Resource, roleOf: RoleOf, port: Port): Complaint[] => {
  const source = String(mapping.properties['EventSourceArn']);
  const service = source.split(':')[2] ?? '';
  const discard = (mapping.properties['DestinationConfig'] as { OnFailure?: { Destination?: string } } | undefined)?.OnFailure?.Destination;
  const wanted: Wanted[] = [
    ...(POLLING[service] ?? []).map((action): Wanted => [action, source]),
    ...(service === 'dynamodb' ? [['dynamodb:ListStreams', '*'] as const] : []),
    ...(discard ? [[actionOn(discard), discard] as const] : []),
  ];
  return missingOf(`event source mapping ${place(mapping)}`, roleOf(String(mapping.properties['FunctionName'])), wanted, port);
};

/** Where Lambda puts what an asynchronous invocation failed on, it does so as the function's role. */
const ofFunction = (fn: Resource, port: Port): Complaint[] => {
  const target = (fn.properties['DeadLetterConfig'] as { TargetArn?: string } | undefined)?.TargetArn;
  return target ? missingOf(`function ${place(fn)}`, String(fn.properties['Role']), [[actionOn(target), target]], port) : [];
};

interface Destinations {
  readonly OnSuccess?: { readonly Destination?: string };
  readonly OnFailure?: { readonly Destination?: string };
}

const ofInvokeConfig = (config: Resource, roleOf: RoleOf, port: Port): Complaint[] => {
  const { OnSuccess, OnFailure } = (config.properties['DestinationConfig'] ?? {}) as Destinations;
  const wanted = [OnSuccess?.Destination, OnFailure?.Destination].flatMap((arn): Wanted[] => (arn ? [[actionOn(arn), arn]] : []));
  return missingOf(`invoke config ${place(config)}`, roleOf(String(config.properties['FunctionName'])), wanted, port);
};

/** Everything the template wires together but does not permit. In AWS it would deploy, and events would go missing. */
export const forbiddenDeliveries = (template: Pick<Template, 'ofType'>, port: Port): Complaint[] => {
  const roles = new Map(
    template.ofType('AWS::Lambda::Function').flatMap(
      ({ ref, attributes, properties }) =>
        [
          [ref, String(properties['Role'])],
          [attributes['Arn'] ?? ref, String(properties['Role'])],
        ] as const,
    ),
  );
  const roleOf = (fn: string): string => roles.get(fn) ?? fn;
  return [
    ...template.ofType('AWS::Events::Rule').flatMap((rule) => ofRule(rule, port)),
    ...template.ofType('AWS::Scheduler::Schedule').flatMap((schedule) => ofSchedule(schedule, port)),
    ...template.ofType('AWS::Lambda::EventSourceMapping').flatMap((mapping) => ofMapping(mapping, roleOf, port)),
    ...template.ofType('AWS::Lambda::Function').flatMap((fn) => ofFunction(fn, port)),
    ...template.ofType('AWS::Lambda::EventInvokeConfig').flatMap((config) => ofInvokeConfig(config, roleOf, port)),
  ];
};
