import type { Ask, Input, NeedsOf } from './needs.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const busArn = (name: string, { region, account }: Ask): string =>
  name.startsWith('arn:') ? name : `arn:aws:events:${region}:${account}:event-bus/${name || 'default'}`;

/** Rules, archives and replays by their names, anything else by its bus. */
const onBus = (operation: string, input: Input, ask: Ask): string => {
  const { region, account } = ask;
  const of = (kind: string, name: string): string => `arn:aws:events:${region}:${account}:${kind}/${name}`;
  const name = text(input['Name']);
  if (input['ArchiveName']) return of('archive', text(input['ArchiveName']));
  if (input['ReplayName']) return of('replay', text(input['ReplayName']));
  if (input['Rule'] || /Rule$/.test(operation)) {
    const bus = text(input['EventBusName']).replace(/^arn:[^/]*:event-bus\//, '') || 'default';
    return of('rule', `${bus === 'default' ? '' : `${bus}/`}${text(input['Rule']) || name}`);
  }
  return /EventBus|Permission/.test(operation) ? busArn(name || text(input['EventBusName']), ask) : '*';
};

/** One need per entry, in their order. */
export const events: NeedsOf = (operation, input, ask) => {
  if (operation !== 'PutEvents') return [ask.need(`events:${operation}`, onBus(operation, input, ask))];
  const entries = (Array.isArray(input['Entries']) ? input['Entries'] : []) as (Input | null)[];
  return entries.map((entry) =>
    ask.need('events:PutEvents', busArn(text(entry?.['EventBusName']), ask), {
      'events:source': text(entry?.['Source']),
      'events:detail-type': text(entry?.['DetailType']),
    }),
  );
};

export const states: NeedsOf = (operation, input, ask) => {
  if (operation.startsWith('SendTask')) return [ask.need(`states:${operation}`, ['*', ...ask.stateMachines])];
  const { region, account } = ask;
  const created = operation === 'CreateStateMachine' ? `arn:aws:states:${region}:${account}:stateMachine:${text(input['name'])}` : '*';
  const named = ['executionArn', 'stateMachineArn', 'stateMachineVersionArn', 'stateMachineAliasArn', 'resourceArn'].map((name) =>
    text(input[name]),
  );
  return [ask.need(`states:${operation}`, named.find(Boolean) ?? created)];
};

export const sqs: NeedsOf = (operation, input, ask) => {
  const name = text(input['QueueName']) || text(input['QueueUrl']).slice(text(input['QueueUrl']).lastIndexOf('/') + 1);
  return [ask.need(`sqs:${operation.replace(/Batch$/, '')}`, name ? `arn:aws:sqs:${ask.region}:${ask.account}:${name}` : '*')];
};

export const lambda: NeedsOf = (operation, input, ask) => {
  const name = text(input['FunctionName']);
  const action = operation === 'Invoke' ? 'InvokeFunction' : operation;
  const arn = name.startsWith('arn:') || name === '' ? name : `arn:aws:lambda:${ask.region}:${ask.account}:function:${name}`;
  return [ask.need(`lambda:${action}`, arn || '*')];
};

export const scheduler: NeedsOf = (operation, input, ask) => {
  const name = text(input['Name']);
  const group = text(input['GroupName']) || 'default';
  const { RoleArn: role } = (input['Target'] ?? {}) as { RoleArn?: unknown };
  return [
    ask.need(`scheduler:${operation}`, name ? `arn:aws:scheduler:${ask.region}:${ask.account}:schedule/${group}/${name}` : '*'),
    // Who has Scheduler act as a role must be allowed to hand that role on.
    ...(role ? [ask.need('iam:PassRole', text(role), { 'iam:passedtoservice': 'scheduler.amazonaws.com' })] : []),
  ];
};

export const kms: NeedsOf = (operation, input, ask) => {
  const key = text(input['KeyId']);
  return [ask.need(`kms:${operation}`, ask.keyArn?.(key) ?? `arn:aws:kms:${ask.region}:${ask.account}:key/${key}`)];
};

/** A list is a right on the bucket, everything else on the object. */
export const s3: NeedsOf = (operation, input, ask) => {
  const bucket = `arn:aws:s3:::${text(input['Bucket'])}`;
  if (operation === 'ListObjectsV2') return [ask.need('s3:ListBucket', bucket)];
  const once = text(input['IfNoneMatch']);
  return [ask.need(`s3:${operation}`, `${bucket}/${text(input['Key'])}`, once ? { 's3:if-none-match': once } : undefined)];
};

const METHODS: Readonly<Record<string, string>> = { PostToConnection: 'POST', GetConnection: 'GET', DeleteConnection: 'DELETE' };

/** The service is `execute-api https://<api>.execute-api…/<stage>`. */
export const executeApi: NeedsOf = (operation, input, ask, service) => {
  const [, host = '', path = ''] = /^https?:\/\/([^/]*)(.*)$/.exec(service.split(' ')[1] ?? '') ?? [];
  const resource = `${host.split('.')[0]}${path.replace(/\/$/, '')}/${METHODS[operation] ?? operation}/@connections/${text(input['ConnectionId'])}`;
  return [ask.need('execute-api:ManageConnections', `arn:aws:execute-api:${ask.region}:${ask.account}:${resource}`)];
};
