import { describe, expect, it } from 'vitest';
import type { CallFault } from '../../../local/kernel/faults.ts';
import { createVirtualScheduler } from '../../../local/kernel/virtual-scheduler.ts';
import { type Denial, portFor } from '../../../local/port/index.ts';
import { allow, deny, ROLE, role, table, templateOf } from './template.ts';

const suffering = (fault: CallFault | undefined) => {
  const scheduler = createVirtualScheduler();
  const done: number[] = [];
  const asked: string[] = [];
  const call = (name: string) => {
    asked.push(name);
    return fault;
  };
  const faults = { call, delivery: () => undefined, invocation: () => undefined };
  const port = portFor(templateOf(role(allow('*', '*'))), {
    ground: { scheduler, faults },
    engine: () => async () => {
      done.push(scheduler.now());
      return {};
    },
  });
  return { ...port, scheduler, done, asked };
};

describe('a planned mishap', () => {
  it.each([
    ['dynamodb', 'PutItem', 'ProvisionedThroughputExceededException'],
    ['states', 'StartExecution', 'ThrottlingException'],
    ['sqs', 'SendMessage', 'RequestThrottled'],
    ['lambda', 'Invoke', 'TooManyRequestsException'],
    ['execute-api https://a.execute-api.r.amazonaws.com/s', 'PostToConnection', 'LimitExceededException'],
  ])('throttles %s as that service does, and nothing is done', async (service, operation, name) => {
    const { call, done, asked } = suffering({ kind: 'throttle' });
    await expect(call(ROLE, service, operation, {})).rejects.toMatchObject({ name });
    expect(done).toEqual([]);
    expect(asked).toEqual([`${service.split(' ')[0]}:${operation}`]);
  });

  it('throttles PutEvents as a whole or entry by entry', async () => {
    const { call } = suffering({ kind: 'throttle' });
    const seen = new Set<string>();
    for (let n = 0; n < 40; n += 1) {
      const answer = await call(ROLE, 'events', 'PutEvents', { Entries: [{}, {}] }).catch((error: Error) => ({ whole: error.name }));
      seen.add(JSON.stringify(answer));
    }
    expect(seen.size).toBe(2);
    expect([...seen].join()).toContain('"FailedEntryCount":2');
    expect([...seen].join()).toContain('"whole":"ThrottlingException"');
  });

  it('loses the answer of what was done', async () => {
    const { call, done } = suffering({ kind: 'lose' });
    await expect(call(ROLE, 'dynamodb', 'PutItem', {})).rejects.toMatchObject({ name: 'TimeoutError', code: 'ECONNRESET' });
    expect(done).toHaveLength(1);
  });

  it.each([
    ['throttle', 'Lambda.TooManyRequestsException', 0],
    ['lose', 'Lambda.SdkClientException', 1],
  ] as const)('of a state machine’s invocation has the name that its Retry knows: %s', async (kind, error, runs) => {
    const { invoke, asked } = suffering({ kind });
    let ran = 0;
    const run = async () => {
      ran += 1;
      return { ok: true as const, payload: 1 };
    };
    expect(await invoke(ROLE, 'arn:aws:lambda:us-east-1:000000000000:function:step', run)).toMatchObject({ ok: false, error });
    expect(ran).toBe(runs);
    expect(asked).toEqual(['lambda:Invoke']);
  });

  it('does what was asked so much later', async () => {
    const { call, done, scheduler } = suffering({ kind: 'delay', ms: 700 });
    const before = scheduler.now();
    const answer = call(ROLE, 'dynamodb', 'PutItem', {});
    await scheduler.run();
    await answer;
    expect(done).toEqual([before + 700]);
  });
});

describe('a denial', () => {
  const denials: Denial[] = [];
  const ask = (...statements: object[]) =>
    portFor(templateOf(role(...statements)), {
      ground: { scheduler: createVirtualScheduler() },
      engine: () => async () => ({}),
      onDenied: (denial) => denials.push(denial),
    }).call(ROLE, 'dynamodb', 'PutItem', { TableName: 'events' });

  it('is told with the role’s place and the statement to add', async () => {
    await expect(ask()).rejects.toThrow('not authorized');
    expect(denials.at(-1)).toEqual({
      principal: ROLE,
      role: 'test.step',
      action: 'dynamodb:PutItem',
      resource: table('events'),
      add: { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: table('events') },
    });
  });

  it('by a Deny has nothing to add', async () => {
    await expect(ask(allow('*', '*'), deny('dynamodb:PutItem', '*'))).rejects.toThrow('explicit deny in an identity-based policy');
    expect(denials.at(-1)?.add).toBeUndefined();
  });
});

describe('policies at run time', () => {
  const BUS = 'arn:aws:events:us-east-1:000000000000:event-bus/swoe';
  const entry = { Entries: [{ EventBusName: 'swoe', Source: 'cad_system' }] };

  it('that change are heeded from the next call on', async () => {
    let policy: object | undefined;
    const port = portFor(templateOf(role(allow('events:PutEvents', BUS))), {
      ground: { scheduler: createVirtualScheduler() },
      engine: () => async () => ({ FailedEntryCount: 0, Entries: [{}] }),
      live: (arn) => (arn === BUS ? policy : undefined),
    });
    const put = () => port.call(ROLE, 'events', 'PutEvents', entry);
    await expect(put()).resolves.toMatchObject({ FailedEntryCount: 0 });
    policy = { Statement: { Effect: 'Deny', Principal: '*', Action: 'events:PutEvents', Resource: BUS } };
    await expect(put()).rejects.toThrow('explicit deny in a resource-based policy');
    policy = {
      Statement: { Effect: 'Deny', Principal: '*', Action: '*', Resource: BUS, Condition: { StringEquals: { 'events:source': 'other' } } },
    };
    await expect(put()).resolves.toMatchObject({ FailedEntryCount: 0 });
    policy = undefined;
    await expect(put()).resolves.toMatchObject({ FailedEntryCount: 0 });
  });

  it('that look at the clock are asked each time', async () => {
    const scheduler = createVirtualScheduler({ start: Date.UTC(2026, 0, 1) });
    const until = { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:01:00Z' } };
    const port = portFor(templateOf(role(allow('sqs:*', '*', until))), { ground: { scheduler }, engine: () => async () => ({}) });
    await port.call(ROLE, 'sqs', 'ListQueues', {});
    await scheduler.run(scheduler.now() + 61_000);
    await expect(port.call(ROLE, 'sqs', 'ListQueues', {})).rejects.toThrow('sqs:ListQueues');
  });

  it('a permissions boundary leaves of a role only what it allows too', async () => {
    const boundary = {
      type: 'AWS::IAM::ManagedPolicy',
      id: 'b',
      ref: 'arn:b',
      properties: { PolicyDocument: { Statement: allow('sqs:*', '*') } },
    };
    const bound = role(allow('*', '*'));
    const template = templateOf({ ...bound, properties: { ...bound.properties, PermissionsBoundary: 'arn:b' } }, boundary);
    const port = portFor(template, { ground: { scheduler: createVirtualScheduler() }, engine: () => async () => ({}) });
    await port.call(ROLE, 'sqs', 'ListQueues', {});
    await expect(port.call(ROLE, 'dynamodb', 'ListTables', {})).rejects.toThrow('no permissions boundary allows');
  });

  it('a grant that is left out leaves the others of its statement', async () => {
    const template = templateOf(role(allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [table('a'), table('b')])));
    const without = { principal: ROLE, action: 'dynamodb:PutItem', resource: table('a') };
    const port = portFor(template, { ground: { scheduler: createVirtualScheduler() }, engine: () => async () => ({}), without });
    const ask = (operation: string, TableName: string) => port.call(ROLE, 'dynamodb', operation, { TableName });
    await Promise.all([ask('GetItem', 'a'), ask('GetItem', 'b'), ask('PutItem', 'b')]);
    await expect(ask('PutItem', 'a')).rejects.toThrow('dynamodb:PutItem');
    expect(port.grants().map(({ action, resource, used }) => [action, resource.split('/')[1], used])).toEqual([
      ['dynamodb:GetItem', 'a', true],
      ['dynamodb:GetItem', 'b', true],
      ['dynamodb:PutItem', 'b', true],
    ]);
  });
});
