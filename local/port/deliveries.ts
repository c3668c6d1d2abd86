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

const actionOn = (arn: string): string => (arn.split(':')[2] === 'lambda' ? 'lambda:InvokeFunction' : 'sqs:SendMessage');

/** A rule delivers as events.amazonaws.com, in its own name: the target's own policy must let it. */
const ofRule = (rule: Resource, { permits }: Port): Complaint[] =>
  ((rule.properties['Targets'] ?? []) as Target[])
    .flatMap(({ Arn, DeadLetterConfig }) => [Arn, DeadLetterConfig?.Arn])
    .filter((arn) => arn !== undefined)
    .filter((arn) => !permits('events.amazonaws.com', actionOn(arn), arn, rule.attributes['Arn'] ?? ''))
    .map((arn) => `the rule ${place(rule)} may not deliver to ${arn}: its policy has no ${actionOn(arn)} for this rule`);

const ofSchedule = (schedule: Resource, { may }: Port): Complaint[] => {
  const { Arn = '', RoleArn = '', DeadLetterConfig } = (schedule.properties['Target'] ?? {}) as Target;
  return [Arn, DeadLetterConfig?.Arn]
    .filter((arn) => arn !== undefined)
    .filter((arn) => !may(RoleArn, actionOn(arn), arn))
    .map((arn) => `the schedule ${place(schedule)} may not reach ${arn}: its role ${RoleArn} has no ${actionOn(arn)}`);
};

const POLLING: Readonly<Record<string, readonly string[]>> = {
  sqs: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  dynamodb: ['dynamodb:DescribeStream', 'dynamodb:GetShardIterator', 'dynamodb:GetRecords'],
};

/** Lambda's pollers read as the function's role, and put what failed where the role may. */
const ofMapping = (mapping: Resource, roleOf: (fn: string) => string, { may }: Port): Complaint[] => {
  const source = String(mapping.properties['EventSourceArn']);
  const role = roleOf(String(mapping.properties['FunctionName']));
  const discard = (mapping.properties['DestinationConfig'] as { OnFailure?: { Destination?: string } } | undefined)?.OnFailure?.Destination;
  const needs = [
    ...(POLLING[source.split(':')[2] ?? ''] ?? []).map((action) => [action, source] as const),
    ...(discard ? [[actionOn(discard), discard] as const] : []),
  ];
  return needs
    .filter(([action, arn]) => !may(role, action, arn))
    .map(([action, arn]) => `the event source mapping ${place(mapping)} needs ${action} on ${arn} for the role ${role}`);
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
  ];
};
