import { createVirtualScheduler } from '../../../local/kernel/virtual-scheduler.ts';
import type { Resource } from '../../../local/template/index.ts';

const PREFIX = 'arn:aws';

interface Given {
  readonly type: string;
  readonly id: string;
  readonly properties: Record<string, unknown>;
  readonly ref?: string;
  readonly arn?: string;
}

const make = ({ type, id, properties, ref = id, arn = `${PREFIX}:local:::${id}` }: Given): Resource => ({
  stack: 'test',
  logicalId: id,
  type,
  properties,
  ref,
  attributes: { Arn: arn },
});

export const ground = { scheduler: createVirtualScheduler() };

export const ROLE = `${PREFIX}:iam::000000000000:role/step`;

/** A template of a few resources, as the port sees it. */
export const templateOf = (...given: Given[]) => {
  const resources = given.map(make);
  return { ofType: (...types: string[]) => resources.filter(({ type }) => types.includes(type)) };
};

export const role = (...statements: object[]): Given => ({
  type: 'AWS::IAM::Role',
  id: 'step',
  arn: ROLE,
  properties: { Policies: [{ PolicyName: 'inline', PolicyDocument: { Statement: statements } }] },
});

export const allow = (action: string | string[], resource: string | string[], condition?: object) => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...(condition ? { Condition: condition } : {}),
});

export const deny = (action: string, resource: string, condition?: object) => ({ ...allow(action, resource, condition), Effect: 'Deny' });

export const table = (name: string): string => `${PREFIX}:dynamodb:us-east-1:000000000000:table/${name}`;
