import { AwsError } from '../../kernel/aws-error.ts';
import type { Resource } from '../../template/index.ts';
import type { OwnGround, OwnService } from './own.ts';

type Fields = Record<string, unknown>;

/** IAM hands out documents as URLs would carry them. */
const document = (value: unknown): string => encodeURIComponent(JSON.stringify(value ?? {}));

const nameOf = (arnOrName: unknown): string => String(arnOrName).split('/').at(-1) ?? '';

const missing = (what: string): AwsError => new AwsError('NoSuchEntity', `The template has no ${what}.`);

const described = ({ ref, attributes, properties }: Resource, { startedAt }: OwnGround): Fields => ({
  Path: '/',
  RoleName: ref,
  RoleId: attributes['RoleId'],
  Arn: attributes['Arn'],
  CreateDate: startedAt,
  AssumeRolePolicyDocument: document(properties['AssumeRolePolicyDocument']),
});

/** Policies that stand in a role, or are attached to it as AWS::IAM::Policy: name and document. */
const inlineOf = (role: Resource, { template }: OwnGround): ReadonlyMap<string, unknown> => {
  const own = (role.properties['Policies'] ?? []) as { PolicyName: string; PolicyDocument: unknown }[];
  const attached = template
    .ofType('AWS::IAM::Policy')
    .filter(({ properties }) => ((properties['Roles'] ?? []) as unknown[]).includes(role.ref));
  return new Map([
    ...own.map(({ PolicyName, PolicyDocument }) => [PolicyName, PolicyDocument] as const),
    ...attached.map(({ ref, properties }) => [ref, properties['PolicyDocument']] as const),
  ]);
};

const managedOf = (role: Resource, { template }: OwnGround): string[] => [
  ...((role.properties['ManagedPolicyArns'] ?? []) as unknown[]).map(String),
  ...template
    .ofType('AWS::IAM::ManagedPolicy')
    .filter(({ properties }) => ((properties['Roles'] ?? []) as unknown[]).includes(role.ref))
    .map(({ ref }) => ref),
];

type Operation = (input: Fields, ground: OwnGround) => Fields;

const roleIn = ({ RoleName }: Fields, { template }: OwnGround): Resource => {
  const role = template.ofType('AWS::IAM::Role').find(({ ref }) => ref === RoleName);
  if (!role) throw missing(`role called ${String(RoleName)}`);
  return role;
};

const policyIn = ({ PolicyArn }: Fields, { template }: OwnGround): Resource => {
  const policy = template.ofType('AWS::IAM::ManagedPolicy').find(({ ref }) => ref === PolicyArn);
  if (!policy) throw missing(`policy ${String(PolicyArn)}`);
  return policy;
};

const WHOLE = { IsTruncated: false };

const OPERATIONS: Readonly<Record<string, Operation>> = {
  ListRoles: (_input, ground) => ({ Roles: ground.template.ofType('AWS::IAM::Role').map((role) => described(role, ground)), ...WHOLE }),
  GetRole: (input, ground) => ({ Role: described(roleIn(input, ground), ground) }),
  ListRolePolicies: (input, ground) => ({ PolicyNames: [...inlineOf(roleIn(input, ground), ground).keys()], ...WHOLE }),
  GetRolePolicy: (input, ground) => {
    const found = inlineOf(roleIn(input, ground), ground).get(String(input['PolicyName']));
    if (found === undefined) throw missing(`policy called ${String(input['PolicyName'])} in that role`);
    return { RoleName: input['RoleName'], PolicyName: input['PolicyName'], PolicyDocument: document(found) };
  },
  ListAttachedRolePolicies: (input, ground) => ({
    AttachedPolicies: managedOf(roleIn(input, ground), ground).map((PolicyArn) => ({ PolicyName: nameOf(PolicyArn), PolicyArn })),
    ...WHOLE,
  }),
  GetPolicy: (input, ground) => {
    const { ref } = policyIn(input, ground);
    return { Policy: { PolicyName: nameOf(ref), Arn: ref, DefaultVersionId: 'v1', Path: '/', IsAttachable: true } };
  },
  GetPolicyVersion: (input, ground) => ({
    PolicyVersion: { Document: document(policyIn(input, ground).properties['PolicyDocument']), VersionId: 'v1', IsDefaultVersion: true },
  }),
};

/** Roles and their policies, to read why something was denied. */
export const iam: OwnService = (ground) => (operation, input) =>
  Object.hasOwn(OPERATIONS, operation) ? OPERATIONS[operation]?.(input, ground) : undefined;
