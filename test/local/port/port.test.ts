import { describe, expect, it } from 'vitest';
import { portFor } from '../../../local/port/index.ts';
import { allow, deny, ground, ROLE, role, table, templateOf } from './template.ts';

type Template = ReturnType<typeof templateOf>;

const open = (template: Template) => {
  const calls: unknown[] = [];
  const engine = () => async (operation: string, input: Record<string, unknown>) => {
    calls.push(input);
    return {
      operation,
      FailedEntryCount: 0,
      Entries: ((input['Entries'] ?? []) as unknown[]).map((_entry, index) => ({ EventId: `e${index}` })),
    };
  };
  const port = portFor(template, { ground, engine });
  return { ...port, calls };
};
const call = (template: Template, service: string, operation: string, input: Record<string, unknown>, principal = ROLE) =>
  open(template).call(principal, service, operation, input);

describe('the port', () => {
  it('lets a role do what its policy allows and nothing else', async () => {
    const template = templateOf(role(allow('dynamodb:GetItem', table('events'))));
    await expect(call(template, 'dynamodb', 'GetItem', { TableName: 'events' })).resolves.toMatchObject({ operation: 'GetItem' });
    await expect(call(template, 'dynamodb', 'PutItem', { TableName: 'events' })).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:sts::000000000000:assumed-role/step/step is not authorized to perform: dynamodb:PutItem on resource: ${table('events')} because no identity-based policy allows the dynamodb:PutItem action`,
    });
    await expect(call(template, 'dynamodb', 'GetItem', { TableName: 'facts' })).rejects.toThrow(table('facts'));
  });

  it('knows no role that the template does not have', async () => {
    await expect(call(templateOf(), 'dynamodb', 'GetItem', { TableName: 'events' })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it('weighs each item of a transaction as what it does', async () => {
    const template = templateOf(
      role(allow(['dynamodb:PutItem', 'dynamodb:ConditionCheckItem'], table('events')), allow('dynamodb:UpdateItem', table('journal'))),
    );
    const put = { Put: { TableName: 'events', Item: {} } };
    const check = { ConditionCheck: { TableName: 'events', Key: {} } };
    await call(template, 'dynamodb', 'TransactWriteItems', { TransactItems: [put, check, { Update: { TableName: 'journal', Key: {} } }] });
    await expect(
      call(template, 'dynamodb', 'TransactWriteItems', { TransactItems: [put, { Delete: { TableName: 'events', Key: {} } }] }),
    ).rejects.toThrow('dynamodb:DeleteItem on resource');
  });

  it('asks for an index by its own ARN', async () => {
    const query = { TableName: 'events', IndexName: 'byDay' };
    await expect(call(templateOf(role(allow('dynamodb:Query', table('events')))), 'dynamodb', 'Query', query)).rejects.toThrow(
      'table/events/index/byDay',
    );
    await call(templateOf(role(allow('dynamodb:Query', `${table('events')}/index/*`))), 'dynamodb', 'Query', query);
  });

  it.each([
    [
      'states',
      'StartExecution',
      { stateMachineArn: 'arn:aws:states:::stateMachine:swoe-dev-x' },
      'states:StartExecution',
      'arn:aws:states:::stateMachine:swoe-dev-*',
    ],
    [
      'states',
      'StopExecution',
      { executionArn: 'arn:aws:states:::execution:swoe-dev-x:1' },
      'states:StopExecution',
      'arn:aws:states:::execution:swoe-dev-*',
    ],
    [
      'sqs',
      'SendMessageBatch',
      { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/q' },
      'sqs:SendMessage',
      'arn:aws:sqs:us-east-1:000000000000:q',
    ],
    ['lambda', 'Invoke', { FunctionName: 'step' }, 'lambda:InvokeFunction', 'arn:aws:lambda:us-east-1:000000000000:function:step'],
    [
      'events',
      'PutEvents',
      { Entries: [{ EventBusName: 'swoe' }] },
      'events:PutEvents',
      'arn:aws:events:us-east-1:000000000000:event-bus/swoe',
    ],
    [
      'execute-api https://abc.execute-api.us-east-1.amazonaws.com/events',
      'PostToConnection',
      { ConnectionId: 'c1' },
      'execute-api:ManageConnections',
      'arn:aws:execute-api:us-east-1:000000000000:abc/*/*/@connections/*',
    ],
  ])('asks %s %s for the ARN that AWS asks for', async (service, operation, input, action, resource) => {
    await call(templateOf(role(allow(action, resource))), service, operation, input);
    await expect(call(templateOf(role(allow(action, `${resource.replace('*', 'x')}-other`))), service, operation, input)).rejects.toThrow(
      action,
    );
  });

  it('takes a task token for one of the machines the role may answer', async () => {
    const machine = { type: 'AWS::StepFunctions::StateMachine', id: 'm', ref: 'arn:aws:states:::stateMachine:m', properties: {} };
    await call(templateOf(machine, role(allow('states:SendTaskSuccess', machine.ref))), 'states', 'SendTaskSuccess', { taskToken: 't' });
    await expect(
      call(templateOf(machine, role(allow('states:SendTaskSuccess', 'arn:other'))), 'states', 'SendTaskSuccess', {}),
    ).rejects.toThrow('SendTaskSuccess');
  });

  it('lets one Deny outweigh every Allow, and reads actions without regard to case', async () => {
    const template = templateOf(role(allow('DynamoDB:*', '*'), deny('dynamodb:DeleteItem', table('journal'))));
    await call(template, 'dynamodb', 'DeleteItem', { TableName: 'events' });
    await expect(call(template, 'dynamodb', 'DeleteItem', { TableName: 'journal' })).rejects.toThrow(
      'with an explicit deny in an identity-based policy',
    );
  });

  it('holds a role to the leading keys it was given', async () => {
    const keys = { type: 'AWS::DynamoDB::Table', id: 'facts', properties: { KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] } };
    const condition = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['city#*'] } };
    const template = templateOf(keys, role(allow('dynamodb:GetItem', table('facts'), condition)));
    await call(template, 'dynamodb', 'GetItem', { TableName: 'facts', Key: { pk: { S: 'city#1' } } });
    await expect(call(template, 'dynamodb', 'GetItem', { TableName: 'facts', Key: { pk: { S: 'unit#1' } } })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it('finds attached and managed policies by their roles', async () => {
    const document = { Statement: allow('sqs:SendMessage', '*') };
    const send = ['sqs', 'SendMessage', { QueueUrl: 'https://x/1/q' }] as const;
    const bare = { ...role(), properties: {} };
    await call(templateOf(bare, { type: 'AWS::IAM::Policy', id: 'p', properties: { Roles: ['step'], PolicyDocument: document } }), ...send);
    const managed = { type: 'AWS::IAM::ManagedPolicy', id: 'm', ref: 'arn:m', properties: { PolicyDocument: document } };
    await call(templateOf({ ...bare, properties: { ManagedPolicyArns: ['arn:m'] } }, managed), ...send);
    await call(templateOf(bare, { ...managed, properties: { Roles: ['step'], PolicyDocument: document } }), ...send);
    expect(() => open(templateOf({ ...bare, properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] } }))).toThrow(
      'test.step: the managed policy arn:aws:iam::aws:policy/AdministratorAccess is neither in the template nor known here',
    );
  });

  it('remembers which grants were used', async () => {
    const port = open(templateOf(role(allow(['dynamodb:GetItem', 'dynamodb:PutItem'], table('events')))));
    await port.call(ROLE, 'dynamodb', 'GetItem', { TableName: 'events' });
    expect(port.grants().map(({ action, used }) => [action, used])).toEqual([
      ['dynamodb:GetItem', true],
      ['dynamodb:PutItem', false],
    ]);
  });

  it('refuses to start over a policy it cannot judge, naming it', () => {
    const odd = (condition: object) => () => open(templateOf(role(allow('sqs:*', '*', condition))));
    expect(odd({ StringAlmost: { 'aws:SourceArn': 'x' } })).toThrow(
      'test.step, policy inline, statement 1: the condition operator StringAlmost is not understood',
    );
    expect(odd({ StringEquals: { 'aws:MultiFactorAuthAge': 'x' } })).toThrow('the condition key aws:MultiFactorAuthAge is not understood');
  });
});

describe('the bus policy', () => {
  const local = 'arn:aws:iam::000000000000:user/local';
  const bus = { type: 'AWS::Events::EventBus', id: 'swoe', arn: 'arn:aws:events:us-east-1:000000000000:event-bus/swoe', properties: {} };
  const onlyOurs = {
    type: 'AWS::Events::EventBusPolicy',
    id: 'guard',
    properties: {
      EventBusName: 'swoe',
      StatementId: 'own-source',
      Statement: {
        Effect: 'Deny',
        Principal: '*',
        Action: 'events:PutEvents',
        Resource: bus.arn,
        Condition: { StringEquals: { 'events:source': 'swoe' }, ArnNotLike: { 'aws:PrincipalArn': ROLE } },
      },
    },
  };
  const entry = (Source: string) => ({ EventBusName: 'swoe', Source, DetailType: 'x', Detail: '{}' });
  const template = templateOf(bus, onlyOurs, role(allow('events:PutEvents', bus.arn)));

  it('fails only the entries whose source it forbids, in their places', async () => {
    const port = open(template);
    const answer = await port.call(local, 'events', 'PutEvents', { Entries: [entry('cad_system'), entry('swoe'), entry('drone_ops')] });
    expect(answer).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ EventId: 'e0' }, { ErrorCode: 'NotAuthorizedForSourceException' }, { EventId: 'e1' }],
    });
    expect(port.calls).toEqual([{ Entries: [entry('cad_system'), entry('drone_ops')] }]);
  });

  it('asks no engine when every entry is forbidden', async () => {
    const port = open(template);
    expect(await port.call(local, 'events', 'PutEvents', { Entries: [entry('swoe')] })).toMatchObject({ FailedEntryCount: 1 });
    expect(port.calls).toEqual([]);
  });

  it('lets those through that it excepts', async () => {
    expect(await call(template, 'events', 'PutEvents', { Entries: [entry('swoe')] })).toMatchObject({ FailedEntryCount: 0 });
  });
});

describe('a service that delivers', () => {
  const queue = { type: 'AWS::SQS::Queue', id: 'q', ref: 'url/q', arn: 'arn:q', properties: {} };
  const policy = {
    type: 'AWS::SQS::QueuePolicy',
    id: 'p',
    properties: {
      Queues: ['url/q'],
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: 'arn:q',
            Condition: { ArnEquals: { 'aws:SourceArn': 'arn:rule' } },
          },
        ],
      },
    },
  };
  const fn = { type: 'AWS::Lambda::Function', id: 'api', arn: 'arn:fn', properties: {} };
  const permission = {
    type: 'AWS::Lambda::Permission',
    id: 'perm',
    properties: {
      FunctionName: 'api',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: 'arn:aws:execute-api:r:a:id/*/GET/status',
    },
  };

  it('needs the target’s own policy, for that rule', () => {
    const { permits } = open(templateOf(queue, policy));
    expect(permits('events.amazonaws.com', 'sqs:SendMessage', 'arn:q', 'arn:rule')).toBe(true);
    expect(permits('events.amazonaws.com', 'sqs:SendMessage', 'arn:q', 'arn:another')).toBe(false);
    expect(permits('sns.amazonaws.com', 'sqs:SendMessage', 'arn:q', 'arn:rule')).toBe(false);
  });

  it('needs a permission on the function, for that route', () => {
    const { permits } = open(templateOf(fn, permission));
    expect(permits('apigateway.amazonaws.com', 'lambda:InvokeFunction', 'arn:fn', 'arn:aws:execute-api:r:a:id/api/GET/status')).toBe(true);
    expect(permits('apigateway.amazonaws.com', 'lambda:InvokeFunction', 'arn:fn', 'arn:aws:execute-api:r:a:id/api/POST/status')).toBe(
      false,
    );
  });
});
