import { Aws } from 'aws-cdk-lib';
import { Source } from '../../shared/contracts/vocabulary.ts';
import { otherAgencies } from '../agencies.ts';
import { isPolling, type Producer, type StageConfig } from '../config.ts';
import type { FunctionSpec } from '../function-spec.ts';
import { functionNames, functions } from '../functions.ts';
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

/** The roles of the rooms that put SWOE's own events: the only ones that may say `swoe`. */
const ownRoles = (config: StageConfig, ...kinds: ('own' | 'any')[]): string[] =>
  functionNames
    .filter((name) => {
      const { bus }: FunctionSpec = functions[name];
      return kinds.some((kind) => kind === bus);
    })
    .map((name) => roleArn(config, name));

/** Rooms of ours that speak for producers, where the stage has them, each with its sources. */
const speakers = (config: StageConfig): { arn: string; sources: string[] }[] =>
  functionNames.flatMap((name) => {
    const { bus, onlyWith }: FunctionSpec = functions[name];
    const stands = onlyWith !== 'polls' || isPolling(config);
    return stands && bus && bus !== 'own' && bus !== 'any' && bus !== 'out' ? [{ arn: roleArn(config, name), sources: [...bus] }] : [];
  });

/** Who may put what, as the stage says it: its producers, and the accounts of other agencies, which speak as such and as nothing else. */
const producersOf = ({ producers, agencies }: StageConfig): Producer[] => [
  ...producers,
  ...otherAgencies(agencies).flatMap(({ account }): Producer[] =>
    account ? [{ principalArn: `arn:\${AWS::Partition}:iam::${account}:root`, sources: ['partner_agency'] }] : [],
  ),
];

interface Bound {
  readonly arn: string;
  readonly account?: string;
  readonly sources: 'any' | string[];
}

/** Several lines for one principal are one binding. A principal that ends in `:root` is every principal of that account. */
const bindings = (producers: readonly Producer[]): Bound[] => {
  const merged = new Map<string, 'any' | Set<string>>();
  for (const { principalArn, sources } of producers) {
    const before = merged.get(principalArn) ?? new Set();
    merged.set(principalArn, before === 'any' || sources === 'any' ? 'any' : new Set([...before, ...sources]));
  }
  return [...merged].map(([written, sources]) => {
    const account = /::([^:]+|\$\{AWS::AccountId\}):root$/.exec(written)?.[1];
    return {
      arn: principal(written),
      account: account?.replace('${AWS::AccountId}', Aws.ACCOUNT_ID),
      sources: sources === 'any' ? 'any' : [...sources].sort(),
    };
  });
};

/** The sources that principals of other accounts are bound to, by account: what ingest holds an event's account to. */
export const otherAccounts = (config: StageConfig): Record<string, string[]> => {
  const sources = new Map<string, Set<string>>();
  for (const { principalArn, sources: own } of producersOf(config)) {
    const [account] = /(?<=:iam::)\d{12}(?=:)/.exec(principalArn) ?? [];
    if (account) sources.set(account, new Set([...(sources.get(account) ?? []), ...(own === 'any' ? Source.options : own)]));
  }
  return Object.fromEntries([...sources].map(([account, own]) => [account, [...own].sort()]));
};

/** Refuses a producer every source that is not its own. A whole account gives way to what is bound more closely inside it. */
const othersSources = ({ arn, account, sources }: Bound, closer: readonly string[]): Condition[] => {
  if (sources === 'any') return [];
  const StringNotEquals = { 'events:source': sources };
  return account
    ? [{ StringEquals: { 'aws:PrincipalAccount': account }, ArnNotEquals: { 'aws:PrincipalArn': [...closer] }, StringNotEquals }]
    : [{ ArnEquals: { 'aws:PrincipalArn': arn }, StringNotEquals }];
};

const itsSources = ({ sources }: Bound): Condition =>
  sources === 'any' ? { StringNotEquals: { 'events:source': 'swoe' } } : { StringEquals: { 'events:source': sources } };

/**
 * Who may put what on the bus. Denials are explicit, since in one's own account an identity policy alone would otherwise allow:
 * `swoe` to all but our own roles, other sources to our rooms (the API's puts what people report, under any), any source to a
 * principal that is bound to none, and to a bound one the sources it is not bound to.
 */
export const busPolicy = (config: StageConfig, busArn: string): BusStatement[] => {
  const bound = bindings(producersOf(config));
  const [own, speaking] = [ownRoles(config, 'own', 'any'), speakers(config)];
  const closer = [...own, ...speaking.map(({ arn }) => arn), ...bound.filter(({ account }) => !account).map(({ arn }) => arn)];
  const accounts = bound.flatMap(({ account }) => account ?? []);
  const put = { Action: 'events:PutEvents', Resource: busArn } as const;
  const deny = (sid: string, Condition: Condition): BusStatement => ({
    sid,
    statement: { Effect: 'Deny', Principal: '*', ...put, Condition },
  });
  return [
    deny('DenySwoeToAllButItsOwnRoles', {
      StringEquals: { 'events:source': 'swoe' },
      ArnNotEquals: { 'aws:PrincipalArn': own },
    }),
    deny('DenyRoomsToSpeakForOthers', {
      StringNotEquals: { 'events:source': 'swoe' },
      ArnEquals: { 'aws:PrincipalArn': ownRoles(config, 'own') },
    }),
    ...speaking.map(({ arn, sources }, index) =>
      deny(`DenySpeaker${index}OtherSources`, { ArnEquals: { 'aws:PrincipalArn': arn }, StringNotEquals: { 'events:source': sources } }),
    ),
    deny('DenyTheUnbound', {
      ArnNotEquals: { 'aws:PrincipalArn': closer },
      ...(accounts.length > 0 ? { StringNotEquals: { 'aws:PrincipalAccount': accounts } } : {}),
    }),
    ...bound.flatMap((producer, index): BusStatement[] => [
      {
        sid: `AllowProducer${index}`,
        statement: { Effect: 'Allow', Principal: { AWS: producer.arn }, ...put, Condition: itsSources(producer) },
      },
      ...othersSources(producer, closer).map((condition) => deny(`DenyProducer${index}OtherSources`, condition)),
    ]),
  ];
};
