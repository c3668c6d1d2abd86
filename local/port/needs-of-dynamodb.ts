import type { Context } from './context.ts';
import type { Ask, Input, Need, NeedsOf } from './needs.ts';

const records = (value: unknown): Input[] =>
  Array.isArray(value) ? value.filter((item): item is Input => typeof item === 'object' && item !== null) : [];
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const scalar = (attribute: unknown): string | undefined => {
  const value = Object.values((attribute ?? {}) as object)[0] as unknown;
  return typeof value === 'string' ? value : undefined;
};

const tableArn = (name: string, { region, account }: Ask): string =>
  name.startsWith('arn:') ? name : `arn:aws:dynamodb:${region}:${account}:table/${name}`;

const IN_TRANSACTION: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

const OF_STREAMS = new Set(['DescribeStream', 'GetShardIterator', 'GetRecords', 'ListStreams']);

/** The partition that a key condition names: `pk = :v`, with or without a placeholder for the name. */
const queried = (input: Input, key: string): string | undefined => {
  const names = (input['ExpressionAttributeNames'] ?? {}) as Record<string, string>;
  const values = (input['ExpressionAttributeValues'] ?? {}) as Record<string, unknown>;
  for (const [, name = '', value = ''] of text(input['KeyConditionExpression']).matchAll(/(#?[\w.-]+)\s*=\s*(:\w+)/g))
    if ((names[name] ?? name) === key) return scalar(values[value]);
  return undefined;
};

const attributesOf = (input: Input): string[] => {
  const names = (input['ExpressionAttributeNames'] ?? {}) as Record<string, string>;
  const projected = text(input['ProjectionExpression'])
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((name) => names[name] ?? name);
  const own = Object.keys((input['Item'] ?? input['Key'] ?? {}) as object);
  return [...new Set([...own, ...projected, ...Object.values(names)])];
};

/** What DynamoDB tells policies of a call; only where some policy listens. */
const contextOf = (table: string, input: Input, ask: Ask, enclosing?: string): Context | undefined => {
  const context: Record<string, string | string[]> = {};
  const key = ask.partitionKey(table) ?? '';
  if (ask.heeds('dynamodb:leadingkeys')) {
    const item = (input['Key'] ?? input['Item']) as Record<string, unknown> | undefined;
    const leading = item ? scalar(item[key]) : queried(input, key);
    if (leading !== undefined) context['dynamodb:leadingkeys'] = [leading];
  }
  if (ask.heeds('dynamodb:attributes')) context['dynamodb:attributes'] = attributesOf(input);
  if (ask.heeds('dynamodb:select') && input['Select'] !== undefined) context['dynamodb:select'] = text(input['Select']);
  if (ask.heeds('dynamodb:returnvalues')) context['dynamodb:returnvalues'] = text(input['ReturnValues']) || 'NONE';
  if (enclosing && ask.heeds('dynamodb:enclosingoperation')) context['dynamodb:enclosingoperation'] = enclosing;
  return Object.keys(context).length > 0 ? context : undefined;
};

const ofTransaction = (operation: string, input: Input, ask: Ask): Need[] => {
  const needs = new Set<Need>();
  for (const item of records(input['TransactItems'])) {
    for (const kind of Object.keys(item)) {
      const body = (item[kind] ?? {}) as Input;
      const table = text(body['TableName']);
      const action = IN_TRANSACTION[kind];
      if (action) needs.add(ask.need(`dynamodb:${action}`, tableArn(table, ask), contextOf(table, body, ask, operation)));
    }
  }
  return [...needs];
};

/** A batch is asked for by table; with leading keys, every key of it must be one that is allowed. */
const ofBatch = (operation: string, input: Input, ask: Ask): Need[] =>
  Object.entries((input['RequestItems'] ?? {}) as Record<string, unknown>).map(([table, body]) => {
    const key = ask.partitionKey(table) ?? '';
    const keys = ask.heeds('dynamodb:leadingkeys')
      ? [
          ...records((body as Input | null)?.['Keys']),
          ...records(body).flatMap((request) =>
            Object.values(request).map((one) => ((one as Input)['Item'] ?? (one as Input)['Key']) as Input),
          ),
        ].flatMap((item) => scalar(item?.[key]) ?? [])
      : [];
    return ask.need(`dynamodb:${operation}`, tableArn(table, ask), keys.length > 0 ? { 'dynamodb:leadingkeys': keys } : undefined);
  });

export const dynamodb: NeedsOf = (operation, input, ask) => {
  if (operation === 'TransactWriteItems' || operation === 'TransactGetItems') return ofTransaction(operation, input, ask);
  if (operation === 'BatchGetItem' || operation === 'BatchWriteItem') return ofBatch(operation, input, ask);
  if (operation === 'ListTables') return [ask.need('dynamodb:ListTables', '*')];
  if (OF_STREAMS.has(operation)) return [ask.need(`dynamodb:${operation}`, text(input['StreamArn']) || '*')];
  const table = text(input['TableName']) || text(input['ResourceArn']);
  const index = input['IndexName'];
  const resource = typeof index === 'string' ? `${tableArn(table, ask)}/index/${index}` : tableArn(table, ask);
  return [ask.need(`dynamodb:${operation}`, resource, contextOf(table, input, ask))];
};
