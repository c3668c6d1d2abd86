import { AwsError } from '../kernel/aws-error.ts';
import type { Context } from './condition.ts';

/** One thing a call must be allowed to do. Where any of several resources would do, `resources` names them all. */
export interface Need {
  readonly action: string;
  readonly resources: readonly string[];
  readonly context: Context;
}

export interface Places {
  readonly region: string;
  readonly account: string;
  /** The partition key's name of a table. */
  readonly partitionKey: (table: string) => string | undefined;
  /** ARNs of all state machines: a task token does not say whose it is. */
  readonly stateMachines: readonly string[];
}

type Input = Readonly<Record<string, unknown>>;
type NeedsOf = (operation: string, input: Input, places: Places, service: string) => Need[];

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const records = (value: unknown): Input[] =>
  Array.isArray(value) ? value.filter((item): item is Input => typeof item === 'object' && item !== null) : [];
const need = (action: string, resource: string, context: Context = {}): Need => ({ action, resources: [resource], context });

const tableArn = (name: string, { region, account }: Places): string =>
  name.startsWith('arn:') ? name : `arn:aws:dynamodb:${region}:${account}:table/${name}`;

const leading = (table: string, key: unknown, { partitionKey }: Places): Context => {
  const value = (key as Record<string, Record<string, unknown>> | undefined)?.[partitionKey(table) ?? ''];
  const scalar = value === undefined ? undefined : Object.values(value)[0];
  return typeof scalar === 'string' ? { 'dynamodb:leadingkeys': [scalar] } : {};
};

const IN_TRANSACTION: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

const dynamodb: NeedsOf = (operation, input, places) => {
  const on = (action: string, table: string, key?: unknown, index?: unknown): Need =>
    need(
      `dynamodb:${action}`,
      `${tableArn(table, places)}${typeof index === 'string' ? `/index/${index}` : ''}`,
      leading(table, key, places),
    );
  switch (operation) {
    case 'TransactWriteItems':
    case 'TransactGetItems':
      return records(input['TransactItems']).flatMap((item) =>
        Object.entries(item).flatMap(([kind, body]) => {
          const { TableName, Key, Item } = (body ?? {}) as Input;
          const action = IN_TRANSACTION[kind];
          return action ? [on(action, text(TableName), Key ?? Item)] : [];
        }),
      );
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return Object.keys((input['RequestItems'] ?? {}) as object).map((table) => on(operation, table));
    case 'ListTables':
      return [need('dynamodb:ListTables', '*')];
    case 'DescribeStream':
    case 'GetShardIterator':
    case 'GetRecords':
    case 'ListStreams':
      return [need(`dynamodb:${operation}`, text(input['StreamArn']) || '*')];
    default:
      return [on(operation, text(input['TableName']), input['Key'] ?? input['Item'], input['IndexName'])];
  }
};

const busArn = (name: string, { region, account }: Places): string =>
  name.startsWith('arn:') ? name : `arn:aws:events:${region}:${account}:event-bus/${name || 'default'}`;

/** One need per entry, in their order. */
const events: NeedsOf = (operation, input, places) => {
  if (operation !== 'PutEvents') return [need(`events:${operation}`, text(input['Name']) || text(input['Rule']) || '*')];
  const entries = (Array.isArray(input['Entries']) ? input['Entries'] : []) as (Input | null)[];
  return entries.map((entry) =>
    need('events:PutEvents', busArn(text(entry?.['EventBusName']), places), {
      'events:source': text(entry?.['Source']),
      'events:detail-type': text(entry?.['DetailType']),
    }),
  );
};

const states: NeedsOf = (operation, input, { stateMachines }) => {
  if (operation.startsWith('SendTask')) return [{ action: `states:${operation}`, resources: ['*', ...stateMachines], context: {} }];
  return [need(`states:${operation}`, text(input['executionArn']) || text(input['stateMachineArn']) || '*')];
};

const sqs: NeedsOf = (operation, input, { region, account }) => {
  const name = text(input['QueueName']) || (text(input['QueueUrl']).split('/').at(-1) ?? '');
  return [need(`sqs:${operation.replace(/Batch$/, '')}`, name ? `arn:aws:sqs:${region}:${account}:${name}` : '*')];
};

const lambda: NeedsOf = (operation, input, { region, account }) => {
  const name = text(input['FunctionName']);
  const action = operation === 'Invoke' ? 'InvokeFunction' : operation;
  return [need(`lambda:${action}`, name.startsWith('arn:') ? name : `arn:aws:lambda:${region}:${account}:function:${name}`)];
};

const METHODS: Readonly<Record<string, string>> = { PostToConnection: 'POST', GetConnection: 'GET', DeleteConnection: 'DELETE' };

/** The service is `execute-api https://<api>.execute-api…/<stage>`. */
const executeApi: NeedsOf = (operation, input, { region, account }, service) => {
  const { hostname, pathname } = new URL(service.split(' ')[1] ?? 'https://nowhere');
  const resource = `${hostname.split('.')[0]}${pathname.replace(/\/$/, '')}/${METHODS[operation] ?? operation}/@connections/${text(input['ConnectionId'])}`;
  return [need('execute-api:ManageConnections', `arn:aws:execute-api:${region}:${account}:${resource}`)];
};

const SERVICES: Readonly<Record<string, NeedsOf>> = { dynamodb, events, states, sqs, lambda, 'execute-api': executeApi, sts: () => [] };

/** What a call needs to be allowed, in IAM's words. A service that is not here throws. */
export const needsOf = (service: string, operation: string, input: Input, places: Places): Need[] => {
  const of = SERVICES[service.split(' ')[0] ?? ''];
  if (!of) throw new AwsError('UnknownServiceException', `The local machine runs no service called ${service}`);
  return of(operation, input, places, service);
};
