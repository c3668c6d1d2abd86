import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { BusEvent } from '../../local/engines/events/event.ts';
import { fillerOf, type TargetInput } from '../../local/engines/events/input.ts';
import { createBench, queueArn } from '../local/engines/events/bench.ts';

const FILE = new URL('../../../shared/oracles/eventbridge-patterns/input-transform.json', import.meta.url);

interface Case {
  id: string;
  event?: BusEvent;
  InputPath?: string;
  InputPathsMap?: Record<string, string>;
  InputTemplate?: string;
  expectedBody?: unknown;
  expected?: string;
}

const Id = '<target-id>';
const ORIGIN = { ruleArn: 'arn', ruleName: 'rule', ingestedAt: 0 };

const targetOf = ({ InputPath, InputPathsMap, InputTemplate }: Case): TargetInput =>
  InputTemplate === undefined ? { Id, InputPath } : { Id, InputTransformer: { InputPathsMap, InputTemplate } };

/** The recording holds JSON bodies parsed and texts as they came. */
const bodyOf = (body: string | undefined): unknown => (body === undefined ? null : /^[{[]/.test(body) ? JSON.parse(body) : body);

/** What a queue holds once the event was put on a bus with such a rule. */
const delivered = async (one: Case, event: BusEvent): Promise<string | undefined> => {
  const { call, queues } = createBench();
  const Rule = 'r';
  await call('PutRule', { Name: Rule, EventBusName: 'swoe', EventPattern: JSON.stringify({ source: [event.source] }) });
  await call('PutTargets', { Rule, EventBusName: 'swoe', Targets: [{ ...targetOf(one), Id: 'a', Arn: queueArn('a') }] });
  const { source: Source, 'detail-type': DetailType, detail, resources: Resources } = event;
  await call('PutEvents', {
    Entries: [{ EventBusName: 'swoe', Source, DetailType, Detail: JSON.stringify(detail), Resources, Time: new Date(event.time) }],
  });
  return queues.take(queueArn('a'), 10)[0]?.body;
};

const found = existsSync(FILE);
if (!found) console.warn('oracles not found, skipped: eventbridge-patterns/input-transform.json');
const cases = found ? (JSON.parse(readFileSync(FILE, 'utf8')) as Case[]) : [];

describe.skipIf(!found)('targets are sent what AWS sent', () => {
  it.each(cases.filter(({ event }) => event))('$id', async (one) => {
    const event = one.event as BusEvent;
    expect(bodyOf(fillerOf(targetOf(one))(event, JSON.stringify(event), ORIGIN))).toEqual(one.expectedBody);
    expect(bodyOf(await delivered(one, event))).toEqual(one.expectedBody);
  });

  it.each(cases.filter(({ InputTemplate, event }) => InputTemplate && !event))('$id: $expected', async (one) => {
    const refusal = one.expected?.replace('ValidationException: ', '');
    expect(() => fillerOf(targetOf(one))).toThrow(refusal);
    const { call } = createBench();
    await call('PutRule', { Name: 'r', EventBusName: 'swoe', EventPattern: '{"source":["cad"]}' });
    const put = call('PutTargets', { Rule: 'r', EventBusName: 'swoe', Targets: [{ ...targetOf(one), Arn: queueArn('a') }] });
    await expect(put).rejects.toMatchObject({ name: 'ValidationException', message: refusal });
  });

  it('both-input-path-and-transformer is refused in AWS’s words', () => {
    const { expected } = cases.find(({ id }) => id === 'both-input-path-and-transformer') ?? {};
    const both = () => fillerOf({ Id, InputPath: '$.detail', InputTransformer: { InputTemplate: '""' } });
    expect(both).toThrow(expected?.replace('ValidationException: ', ''));
  });
});
