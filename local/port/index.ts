import type { Serve } from '../kernel/engine.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Template } from '../template/index.ts';
import { LOCAL, type Place } from '../template/place.ts';
import { identityPolicies } from './identity-policies.ts';
import { createPort, type Port } from './port.ts';
import { resourcePolicies } from './resource-policies.ts';

export { forbiddenDeliveries } from './deliveries.ts';
export type { Grant } from './grants.ts';
export { localUser, type Port } from './port.ts';

const partitionKeys = (template: Pick<Template, 'ofType'>): ReadonlyMap<string, string> =>
  new Map(
    template.ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').flatMap(({ ref, properties }) => {
      const schema = (properties['KeySchema'] ?? []) as { AttributeName: string; KeyType: string }[];
      const hash = schema.find(({ KeyType }) => KeyType === 'HASH');
      return hash ? [[ref, hash.AttributeName] as const] : [];
    }),
  );

/** The port with the policies of a template. A policy that cannot be judged here stops the start. */
export const portFor = (
  template: Pick<Template, 'ofType'>,
  engine: (service: string) => Serve | undefined,
  turn?: () => Promise<void>,
  place: Place = LOCAL,
): Port => {
  const keys = partitionKeys(template);
  try {
    return createPort({
      ...place,
      engine,
      turn,
      identities: identityPolicies(template),
      guards: resourcePolicies(template),
      partitionKey: (table) => keys.get(table),
      stateMachines: template.ofType('AWS::StepFunctions::StateMachine').map(({ ref }) => ref),
    });
  } catch (error) {
    throw new Refusal(`A policy of the template cannot be judged: ${(error as Error).message}.`);
  }
};
