import { Aws } from 'aws-cdk-lib';
import type { Producer, StageConfig } from '../config.ts';
import { type FunctionSpec, functionNames, functions } from '../functions.ts';
import { principal, roleArn } from '../names.ts';

type Condition = Record<string, Record<string, string | string[]>>;

export interface BusStatement {
  readonly sid: string;
  readonly statement: {
    readonly Effect: 'Allow' | 'Deny';
    readonly Principal: '*' | { AWS: string };
    readonly Action: 'events:PutEvents';
    readonly Resource: string;
    readonly Condition: Condition;
  };
}

/** The roles of the rooms that put events: the only ones that may say `swoe`. */
export const ownRoles = (config: StageConfig): string[] =>
  functionNames.filter((name) => (functions[name] as FunctionSpec).bus).map((name) => roleArn(config, name));

interface Bound {
  readonly arn: string;
  readonly account?: string;
  readonly sources: string[];
}

/** Several lines for one principal are one binding. A principal that ends in `:root` is every principal of that account. */
const bindings = (producers: readonly Producer[]): Bound[] => {
  const merged = new Map<string, Set<string>>();
  for (const { principalArn, sources } of producers) merged.set(principalArn, new Set([...(merged.get(principalArn) ?? []), ...sources]));
  return [...merged].map(([written, sources]) => {
    const account = /::([^:]+|\$\{AWS::AccountId\}):root$/.exec(written)?.[1];
    return { arn: principal(written), account: account?.replace('${AWS::AccountId}', Aws.ACCOUNT_ID), sources: [...sources].sort() };
  });
};

const who = ({ arn, account }: Bound): Condition =>
  account ? { StringEquals: { 'aws:PrincipalAccount': account } } : { ArnEquals: { 'aws:PrincipalArn': arn } };

/** Refuses a producer every source that is not its own. A whole account gives way to what is bound more closely inside it. */
const denyOthersSources = (bound: Bound, closer: readonly string[]): Condition => ({
  ...who(bound),
  StringNotEquals: { 'events:source': bound.sources },
  ...(bound.account ? { ArnNotEquals: { 'aws:PrincipalArn': [...closer] } } : {}),
});

/**
 * Who may put what on the bus. Denials are explicit, since in one's own account an identity policy alone would otherwise allow:
 * `swoe` to all but our own roles, any source to a principal that is bound to none, and to a bound one the sources it is not bound to.
 */
export const busPolicy = (config: StageConfig, busArn: string): BusStatement[] => {
  const bound = bindings(config.producers);
  const closer = [...ownRoles(config), ...bound.filter(({ account }) => !account).map(({ arn }) => arn)];
  const accounts = bound.flatMap(({ account }) => account ?? []);
  const put = { Action: 'events:PutEvents', Resource: busArn } as const;
  const deny = (sid: string, Condition: Condition): BusStatement => ({
    sid,
    statement: { Effect: 'Deny', Principal: '*', ...put, Condition },
  });
  return [
    deny('DenySwoeToAllButItsOwnRoles', {
      StringEquals: { 'events:source': 'swoe' },
      ArnNotEquals: { 'aws:PrincipalArn': ownRoles(config) },
    }),
    deny('DenyTheUnbound', {
      ArnNotEquals: { 'aws:PrincipalArn': closer },
      ...(accounts.length > 0 ? { StringNotEquals: { 'aws:PrincipalAccount': accounts } } : {}),
    }),
    ...bound.flatMap((producer, index): BusStatement[] => [
      {
        sid: `AllowProducer${index}`,
        statement: {
          Effect: 'Allow',
          Principal: { AWS: producer.arn },
          ...put,
          Condition: { StringEquals: { 'events:source': producer.sources } },
        },
      },
      deny(`DenyProducer${index}OtherSources`, denyOthersSources(producer, closer)),
    ]),
  ];
};
