import type { Resource, Template } from '../template/index.ts';
import { compileDocument, type Statement } from './statement.ts';

/** Policies that AWS keeps and templates only name. Nothing they allow is a service run here, so they allow nothing here. */
const OF_AWS = new Set([
  'AWSLambdaBasicExecutionRole',
  'AWSXRayDaemonWriteAccess',
  'AmazonAPIGatewayPushToCloudWatchLogs',
  'CloudWatchLambdaInsightsExecutionRolePolicy',
]);

const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

const place = ({ stack, logicalId }: Resource): string => `${stack}.${logicalId}`;

const inline = (role: Resource): Statement[] =>
  ((role.properties['Policies'] ?? []) as { PolicyName?: string; PolicyDocument?: unknown }[]).flatMap(({ PolicyName, PolicyDocument }) =>
    compileDocument(PolicyDocument, `${place(role)}, policy ${PolicyName ?? 'without a name'}`),
  );

/** Every role's statements by its ARN: inline, attached (AWS::IAM::Policy) and managed. */
export const identityPolicies = (template: Pick<Template, 'ofType'>): ReadonlyMap<string, readonly Statement[]> => {
  const managed = new Map(
    template
      .ofType('AWS::IAM::ManagedPolicy')
      .map((policy) => [policy.ref, compileDocument(policy.properties['PolicyDocument'], place(policy))]),
  );
  const attached = template.ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy').map((policy) => ({
    roles: new Set(list(policy.properties['Roles'])),
    statements: managed.get(policy.ref) ?? compileDocument(policy.properties['PolicyDocument'], place(policy)),
  }));
  const byArn = (role: Resource, arn: string): Statement[] => {
    const found = managed.get(arn);
    if (found) return found;
    if (OF_AWS.has(arn.split('/').at(-1) ?? '')) return [];
    throw new Error(
      `${place(role)}: the managed policy ${arn} is neither in the template nor known here: write its statements out, or add it to local/port/identity-policies.ts`,
    );
  };
  return new Map(
    template.ofType('AWS::IAM::Role').map((role) => {
      if (role.properties['PermissionsBoundary'] !== undefined)
        throw new Error(`${place(role)}: a permissions boundary is not understood here`);
      const statements = [
        ...inline(role),
        ...attached.filter(({ roles }) => roles.has(role.ref)).flatMap((policy) => policy.statements),
        ...list(role.properties['ManagedPolicyArns']).flatMap((arn) => byArn(role, arn)),
      ];
      return [role.attributes['Arn'] ?? role.ref, [...new Set(statements)]];
    }),
  );
};
