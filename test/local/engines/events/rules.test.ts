import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BusEvent } from '../../../../local/engines/events/event.ts';
import { createRuleSet, ruleOf } from '../../../../local/engines/events/rules.ts';
import { type Bench, busArn, createBench, machineArn, queueArn, role } from './bench.ts';

let bench: Bench;
const target = (Id: string, more: object = {}) => ({ Id, Arn: queueArn(Id), ...more });
const rule = async (Name: string, more: Record<string, unknown>, ...Targets: object[]) => {
  await bench.call('PutRule', { Name, EventBusName: 'swoe', EventPattern: '{"source":["cad"]}', ...more });
  if (Targets.length > 0) await bench.call('PutTargets', { Rule: Name, EventBusName: more['EventBusName'] ?? 'swoe', Targets });
};

beforeEach(() => {
  bench = createBench();
});

describe('a rule made by calls', () => {
  it('delivers, is switched off and on, and ends when its targets are removed', async () => {
    await rule('r', {}, target('a'));
    await bench.put();
    await bench.call('DisableRule', { Name: 'r', EventBusName: 'swoe' });
    await bench.put();
    await bench.call('EnableRule', { Name: 'r', EventBusName: 'swoe' });
    await bench.put();
    expect(bench.drain('a')).toHaveLength(2);
    await expect(bench.call('DeleteRule', { Name: 'r', EventBusName: 'swoe' })).rejects.toMatchObject({ name: 'ValidationException' });
    await bench.call('RemoveTargets', { Rule: 'r', EventBusName: 'swoe', Ids: ['a'] });
    await bench.call('DeleteRule', { Name: 'r', EventBusName: 'swoe' });
    await bench.put();
    expect(bench.drain('a')).toEqual([]);
  });

  it('keeps its targets when it is put again, and is listed by them', async () => {
    await rule('r', {}, target('a'), target('b'));
    await rule('r', { EventPattern: '{"source":["other"]}' });
    expect(await bench.call('ListTargetsByRule', { Rule: 'r', EventBusName: 'swoe' })).toMatchObject({
      Targets: [{ Id: 'a' }, { Id: 'b' }],
    });
    expect(await bench.call('ListRuleNamesByTarget', { TargetArn: queueArn('b'), EventBusName: 'swoe' })).toEqual({ RuleNames: ['r'] });
    await bench.put();
    expect(bench.drain('a')).toEqual([]);
  });

  it('on a schedule tells its targets the time, on the default bus only', async () => {
    await expect(rule('tick', { EventPattern: undefined, ScheduleExpression: 'rate(5 minutes)' })).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await rule('tick', { EventBusName: 'default', EventPattern: undefined, ScheduleExpression: 'rate(5 minutes)' }, target('a'));
    await bench.pass(10 * 60_000);
    expect(bench.drain('a')).toMatchObject([
      { source: 'aws.events', 'detail-type': 'Scheduled Event', time: '2026-01-01T00:05:00Z', detail: {} },
      { time: '2026-01-01T00:10:00Z' },
    ]);
    await bench.call('DisableRule', { Name: 'tick' });
    await bench.pass(10 * 60_000);
    expect(bench.drain('a')).toEqual([]);
  });

  it('gives a FIFO queue its message group', async () => {
    await rule('r', {}, { Id: 'f', Arn: queueArn('ordered.fifo'), SqsParameters: { MessageGroupId: 'g' } });
    await bench.put();
    expect(bench.queues.take(queueArn('ordered.fifo'), 1)).toMatchObject([{ attributes: { MessageGroupId: 'g' } }]);
  });

  it('starts a state machine as its role', async () => {
    await rule('r', {}, { Id: 'm', Arn: machineArn, RoleArn: role, InputPath: '$.detail' });
    await bench.put();
    await bench.pass(0);
    expect(bench.calls).toMatchObject([
      { principal: role, operation: 'StartExecution', input: { stateMachineArn: machineArn, input: '{"n":1}' } },
    ]);
  });

  it('brings an event to another bus, and from there to no third one', async () => {
    await bench.call('CreateEventBus', { Name: 'second' });
    await rule('on', {}, { Id: 'b', Arn: busArn('second'), RoleArn: role });
    await rule('back', { EventBusName: 'second' }, { Id: 'b', Arn: busArn('swoe') }, target('a'));
    await bench.put();
    expect(bench.drain('a')).toMatchObject([{ source: 'cad', detail: { n: 1 } }]);
    expect(bench.ground.metered.get('events third hops dropped')).toBe(1);
  });
});

it.each([
  ['ResourceNotFoundException', 'DescribeRule', { Name: 'none', EventBusName: 'swoe' }],
  ['ResourceNotFoundException', 'PutTargets', { Rule: 'none', EventBusName: 'swoe', Targets: [target('a')] }],
  ['ValidationException', 'PutRule', { Name: 'r', EventBusName: 'swoe' }],
  ['InvalidEventPatternException', 'PutRule', { Name: 'r', EventBusName: 'swoe', EventPattern: '{"a":1}' }],
  ['ResourceAlreadyExistsException', 'CreateEventBus', { Name: 'swoe' }],
  ['ValidationException', 'DeleteEventBus', { Name: 'default' }],
  ['UnknownOperationException', 'CreateConnection', {}],
])('%s on %s', async (name, operation, input) => {
  await expect(bench.call(operation, input)).rejects.toMatchObject({ name });
});

describe('a bus’s policy', () => {
  const statement = { Sid: 'own', Effect: 'Deny', Principal: '*', Action: 'events:PutEvents' };

  it('is the template’s until a call changes it, and then the whole of it', async () => {
    bench.events.definePolicy('swoe', statement);
    expect(bench.events.policyOf(busArn('swoe'))).toBeUndefined();
    expect(JSON.parse(String((await bench.call('DescribeEventBus', { Name: 'swoe' }))['Policy']))).toMatchObject({
      Statement: [statement],
    });
    await bench.call('PutPermission', { EventBusName: 'swoe', StatementId: 'more', Action: 'events:PutEvents', Principal: '111111111111' });
    const live = JSON.parse(bench.events.policyOf(busArn('swoe')) ?? '') as { Statement: object[] };
    expect(live.Statement).toMatchObject([statement, { Sid: 'more', Principal: { AWS: 'arn:aws:iam::111111111111:root' } }]);
    await bench.call('RemovePermission', { EventBusName: 'swoe', StatementId: 'own' });
    expect(bench.restart().events.policyOf(busArn('swoe'))).not.toContain('own');
    await expect(bench.call('RemovePermission', { EventBusName: 'swoe', StatementId: 'own' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('the index over rules', () => {
  const word = fc.constantFrom('a', 'b', 'c');
  const list = fc.uniqueArray(word, { minLength: 1, maxLength: 2 });
  const odd = fc.constantFrom<unknown>([{ prefix: 'a' }], [{ 'anything-but': ['b'] }], [{ exists: false }], ['a', { exists: true }]);
  const terms = fc.oneof(list, odd);
  const pattern = fc
    .record({ source: terms, 'detail-type': terms, detail: fc.record({ k: terms, j: terms }, { requiredKeys: [] }) }, { requiredKeys: [] })
    .map(({ detail, ...head }) => (detail && Object.keys(detail).length > 0 ? { ...head, detail } : head))
    .filter((made) => Object.keys(made).length > 0);
  const value = fc.oneof<fc.Arbitrary<unknown>[]>(word, fc.array(word), fc.constant({ x: 'a' }), fc.constant(1));
  const event = fc.record({ source: word, 'detail-type': word, detail: fc.record({ k: value, j: value }, { requiredKeys: [] }) });

  it('finds exactly the rules that match', () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 20 }), fc.array(event, { minLength: 1 }), (patterns, events) => {
        const rules = patterns.map((EventPattern, index) => ruleOf({ Name: `r${index}`, EventPattern }, 'us-east-1', '0'));
        const set = createRuleSet();
        for (const one of rules) set.set(one);
        for (const subject of events as unknown as BusEvent[])
          expect(new Set(set.matching(subject).map(({ name }) => name))).toEqual(
            new Set(rules.filter((one) => one.pattern?.matches(subject)).map(({ name }) => name)),
          );
      }),
      { numRuns: 300 },
    );
  });
});
