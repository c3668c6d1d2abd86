import type { Resource, Template } from '../template/index.ts';
import { compileDocument, type Statement } from './statement.ts';

/** Statements by the ARN of the bus, queue or function they guard. */
export type ResourcePolicies = ReadonlyMap<string, readonly Statement[]>;

const place = ({ stack, logicalId }: Resource): string => `${stack}.${logicalId}`;

const add = (into: Map<string, Statement[]>, arn: string, statements: readonly Statement[]): void => {
  into.set(arn, [...(into.get(arn) ?? []), ...statements]);
};

/** A bus policy is one statement, or (older) an action and an account. */
const busStatements = (policy: Resource, arn: string): Statement[] => {
  const { Statement: statement, Action, Principal } = policy.properties;
  const body = statement ?? { Effect: 'Allow', Action, Principal: Principal === '*' ? '*' : { AWS: Principal } };
  return compileDocument({ Statement: [{ Resource: arn, ...(body as object) }] }, place(policy));
};

const permission = ({ properties }: Resource, arn: string): object => ({
  Effect: 'Allow',
  Action: properties['Action'],
  Principal: { Service: properties['Principal'] },
  Resource: arn,
  Condition: {
    ...(properties['SourceArn'] === undefined ? {} : { ArnLike: { 'aws:SourceArn': properties['SourceArn'] } }),
    ...(properties['SourceAccount'] === undefined ? {} : { StringEquals: { 'aws:SourceAccount': properties['SourceAccount'] } }),
  },
});

/** What guards buses (EventBusPolicy), queues (QueuePolicy) and functions (Permission), as the template says. */
export const resourcePolicies = (template: Pick<Template, 'ofType'>): ResourcePolicies => {
  const policies = new Map<string, Statement[]>();
  const buses = new Map(template.ofType('AWS::Events::EventBus').map((bus) => [bus.ref, bus.attributes['Arn'] ?? bus.ref]));
  const queues = new Map(template.ofType('AWS::SQS::Queue').map((queue) => [queue.ref, queue.attributes['Arn'] ?? queue.ref]));
  const functions = new Map(template.ofType('AWS::Lambda::Function').map((fn) => [fn.ref, fn.attributes['Arn'] ?? fn.ref]));

  for (const policy of template.ofType('AWS::Events::EventBusPolicy')) {
    const arn = buses.get(String(policy.properties['EventBusName']));
    if (arn) add(policies, arn, busStatements(policy, arn));
  }
  for (const policy of template.ofType('AWS::SQS::QueuePolicy')) {
    for (const url of (policy.properties['Queues'] ?? []) as string[]) {
      add(policies, queues.get(url) ?? url, compileDocument(policy.properties['PolicyDocument'], place(policy)));
    }
  }
  for (const resource of template.ofType('AWS::Lambda::Permission')) {
    const name = String(resource.properties['FunctionName']);
    const arn = functions.get(name) ?? name;
    add(policies, arn, compileDocument({ Statement: [permission(resource, arn)] }, place(resource)));
  }
  return policies;
};
