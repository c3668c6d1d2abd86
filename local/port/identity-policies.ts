import type { Resource, Template } from '../template/index.ts';
import { MANAGED_BY_AWS } from './managed-by-aws.ts';
import { compileDocument, type Statement, without } from './statement.ts';

/** What one role may do, and what its permissions boundary leaves of that. */
export interface Identity {
  /** Where the template defines it: `<stack>.<logical id>`. */
  readonly place: string;
  readonly statements: readonly Statement[];
  readonly boundary: readonly Statement[] | undefined;
}

/** One action pattern on one resource pattern of a role's policies, as they are written. */
export interface GrantId {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
}

const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

const place = ({ stack, logicalId }: Resource): string => `${stack}.${logicalId}`;

const inline = (role: Resource): Statement[] =>
  ((role.properties['Policies'] ?? []) as { PolicyName?: string; PolicyDocument?: unknown }[]).flatMap(({ PolicyName, PolicyDocument }) =>
    compileDocument(PolicyDocument, `${place(role)}, policy ${PolicyName ?? 'without a name'}`),
  );

/** Every role by its ARN: inline, attached (AWS::IAM::Policy) and managed policies. `removed` is left out as if it had never been granted. */
export const identityPolicies = (template: Pick<Template, 'ofType'>, removed?: GrantId): ReadonlyMap<string, Identity> => {
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
    const name = arn.split('/').at(-1) ?? '';
    if (Object.hasOwn(MANAGED_BY_AWS, name)) return compileDocument(MANAGED_BY_AWS[name], name);
    throw new Error(
      `${place(role)}: the managed policy ${arn} is neither in the template nor known here: write its statements out, or add it to local/port/managed-by-aws.ts`,
    );
  };
  const statementsOf = (role: Resource, arn: string): Statement[] => {
    const all = [
      ...inline(role),
      ...attached.filter(({ roles }) => roles.has(role.ref)).flatMap((policy) => policy.statements),
      ...list(role.properties['ManagedPolicyArns']).flatMap((policy) => byArn(role, policy)),
    ];
    const own = [...new Set(all)];
    return removed?.principal === arn ? own.flatMap((statement) => without(statement, removed.action, removed.resource)) : own;
  };
  return new Map(
    template.ofType('AWS::IAM::Role').map((role) => {
      const arn = role.attributes['Arn'] ?? role.ref;
      const boundary = role.properties['PermissionsBoundary'];
      const identity: Identity = {
        place: place(role),
        statements: statementsOf(role, arn),
        boundary: boundary === undefined ? undefined : byArn(role, String(boundary)),
      };
      return [arn, identity];
    }),
  );
};
