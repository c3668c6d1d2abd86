// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { expect, it } from 'vitest';
import type { Node, Workflow } from '../../../shared/contracts/workflow.ts';
import { check } from '../../../statemachines/compile/index.ts';
import { anApproval, aStep, aWorkflow } from './samples.ts';

const patrol = { action: 'PATROL_REROUTE', with: { mode: 'respond' }, undo: 'human' } as const;
const places = { action: 'PREDICTIVE_ALERT', with: { about: 'places', radiusM: 1, horizon: '1h', expires: '1h' } } as const;
const drone = {
  action: 'DRONE_DISPATCH',
  with: { purpose: 'search', sensors: 'scene-only', enRoute: 'stowed', acceptedBy: 'remote_pilot' },
} as const;
const lock = {
  action: 'LOCKDOWN_INITIATE',
  with: { target: 'school', site: 'S1', egress: 'open', endedBy: 'school_official', exercise: false },
  undo: 'human',
} as const;
const reads = (expression: string) =>
  aStep('a', { action: 'INVESTIGATION_CREATE', with: { kind: 'gunfire', incidentId: `{% ${expression} %}` } });

it('a sound workflow is not complained about', () => {
  expect(check(aWorkflow([aStep('b'), anApproval(), reads('$states.input.incidentId')]))).toEqual([]);
  expect(check(aWorkflow([reads('$states.input.location.lat & ""')]))).toEqual([]);
});

const wrong: readonly [string, string, readonly Node[], Partial<Workflow>?][] = [
  ['DUPLICATE_NAME', 'sample.a', [aStep('a'), { kind: 'parallel', name: 'p', branches: { x: [aStep('a')] } }]],
  ['RESERVED_NAME', 'sample.complete', [aStep('complete')]],
  ['UNKNOWN_ACTION', 'sample.steps.1.action', [aStep('a', { action: 'SPIKE_STRIP' as never })]],
  ['SHAPE', 'sample.steps.1.onFailure', [aStep('a', { onFailure: undefined as never })]],
  ['EMPTY_BRANCH', 'sample.p.x', [{ kind: 'parallel', name: 'p', branches: { x: [] } }]],
  ['EMPTY_BRANCH', 'sample.p', [{ kind: 'parallel', name: 'p', branches: {} }]],
  ['EMPTY_APPROVAL', 'sample.ask', [anApproval({ then: [] })]],
  ['TRIGGER_WITHOUT_PATTERN', 'sample.on.0', [], { on: [{ kind: 'EVENT' }] }],
  ['PATTERN_DOES_NOT_PARSE', 'sample.on.0', [], { on: [{ kind: 'EVENT', pattern: { confidence: [{ numeric: ['>'] }] } }] }],
  ['OPENING_MISSING', 'sample', [], { steps: [] }],
  ['CLOSING_MISSING', 'sample', [], { steps: [] }],
  ['TIMEOUT_TOO_LONG', 'sample.a.within', [aStep('a', { within: 4000 })]],
  ['TIMEOUT_TOO_LONG', 'sample.ask.within', [anApproval({ within: 2000, onSilence: 'escalate', escalateTo: ['chief'] })]],
  ['UNKNOWN_GUARDRAIL', 'sample.guardrails', [], { guardrails: ['habeas-corpus'] }],
  ['UNKNOWN_GUARDRAIL', 'sample.a.guardrails', [aStep('a', { guardrails: ['habeas-corpus'] })]],
  ['EXPRESSION_DOES_NOT_PARSE', 'sample.a.with.incidentId', [reads('$states.input.(')]],
  ['INPUT_NEVER_PRODUCED', 'sample.a.with.incidentId', [reads('$states.input.suspect')]],
  ['INPUT_NEVER_PRODUCED', 'sample.a.with.incidentId', [reads('$states.input.location.lat')], { inputs: {} }],
  ['PARAMETERS_DO_NOT_FIT', 'sample.a.with.radiusM', [aStep('a', { with: { question: 'approach', radiusM: -1, label: 'advice' } })]],
  ['PARAMETERS_DO_NOT_FIT', 'sample.a.with', [aStep('a', { with: { question: 'approach', radiusM: 1, label: 'advice', payload: 'x' } })]],
  ['PARAMETERS_DO_NOT_FIT', 'sample.a.with.label', [aStep('a', { with: { question: 'approach', radiusM: 1 } })]],
  ['RESOURCE_NOT_ALLOWED', 'sample.a.needs.BOAT', [aStep('a', { needs: { BOAT: 1 } })]],
  ['UNAPPROVED_IRREVERSIBLE', 'sample.a', [aStep('a', { ...places, undo: 'human' })]],
  ['DRONE_WITHOUT_BASIS', 'sample.a', [aStep('a', drone)]],
  ['LIFE_SAFETY_UNDONE', 'sample.a', [aStep('a', { ...patrol, undo: 'auto' })]],
  ['LIFE_SAFETY_FAILS', 'sample.a', [aStep('a', { ...patrol, onFailure: 'fail' })]],
  ['NO_WAY_BACK', 'sample.a', [aStep('a', { undo: 'auto' })]],
  ['STATIC_EXPRESSION', 'sample.a.legalBasis', [aStep('a', { legalBasis: '{% $states.input.basis %}' })]],
];

it.each(wrong)('%s is said of %s, with a cause and a mend', (code, place, nodes, more = {}) => {
  const complaints = check(aWorkflow(nodes, more));
  expect(complaints).toContainEqual(expect.objectContaining({ code, place }));
  for (const { cause, mend } of complaints) expect([cause, mend]).not.toContain('');
});

it('behind an approval, or reviewed as a life-safety override, an irreversible action is allowed', () => {
  expect(check(aWorkflow([anApproval({ then: [aStep('a', { ...places, undo: 'human' })] })]))).toEqual([]);
  expect(check(aWorkflow([aStep('a', { ...lock, guardrails: ['life-safety-review'] })]))).toEqual([]);
});
