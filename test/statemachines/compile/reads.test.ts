// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { expect, it } from 'vitest';
import type { Node } from '../../../shared/contracts/workflow.ts';
import { check } from '../../../statemachines/compile/index.ts';
import { all, given, givenAtLeast, not, said, startedBy } from '../../../workflows/language/condition.ts';
import { event } from '../../../workflows/language/event.ts';
import { code, flag, number, place, reference } from '../../../workflows/language/input.ts';
import { anApproval, aStep, aWorkflow } from './samples.ts';
import { isWrong, type Wrong } from './wrong.ts';

const opens = (expression: string, more = {}) =>
  aStep('a', { action: 'INVESTIGATION_CREATE', with: { kind: 'gunfire', incidentId: `{% ${expression} %}` }, ...more });
const assess = aStep('assess', { action: 'THREAT_ASSESSMENT', with: { topic: 'gunfire', basis: 'sensor' } });
const when = (expression: string, name = 'a') => aStep(name, { when: `{% ${expression} %}` });
const weapon = said('THREAT_ASSESSMENT', 'assess', 'weapon', true);
const repeated = (more: object): Node => ({ kind: 'repeat', name: 'r', every: 30, times: 3, steps: [assess], ...more });
const inputs = {
  location: place({ required: true }),
  urgent: flag('data.urgent'),
  patients: number('data.patients'),
  kind: code('data.kind', ['a', 'b']),
  site: reference('data.site'),
};
const sound = [weapon, given('urgent'), givenAtLeast('patients', 10), not(given('kind', 'a')), all(startedBy('EVENT'), weapon)];

it.each(sound)('%s is a sound condition behind the step it reads', (condition) => {
  expect(check(aWorkflow([assess, aStep('a', { when: condition })], { inputs }))).toEqual([]);
});

it('what may be absent is read under a condition that reads it, or after asking whether it is there', () => {
  const site = '$states.input.inputs.site';
  expect(check(aWorkflow([opens(site, { when: `{% $exists(${site}) %}` })], { inputs }))).toEqual([]);
  expect(check(aWorkflow([opens(`$exists(${site}) ? ${site} : $states.input.incidentId`)], { inputs }))).toEqual([]);
  expect(check(aWorkflow([opens(site)], { inputs: { ...inputs, site: reference('data.site', { required: true }) } }))).toEqual([]);
  expect(check(aWorkflow([opens('($f := function($x) { $x & "" }; $f($states.input.location.lat))')]))).toEqual([]);
});

it('what a round, a branch or a yes led to is heard behind it', () => {
  const nodes: Node[] = [repeated({ until: weapon }), aStep('b', { when: weapon })];
  expect(check(aWorkflow(nodes))).toEqual([]);
  expect(check(aWorkflow([anApproval({ then: [assess] }), aStep('b', { when: weapon })]))).toEqual([]);
  expect(check(aWorkflow([{ kind: 'parallel', name: 'p', branches: { x: [assess] } }, aStep('b', { when: weapon })]))).toEqual([]);
});

const wrong: readonly Wrong[] = [
  ['EXPRESSION_DOES_NOT_PARSE', 'sample.a.with.incidentId', [opens('$states.input.(')]],
  ['EXPRESSION_DOES_NOT_PARSE', 'sample.a.with.incidentId', [opens('$suspect')]],
  ['EXPRESSION_DOES_NOT_PARSE', 'sample.a.when', [when('$states.input.priority = ')]],
  ['EXPRESSION_DOES_NOT_PARSE', 'sample.a.when', [aStep('a', { when: "{%$states.input.priority = 'HIGH'%}" })]],
  ['EXPRESSION_DOES_NOT_PARSE', 'sample.r.until', [repeated({ until: '{% ( %}' })]],
  ['INPUT_NEVER_PRODUCED', 'sample.a.with.incidentId', [opens('$states.input.suspect')]],
  ['INPUT_NEVER_PRODUCED', 'sample.a.with.incidentId', [opens('$string($states.input)')]],
  ['INPUT_NEVER_PRODUCED', 'sample.a.with.incidentId', [opens('$states.input.location.lat')], { inputs: {} }],
  ['INPUT_NEVER_PRODUCED', 'sample.a.when', [when('$states.input.inputs.weapon = true')]],
  [
    'INPUT_NEVER_PRODUCED',
    'sample.a.when',
    [when("$states.input.said.later.level = 'HIGH'"), aStep('later', { ...assess, name: 'later' })],
  ],
  ['INPUT_NEVER_PRODUCED', 'sample.assess.when', [{ ...assess, when: weapon }]],
  [
    'INPUT_NEVER_PRODUCED',
    'sample.a.when',
    [{ kind: 'parallel', name: 'p', branches: { x: [assess], y: [aStep('a', { when: weapon })] } }],
  ],
  ['INPUT_NEVER_PRODUCED', 'sample.a.when', [anApproval({ then: [assess], otherwise: [aStep('a', { when: weapon })] })]],
  ['INPUT_NEVER_PRODUCED', 'sample.a.when', [repeated({ steps: [aStep('a', { when: weapon }), assess] })]],
  ['INPUT_NEVER_PRODUCED', 'sample.a.when', [assess, when("$states.input.said.assess.height = 'tall'")]],
  ['INPUT_NEVER_PRODUCED', 'sample.a.when', [assess, when('$exists($states.input.said.assess)')]],
  ['INPUT_NEVER_PRODUCED', 'sample.a.when', [anApproval(), when("$states.input.said.ask.answer = 'approve'")]],
  ['INPUT_NEVER_PRODUCED', 'sample.r.until', [repeated({ until: "{% $states.input.said.open.verdict = 'x' %}" })]],
  ['INPUT_MAY_BE_ABSENT', 'sample.a.with.incidentId', [opens('$states.input.inputs.site')], { inputs }],
  ['INPUT_MAY_BE_ABSENT', 'sample.a.with.incidentId', [opens('$string($states.input.location.lat)')], { inputs: { location: place() } }],
  ['INPUT_MAY_BE_ABSENT', 'sample.a.with.incidentId', [assess, opens('$states.input.said.assess.level')]],
  ['CONDITION_NOT_BOOLEAN', 'sample.a.when', [when('$states.input.inputs.urgent')], { inputs }],
  ['CONDITION_NOT_BOOLEAN', 'sample.a.when', [when('$not($states.input.inputs.urgent)')], { inputs }],
  ['CONDITION_NOT_BOOLEAN', 'sample.a.when', [when('$states.input.inputs.patients >= 10')], { inputs }],
  ['CONDITION_NOT_BOOLEAN', 'sample.a.when', [when('$states.input.priority >= 3')]],
  ['CONDITION_TOO_CLEVER', 'sample.a.when', [when("$uppercase($states.input.priority) = 'HIGH'")]],
  ['UNREACHABLE_STEP', 'sample.a.when', [when('false')]],
  ['UNREACHABLE_STEP', 'sample.a.when', [when("$states.input.inputs.kind = 'c'")], { inputs }],
  ['UNREACHABLE_STEP', 'sample.a.when', [when("$states.input.startedBy = 'CHAIN'")], { on: [event({ type: 'a.b' })] }],
  ['UNREACHABLE_STEP', 'sample.a.when', [assess, when("$states.input.said.assess.level = 'TERRIBLE'")]],
  [
    'UNREACHABLE_STEP',
    'sample.b.when',
    [assess, { kind: 'parallel', name: 'p', when: weapon, branches: { x: [aStep('b', { when: not(weapon) })] } }],
  ],
  ['UNTIL_NEVER_HOLDS', 'sample.r.until', [repeated({ until: "{% $states.input.said.assess.level = 'TERRIBLE' %}" })]],
];
isWrong(wrong);
