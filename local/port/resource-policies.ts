import type { Resource, Template } from '../template/index.ts';
import { compileDocument, type Statement } from './statement.ts';

/** Statements by the ARN of the bus, queue, function, bucket, table or key they guard. */
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
  Principal: /\.amazonaws\.com$/.test(String(properties['Principal']))
    ? { Service: properties['Principal'] }
    : { AWS: properties['Principal'] },
  Resource: arn,
  Condition: {
    ...(properties['SourceArn'] === undefined ? {} : { ArnLike: { 'aws:SourceArn': properties['SourceArn'] } }),
    ...(properties['SourceAccount'] === undefined ? {} : { StringEquals: { 'aws:SourceAccount': properties['SourceAccount'] } }),
  },
});

const arnOf = ({ ref, attributes }: Resource): string => attributes['Arn'] ?? ref;

/** What guards buses (EventBusPolicy), queues (QueuePolicy), functions (Permission), buckets (BucketPolicy), tables and keys, as the template says. */
export const resourcePolicies = (template: Pick<Template, 'ofType'>): ResourcePolicies => {
  const policies = new Map<string, Statement[]>();
  const arns = (type: string): Map<string, string> => new Map(template.ofType(type).map((found) => [found.ref, arnOf(found)]));
  const buses = arns('AWS::Events::EventBus');
  const queues = arns('AWS::SQS::Queue');
  const functions = arns('AWS::Lambda::Function');

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
  for (const policy of template.ofType('AWS::S3::BucketPolicy')) {
    const arn = `arn:aws:s3:::${String(policy.properties['Bucket'])}`;
    add(policies, arn, compileDocument(policy.properties['PolicyDocument'], place(policy)));
  }
  for (const key of template.ofType('AWS::KMS::Key')) add(policies, arnOf(key), compileDocument(key.properties['KeyPolicy'], place(key)));
  for (const table of template.ofType('AWS::DynamoDB::Table')) {
    const own = (table.properties['ResourcePolicy'] as { PolicyDocument?: unknown } | undefined)?.PolicyDocument;
    if (own) add(policies, arnOf(table), compileDocument(own, place(table)));
  }
  return policies;
};
