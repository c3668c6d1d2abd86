// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { expect, it } from 'vitest';
import type { Node } from '../../../shared/contracts/workflow.ts';
import { check } from '../../../statemachines/compile/index.ts';
import { anApproval, aStep, aWorkflow } from './samples.ts';
import { isWrong, type Wrong } from './wrong.ts';

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
const many = (count: number): string[] => Array.from({ length: count }, (_, at) => `n${at}`);
const reads = (expression: string) =>
  aStep('a', { action: 'INVESTIGATION_CREATE', with: { kind: 'gunfire', incidentId: `{% ${expression} %}` } });

it('a sound workflow is not complained about', () => {
  expect(check(aWorkflow([aStep('b'), anApproval(), reads('$states.input.incidentId')]))).toEqual([]);
  expect(check(aWorkflow([reads('$states.input.location.lat & ""')]))).toEqual([]);
});

const wrong: readonly Wrong[] = [
  ['DUPLICATE_NAME', 'sample.a', [aStep('a'), { kind: 'parallel', name: 'p', branches: { x: [aStep('a')] } }]],
  ['RESERVED_NAME', 'sample.complete', [aStep('complete')]],
  ['UNKNOWN_ACTION', 'sample.steps.1.action', [aStep('a', { action: 'SPIKE_STRIP' as never })]],
  ['SHAPE', 'sample.steps.1.onFailure', [aStep('a', { onFailure: undefined as never })]],
  ['EMPTY_BRANCH', 'sample.p.x', [{ kind: 'parallel', name: 'p', branches: { x: [] } }]],
  ['EMPTY_BRANCH', 'sample.p', [{ kind: 'parallel', name: 'p', branches: {} }]],
  ['EMPTY_APPROVAL', 'sample.ask', [anApproval({ then: [] })]],
  ['OPENING_MISSING', 'sample', [], { steps: [] }],
  ['CLOSING_MISSING', 'sample', [], { steps: [] }],
  ['TIMEOUT_TOO_LONG', 'sample.a.within', [aStep('a', { within: 4000 })]],
  ['TIMEOUT_TOO_LONG', 'sample.ask.within', [anApproval({ within: 2000, onSilence: 'escalate', escalateTo: ['chief'] })]],
  ['UNKNOWN_GUARDRAIL', 'sample.guardrails', [], { guardrails: ['habeas-corpus'] }],
  ['UNKNOWN_GUARDRAIL', 'sample.a.guardrails', [aStep('a', { guardrails: ['habeas-corpus'] })]],
  [
    'PARAMETERS_DO_NOT_FIT',
    'sample.a.with.radiusM',
    [aStep('a', { with: { question: 'approach', radiusM: -1, label: 'advice', expires: '5m' } })],
  ],
  ['PARAMETERS_DO_NOT_FIT', 'sample.a.with', [aStep('a', { with: { question: 'approach', radiusM: 1, label: 'advice', payload: 'x' } })]],
  ['PARAMETERS_DO_NOT_FIT', 'sample.a.with.label', [aStep('a', { with: { question: 'approach', radiusM: 1 } })]],
  ['RESOURCE_NOT_ALLOWED', 'sample.a.needs.BOAT', [aStep('a', { needs: { BOAT: 1 } })]],
  ['WAITS_IN_VAIN', 'sample.a.waits', [aStep('a', { ...patrol, waits: 60 })]],
  ['WAITS_IN_VAIN', 'sample.a.waits', [aStep('a', { ...patrol, needs: { OFFICER: 19 }, waits: 60 })]],
  ['WAITS_IN_VAIN', 'sample.a.waits', [aStep('a', { ...patrol, needs: { OFFICER: 1 }, waits: 1801 })]],
  ['TIMEOUT_TOO_LONG', 'sample.a.waits', [aStep('a', { ...patrol, needs: { OFFICER: 1 }, waits: 4000 })]],
  ['UNAPPROVED_IRREVERSIBLE', 'sample.a', [aStep('a', { ...places, undo: 'human' })]],
  ['DRONE_WITHOUT_BASIS', 'sample.a', [aStep('a', drone)]],
  ['LIFE_SAFETY_UNDONE', 'sample.a', [aStep('a', { ...patrol, undo: 'auto' })]],
  ['LIFE_SAFETY_FAILS', 'sample.a', [aStep('a', { ...patrol, onFailure: 'fail' })]],
  ['NO_WAY_BACK', 'sample.a', [aStep('a', { undo: 'auto' })]],
  ['TIMEOUT_TOO_LONG', 'sample.timeout', [aStep('a', { within: 1900 }), aStep('b', { within: 1900 })]],
  ['TIMEOUT_TOO_LONG', 'sample.r.times', [{ kind: 'repeat', name: 'r', every: 600, times: 8, steps: [aStep('a')] }]],
  ['COMPUTED_CHOICE', 'sample.a.with.mode', [aStep('a', { ...patrol, with: { mode: '{% $states.input.priority %}' } })]],
  ['ROLE_DECIDES_NOTHING', 'sample.ask', [anApproval({ ask: 'admin' })]],
  ['ROLE_DECIDES_NOTHING', 'sample.ask', [anApproval({ second: 'auditor' })]],
  ['ESCALATES_IN_CIRCLES', 'sample.ask.escalateTo', [anApproval({ onSilence: 'escalate', escalateTo: ['chief', 'supervisor'] })]],
  ['STATIC_EXPRESSION', 'sample.ask.question', [anApproval({ question: '{% $states.input.summary %}' })]],
  ['UNAPPROVED_IRREVERSIBLE', 'sample.a', [aStep('a', { ...places, undo: 'human', guardrails: ['life-safety-review'] })]],
  [
    'UNAPPROVED_IRREVERSIBLE',
    'sample.a',
    [anApproval({ then: [{ kind: 'repeat', name: 'r', every: 1, times: 2, steps: [aStep('a', { ...places, undo: 'human' })] }] })],
  ],
  [
    'OUTPUT_TOO_LARGE',
    'sample.p',
    [{ kind: 'parallel', name: 'p', branches: Object.fromEntries(many(33).map((name) => [name, [aStep(name)]])) }],
  ],
  ['DEFINITION_TOO_LARGE', 'sample', many(300).map((name) => aStep(name, { within: 1 }))],
  ['STATIC_EXPRESSION', 'sample.a.legalBasis', [aStep('a', { legalBasis: '{% $states.input.basis %}' })]],
];

isWrong(wrong);

it('where nobody answers, branches take as long as the longest, and an answer leads one way only', () => {
  const long = (name: string) => aStep(name, { within: 1700 });
  const both: Node = { kind: 'parallel', name: 'p', branches: { x: [long('a')], y: [long('b')] } };
  expect(check(aWorkflow([both, anApproval({ then: [long('c')], otherwise: [long('d')] })]))).toEqual([]);
});

it('behind an approval, or reviewed as a life-safety override, an irreversible action is allowed', () => {
  expect(check(aWorkflow([anApproval({ then: [aStep('a', { ...places, undo: 'human' })] })]))).toEqual([]);
  expect(check(aWorkflow([aStep('a', { ...lock, guardrails: ['life-safety-review'] })]))).toEqual([]);
});
