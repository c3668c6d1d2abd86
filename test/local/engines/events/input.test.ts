import { expect, it } from 'vitest';
import type { BusEvent } from '../../../../local/engines/events/event.ts';
import { fillerOf, type TargetInput } from '../../../../local/engines/events/input.ts';

const EVENT: BusEvent = {
  version: '0',
  id: 'e1',
  'detail-type': 'call',
  source: 'cad',
  account: '0',
  time: '2026-05-01T12:00:00Z',
  region: 'us-east-1',
  resources: [],
  detail: { units: [{ id: 'u1', at: { post: 7 } }, { id: 'u2' }], 'a/b': 'slash', none: null },
};
const ORIGIN = { ruleArn: 'arn', ruleName: 'rule', ingestedAt: 0 };

const sent = (input: Omit<TargetInput, 'Id'>) => fillerOf({ Id: 't1', ...input })(EVENT, JSON.stringify(EVENT), ORIGIN);
const transformed = (InputTemplate: string, InputPathsMap?: Record<string, string>) =>
  sent({ InputTransformer: { InputTemplate, ...(InputPathsMap ? { InputPathsMap } : {}) } });

it.each([
  ['$.detail.units[1].id', '"u2"'],
  ['$.detail.units[*].id', '["u1","u2"]'],
  ['$.detail.units.*.at.post', '[7]'],
  ['$.detail.a/b', '"slash"'],
  ['$.detail.none', 'null'],
  ['$', JSON.stringify(EVENT)],
])('the path %s leads to %s', (InputPath, body) => {
  expect(sent({ InputPath })).toBe(body);
});

it.each([
  ['a path without its root', () => sent({ InputPath: 'detail.x' }), 'InputPath for target t1 is invalid.'],
  ['a name in brackets', () => sent({ InputPath: "$.detail['x']" }), 'InputPath for target t1 is invalid.'],
  ['such a path of a transformer', () => transformed('"<x>"', { x: "$['detail']" }), 'InputPath for target t1 is invalid.'],
  [
    'a path beyond this bus',
    () => transformed('"<x>"', { x: '$..id' }),
    'InputPathsMap.x for target t1: the local bus reads only plain paths',
  ],
  ['a placeholder that is not there', () => transformed('"<y>"', { x: '$.id' }), 'contains invalid placeholder y.'],
  [
    'the whole event inside a text',
    () => transformed('"it was <aws.events.event.json>"'),
    'InputTemplate for target t1 contains placeholder aws.events.event.json valid only for JSON template.',
  ],
  ['a reserved name', () => transformed('"x"', { 'aws.events.rule-name': '$.id' }), 'inputPathsMap.aws.events.rule-name'],
  [
    'more than 100 paths',
    () => transformed('"x"', Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`n${n}`, '$.id']))),
    'Member must have length less than or equal to 100',
  ],
  ['a template that is too long', () => transformed(`"${'x'.repeat(8192)}"`), 'Member must have length between 1 and 8192'],
  [
    'a path beside a transformer',
    () => sent({ InputPath: '$', InputTransformer: { InputTemplate: '"x"' } }),
    'Only one of Input, InputPath',
  ],
])('%s is refused with its place', (_what, make, message) => {
  expect(make).toThrow(message);
  expect(make).toThrow(expect.objectContaining({ name: 'ValidationException' }));
});

it('the whole event stands as a value of a JSON template', () => {
  expect(JSON.parse(transformed('{"e": <aws.events.event.json>}') ?? '')).toEqual({ e: EVENT });
});
