import type { Ground, Serve } from '../kernel/engine.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Template } from '../template/index.ts';
import { LOCAL, type Place } from '../template/place.ts';
import type { Denial } from './denial.ts';
import { keysOf } from './encryption.ts';
import type { LivePolicy } from './guards.ts';
import { type GrantId, identityPolicies } from './identity-policies.ts';
import { createPort, type Port } from './port.ts';
import { resourcePolicies } from './resource-policies.ts';

export { forbiddenDeliveries } from './deliveries.ts';
export type { Denial } from './denial.ts';
export type { Grant } from './grants.ts';
export type { GrantId } from './identity-policies.ts';
export { localUser, type Port } from './port.ts';

const partitionKeys = (template: Pick<Template, 'ofType'>): ReadonlyMap<string, string> =>
  new Map(
    template.ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').flatMap(({ ref, properties }) => {
      const schema = (properties['KeySchema'] ?? []) as { AttributeName: string; KeyType: string }[];
      const hash = schema.find(({ KeyType }) => KeyType === 'HASH');
      return hash ? [[ref, hash.AttributeName] as const] : [];
    }),
  );

/** Keys by what a call may name them: id, ARN or alias. */
const keyArns = (template: Pick<Template, 'ofType'>): ReadonlyMap<string, string> => {
  const keys = template.ofType('AWS::KMS::Key').flatMap(({ ref, attributes }) => {
    const arn = attributes['Arn'] ?? ref;
    return [[ref, arn] as const, [arn, arn] as const];
  });
  const known = new Map(keys);
  const aliases = template.ofType('AWS::KMS::Alias').flatMap(({ properties }) => {
    const arn = known.get(String(properties['TargetKeyId']));
    return arn ? [[String(properties['AliasName']), arn] as const] : [];
  });
  return new Map([...keys, ...aliases]);
};

export interface PortDeps {
  readonly ground: Pick<Ground, 'scheduler' | 'faults'>;
  readonly engine: (service: string) => Serve | undefined;
  readonly place?: Place;
  /** Resolves in the next turn of the event loop. */
  readonly turn?: () => Promise<void>;
  /** Policies that were changed at run time, by the ARN of what they guard. */
  readonly live?: LivePolicy;
  readonly onDenied?: (denial: Denial) => void;
  /** A grant of the template that is to be left out: does anything need it? */
  readonly without?: GrantId | undefined;
}

/** What the policies of a template come to; machines that share a template share it. */
const policiesOf = (template: Pick<Template, 'ofType'>, without?: GrantId) => ({
  identities: identityPolicies(template, without),
  policies: resourcePolicies(template),
  keys: keysOf(template),
});
const known = new WeakMap<object, ReturnType<typeof policiesOf>>();
const sharedPolicies = (template: Pick<Template, 'ofType'>): ReturnType<typeof policiesOf> => {
  const policies = known.get(template) ?? policiesOf(template);
  known.set(template, policies);
  return policies;
};

/** The port with the policies of a template. A policy that cannot be judged here stops the start. */
export const portFor = (template: Pick<Template, 'ofType'>, deps: PortDeps): Port => {
  const { ground, engine, place = LOCAL, turn, live, onDenied, without } = deps;
  const keys = partitionKeys(template);
  const arns = keyArns(template);
  try {
    return createPort({
      ...place,
      scheduler: ground.scheduler,
      faults: () => ground.faults,
      engine,
      turn,
      live,
      onDenied,
      ...(without ? policiesOf(template, without) : sharedPolicies(template)),
      partitionKey: (table) => keys.get(table),
      keyArn: (name) => arns.get(name),
      stateMachines: template.ofType('AWS::StepFunctions::StateMachine').map(({ ref }) => ref),
    });
  } catch (error) {
    throw new Refusal(`A policy of the template cannot be judged: ${(error as Error).message}.`);
  }
};
