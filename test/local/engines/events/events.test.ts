import { beforeEach, describe, expect, it } from 'vitest';
import { createEvents, type Events } from '../../../../local/engines/events/events.ts';
import { AwsError } from '../../../../local/kernel/aws-error.ts';
import { createGround, type TestGround } from '../queues/ground.ts';

const arn = (queue: string) => `arn:aws:sqs:us-east-1:000000000000:${queue}`;
const entry = (more: object = {}) => ({ EventBusName: 'swoe', Source: 'cad', DetailType: 'call', Detail: '{"n":1.0}', ...more });

let ground: TestGround;
let sent: [queue: string, body: string][];
let invoked: [string, unknown][];
let events: Events;
const bodies = (queue: string) => sent.filter(([to]) => to === arn(queue)).map(([, body]) => JSON.parse(body) as Record<string, unknown>);
const put = (...Entries: object[]) => events.serve('PutEvents', { Entries });

beforeEach(() => {
  ground = createGround();
  sent = [];
  invoked = [];
  events = createEvents(ground, {
    send: (queue, body) => {
      if (queue === arn('gone')) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
      sent.push([queue, body]);
    },
    invokeAsync: (name, payload) => invoked.push([name, payload]),
    allow: (principal, _bus, { Source }) => (principal.endsWith('stranger') ? `${Source} is not yours` : undefined),
  });
  events.defineBus({ Name: 'swoe' });
  events.defineRule({
    Name: 'intake',
    EventBusName: 'swoe',
    EventPattern: { source: [{ 'anything-but': ['swoe'] }], 'replay-name': [{ exists: false }] },
    Targets: [{ Id: 'q', Arn: arn('ingest') }],
  });
});

describe('an accepted event', () => {
  it('reaches every matching queue before the put is answered, in the shape EventBridge delivers', async () => {
    events.defineRule({ Name: 'cad', EventBusName: 'swoe', EventPattern: { source: ['cad'] }, Targets: [{ Id: 'q', Arn: arn('cad') }] });
    const answer = put(entry({ Time: new Date(Date.UTC(2026, 4, 1)), Resources: ['r'] }));
    expect(sent).toHaveLength(2);
    expect(await answer).toMatchObject({ FailedEntryCount: 0, Entries: [{ EventId: expect.stringMatching(/^[0-9a-f-]{36}$/) }] });
    expect(bodies('cad')).toEqual([
      {
        version: '0',
        id: expect.any(String),
        'detail-type': 'call',
        source: 'cad',
        account: '000000000000',
        time: '2026-05-01T00:00:00Z',
        region: 'us-east-1',
        resources: ['r'],
        detail: { n: 1 },
      },
    ]);
  });

  it('keeps its numbers as they were written', async () => {
    await put(entry());
    expect(sent[0]?.[1]).toContain('"detail":{"n":1.0}');
  });

  it('that no rule wants is still accepted', async () => {
    expect(await put(entry({ Source: 'swoe' }))).toMatchObject({ FailedEntryCount: 0 });
    expect(sent).toEqual([]);
  });

  it('goes to the dead-letter queue where the target is gone', async () => {
    const Targets = [{ Id: 'q', Arn: arn('gone'), DeadLetterConfig: { Arn: arn('dead') } }];
    events.defineRule({ Name: 'broken', EventBusName: 'swoe', EventPattern: { source: ['cad'] }, Targets });
    expect(await put(entry())).toMatchObject({ FailedEntryCount: 0 });
    expect(bodies('dead')).toHaveLength(1);
    expect(bodies('ingest')).toHaveLength(1);
  });

  it('sends the part a target asks for, or its constant input', async () => {
    const lambda = 'arn:aws:lambda:us-east-1:000000000000:function:f';
    const Targets = [
      { Id: 'a', Arn: lambda, InputPath: '$.detail.n' },
      { Id: 'b', Arn: lambda, Input: '{"fixed":true}' },
    ];
    events.defineRule({ Name: 'parts', EventBusName: 'swoe', EventPattern: { source: ['cad'] }, Targets });
    await put(entry());
    expect(invoked).toEqual([
      [lambda, 1],
      [lambda, { fixed: true }],
    ]);
  });
});

describe('an input template', () => {
  const fill = async (InputTemplate: string, Detail: object) => {
    const InputPathsMap = { n: '$.detail.n', missing: '$.detail.missing' };
    const Targets = [{ Id: 't', Arn: arn('filled'), InputTransformer: { InputPathsMap, InputTemplate } }];
    events.defineRule({ Name: 'filled', EventBusName: 'swoe', EventPattern: { source: ['cad'] }, Targets });
    await put(entry({ Detail: JSON.stringify(Detail) }));
    return sent.filter(([to]) => to === arn('filled')).map(([, body]) => body);
  };

  it('is filled with values, quoted where they stand alone', async () => {
    expect(await fill('{"a":<n>,"b":"x <n>","c":<missing>,"rule":<aws.events.rule-name>}', { n: 'q"' })).toEqual([
      '{"a":"q\\"","b":"x q\\"","c":"","rule":"filled"}',
    ]);
  });

  it('that becomes no JSON is not delivered and is counted', async () => {
    expect(await fill('{"a":"<n>"}', { n: { deep: 1 } })).toEqual([]);
    expect(ground.metered.get('events failed deliveries')).toBe(1);
  });
});

describe('an entry is refused on its own', () => {
  it.each([
    ['MalformedDetail', { Detail: '[1]' }],
    ['MalformedDetail', { Detail: '{' }],
    ['InvalidArgument', { Detail: undefined }],
    ['InvalidArgument', { Source: '' }],
    ['InvalidArgument', { EventBusName: 'nowhere' }],
    ['InvalidArgument', { Time: 'yesterday' }],
    ['NotAuthorizedForSourceException', { Source: 'aws.ec2' }],
  ])('%s: %o', async (ErrorCode, more) => {
    expect(await put(entry(more), entry())).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode }, { EventId: expect.any(String) }],
    });
    expect(bodies('ingest')).toHaveLength(1);
  });

  it('NotAuthorizedForSourceException where the bus does not know the principal', async () => {
    const answer = await events.serveAs('arn:aws:iam::1:role/stranger')('PutEvents', { Entries: [entry()] });
    expect(answer).toMatchObject({ FailedEntryCount: 1, Entries: [{ ErrorMessage: 'cad is not yours' }] });
    expect(sent).toEqual([]);
  });
});

it.each([
  ['no entries', { Entries: [] }],
  ['eleven entries', { Entries: Array.from({ length: 11 }, () => entry()) }],
  ['more than 1 MB', { Entries: [entry({ Detail: JSON.stringify({ x: 'x'.repeat(1_048_576) }) })] }],
])('a call with %s is refused whole', async (_what, input) => {
  await expect(events.serve('PutEvents', input)).rejects.toMatchObject({ name: 'ValidationException' });
});

it('a service event goes to the rules of the default bus', () => {
  events.defineRule({
    Name: 'ends',
    EventPattern: { source: ['aws.states'], detail: { status: ['FAILED'] } },
    Targets: [{ Id: 'q', Arn: arn('finish') }],
  });
  for (const status of ['FAILED', 'SUCCEEDED'])
    events.publishDefault({ source: 'aws.states', 'detail-type': 'Step Functions Execution Status Change', detail: { status } });
  expect(bodies('finish')).toMatchObject([{ source: 'aws.states', detail: { status: 'FAILED' } }]);
});

it('a disabled rule matches nothing', async () => {
  events.defineRule({
    Name: 'off',
    EventBusName: 'swoe',
    State: 'DISABLED',
    EventPattern: { source: ['cad'] },
    Targets: [{ Id: 'q', Arn: arn('off') }],
  });
  await put(entry());
  expect(bodies('off')).toEqual([]);
});

it.each([
  ['an input path it cannot read', { InputPath: '$..n' }, /plain paths/],
  ['two inputs', { InputPath: '$.detail', Input: '{}' }, /Only one of Input, InputPath, or InputTransformer must be provided for target x/],
  ['a target it cannot reach', { Arn: 'arn:aws:kinesis:us-east-1:1:stream/s' }, /SQS queues, Lambda functions/],
])('a rule with %s is refused by name', (_what, more, sentence) => {
  const Targets = [{ Id: 'x', Arn: arn('q'), ...more }];
  expect(() => events.defineRule({ Name: 'odd', EventBusName: 'swoe', EventPattern: { source: ['a'] }, Targets })).toThrow(sentence);
});

it('describes its buses, rules and targets', async () => {
  expect(await events.serve('ListEventBuses', {})).toMatchObject({ EventBuses: [{ Name: 'default' }, { Name: 'swoe' }] });
  expect(await events.serve('ListRules', { EventBusName: 'swoe' })).toMatchObject({
    Rules: [{ Name: 'intake', State: 'ENABLED', Arn: 'arn:aws:events:us-east-1:000000000000:rule/swoe/intake' }],
  });
  expect(await events.serve('ListTargetsByRule', { EventBusName: 'swoe', Rule: 'intake' })).toMatchObject({
    Targets: [{ Arn: arn('ingest') }],
  });
  await expect(events.serve('DescribeEventBus', { Name: 'nowhere' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

it('TestEventPattern judges a whole event and says why a pattern is none', async () => {
  const Event = JSON.stringify({ id: '1', account: '1', source: 's', time: 't', region: 'r', 'detail-type': 'd' });
  expect(await events.serve('TestEventPattern', { EventPattern: '{"source":["s"]}', Event })).toEqual({ Result: true });
  await expect(events.serve('TestEventPattern', { EventPattern: '{"source":[]}', Event })).rejects.toMatchObject({
    name: 'InvalidEventPatternException',
    message: 'Event pattern is not valid. Reason: Empty arrays are not allowed',
  });
});
