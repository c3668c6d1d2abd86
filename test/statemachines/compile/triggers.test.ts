import { expect, it } from 'vitest';
import type { Workflow } from '../../../shared/contracts/workflow.ts';
import { check, checkAll } from '../../../statemachines/compile/index.ts';
import { api, atLeast, chain, condition, event, manual, schedule } from '../../../workflows/language/event.ts';
import { code, flag, place, reference } from '../../../workflows/language/input.ts';
import { aWorkflow } from './samples.ts';
import { isWrong, type Wrong } from './wrong.ts';

const site = { site: reference('data.site', { required: true }) };

it('each of the six triggers is sound where it can give what is required', () => {
  const on = [
    event({ type: 'a.b', source: 'dispatch', data: { severity: [{ numeric: ['>=', 3] }] } }),
    condition({ facts: { x: {} }, events: atLeast(2) }),
    manual('x'),
    api('x'),
  ];
  expect(check(aWorkflow([], { on, inputs: { ...site, location: place({ required: true }) } }))).toEqual([]);
  expect(
    check(aWorkflow([], { on: [schedule('cron(0 8 1 6 ? *)', 'x'), schedule('rate(5 minutes)', 'x')], inputs: { location: place() } })),
  ).toEqual([]);
});

const wrong: readonly Wrong[] = [
  ['TRIGGER_WITHOUT_PATTERN', 'sample.on.0', [], { on: [{ kind: 'EVENT' }] }],
  ['PATTERN_DOES_NOT_PARSE', 'sample.on.0', [], { on: [{ kind: 'EVENT', pattern: { confidence: [{ numeric: ['>'] }] } }] }],
  ['PATTERN_NEVER_MATCHES', 'sample.on.0.pattern', [], { on: [{ kind: 'EVENT', pattern: { tpye: ['a.b'] } }] }],
  ['PATTERN_NEVER_MATCHES', 'sample.on.0.pattern', [], { on: [{ kind: 'EVENT', pattern: { type: ['a.b'], source: ['neighbours'] } }] }],
  ['PATTERN_NEVER_MATCHES', 'sample.on.0.pattern', [], { on: [{ kind: 'CONDITION', pattern: { confidence: [1] } }] }],
  ['SCORE_STARTS_NOTHING', 'sample.on.0.pattern.source', [], { on: [event({ type: 'a.b', source: ['dispatch', 'predictive_intel'] })] }],
  ['SCORE_STARTS_NOTHING', 'sample.on.0.pattern.source', [], { on: [event({ type: 'a.b', independentSources: atLeast(2) })] }],
  [
    'SCORE_STARTS_NOTHING',
    'sample.on.0.pattern.source',
    [],
    { on: [{ kind: 'EVENT', pattern: { type: ['a.b'], source: [{ 'anything-but': ['moral_compass'] }] } }] },
  ],
  ['SCORE_STARTS_NOTHING', 'sample.on.0.pattern.source', [], { on: [{ kind: 'CONDITION', pattern: { sources: ['ai_sentinel'] } }] }],
  ['SCHEDULE_NEVER_COMES', 'sample.on.0.at', [], { on: [schedule('cron(0 8 * * * *)', 'x')], inputs: {} }],
  ['SCHEDULE_NEVER_COMES', 'sample.on.0.at', [], { on: [schedule('rate(1 minutes)', 'x')], inputs: {} }],
  [
    'SCHEDULE_NEVER_COMES',
    'sample.on.0.timezone',
    [],
    { on: [{ ...schedule('rate(5 minutes)', 'x'), timezone: 'Florida' } as never], inputs: {} },
  ],
  ['INPUT_NEVER_GIVEN', 'sample.on.0', [], { on: [schedule('rate(5 minutes)', 'x')] }],
  ['INPUT_NEVER_GIVEN', 'sample.inputs.site.from', [], { inputs: { site: reference('site') } }],
  ['INPUT_NEVER_GIVEN', 'sample.inputs.site.from', [], { inputs: { site: reference('data') } }],
  ['CODE_WITHOUT_VALUES', 'sample.inputs.kind', [], { inputs: { kind: { ...code('data.kind', ['a']), values: [] } } }],
];
isWrong(wrong);

const named = (name: string, more: Partial<Workflow> = {}): Workflow => ({ ...aWorkflow([], more), name });
const after = (name: string) => ({ on: [chain(name, { status: ['COMPLETED'] }, 'x')] });

it('workflows that chain and take over soundly are not complained about', () => {
  expect(checkAll([named('a'), named('b', { ...after('a'), supersedes: ['a'], inputs: { site: reference('data.site') } })])).toEqual([]);
  const both = { inputs: site };
  expect(checkAll([named('a', both), named('b', { ...after('a'), ...both })])).toEqual([]);
});

const together: readonly [code: string, place: string, Workflow[]][] = [
  ['DUPLICATE_WORKFLOW', 'a', [named('a'), named('a')]],
  ['CHAIN_AFTER_UNKNOWN', 'a.on.0', [named('a', after('b'))]],
  ['CHAIN_IN_CIRCLES', 'a.on', [named('a', after('a'))]],
  ['CHAIN_IN_CIRCLES', 'b.on', [named('a', after('c')), named('b', after('a')), named('c', after('b'))]],
  ['INPUT_NEVER_GIVEN', 'b.on.0', [named('a'), named('b', { ...after('a'), inputs: site })]],
  ['INPUT_NEVER_GIVEN', 'b.on.0', [named('a', { inputs: { site: flag('data.site') } }), named('b', { ...after('a'), inputs: site })]],
  ['SUPERSEDES_UNKNOWN', 'a.supersedes', [named('a', { supersedes: ['b'] })]],
  ['SUPERSEDES_IN_CIRCLES', 'a.supersedes', [named('a', { supersedes: ['b'] }), named('b', { supersedes: ['a'] })]],
  ['SUPERSEDES_GRAVER', 'a.supersedes', [named('a', { supersedes: ['b'], priority: 'LOW' }), named('b')]],
];
it.each(together)('%s is said of %s among several workflows, with a cause and a mend', (expected, at, workflows) => {
  const complaints = checkAll(workflows);
  expect(complaints).toContainEqual(expect.objectContaining({ code: expected, place: at }));
  for (const { cause, mend } of complaints) expect([cause, mend]).not.toContain('');
});
