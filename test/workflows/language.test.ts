import { expect, it } from 'vitest';
import { AllocationRequest } from '../../shared/contracts/resource-allocation.ts';
import { type Pattern, Workflow } from '../../shared/contracts/workflow.ts';
import { compilePattern } from '../../shared/pattern/index.ts';
import { approval, defineWorkflow, parallel, step } from '../../workflows/language/define.ts';
import { type Duration, seconds } from '../../workflows/language/duration.ts';
import { atLeast, condition, event } from '../../workflows/language/event.ts';
import { place } from '../../workflows/language/input.ts';
import { closing, opening } from './samples.ts';

it.each([
  ['90s', 90],
  ['15m', 900],
  ['8h', 28_800],
  ['0.5s', 0.5],
] as const)('%s is %d seconds', (duration, expected) => {
  expect(seconds(duration)).toBe(expected);
});

it.each(['0s', '-1s', '1d', 's', ''])('"%s" is no duration', (wrong) => {
  expect(() => seconds(wrong as Duration)).toThrow(/is not a duration/);
});

it('a trigger becomes an EventBridge pattern over the detail of event.normalized', () => {
  const made = event({
    type: 'gunshot.detected',
    source: ['gunshot_detection'],
    confidence: atLeast(0.7),
    independentSources: atLeast(2),
    notRejected: true,
  });
  expect(made).toEqual({
    kind: 'EVENT',
    pattern: {
      type: ['gunshot.detected'],
      source: ['gunshot_detection'],
      confidence: [{ numeric: ['>=', 0.7] }],
      incident: { independentSources: [{ numeric: ['>=', 2] }] },
      data: { reviewed: [true, null, { exists: false }] },
    },
  });
});

it('a condition on an incident asks of a fact what it says, or only that somebody attests it', () => {
  const made = condition({
    category: 'EMERGENCY',
    events: atLeast(2),
    facts: { 'amber-child': {}, 'ic-declaration': { kind: ['mass-casualty'] } },
  });
  expect(made).toEqual({
    kind: 'CONDITION',
    pattern: {
      category: ['EMERGENCY'],
      events: [{ numeric: ['>=', 2] }],
      facts: { 'amber-child': { by: [{ exists: true }] }, 'ic-declaration': { kind: ['mass-casualty'] } },
    },
  });
  const { matches } = compilePattern((made as { pattern: Pattern }).pattern);
  const state = {
    category: 'EMERGENCY',
    events: 2,
    facts: { 'amber-child': { by: 'd' }, 'ic-declaration': { kind: 'mass-casualty', by: 'ic' } },
  };
  expect([matches(state), matches({ ...state, facts: { ...state.facts, 'amber-child': undefined } })]).toEqual([true, false]);
});

it('what the language makes is the stored form, complete and plain', () => {
  const workflow = defineWorkflow({
    name: 'sample',
    title: 'Sample',
    version: 1,
    purpose: 'To be read.',
    priority: 'HIGH',
    timeout: '5m',
    on: [event({ type: 'a.b' })],
    inputs: { location: place({ required: true }) },
    guardrails: [],
    steps: [
      opening,
      parallel('both', {
        one: [
          step('look', {
            action: 'SENSOR_ACTIVATE',
            with: { what: 'cameras', radiusM: 100, keepMinutes: 5 },
            within: '30s',
            onFailure: 'fail',
            undo: 'auto',
          }),
        ],
      }),
      approval('ask', {
        ask: 'supervisor',
        question: 'Shall we?',
        within: '30s',
        onSilence: 'escalate',
        escalateTo: ['watch_commander'],
        // biome-ignore lint/suspicious/noThenProperty: `then` is the language's word
        then: [
          step('say', {
            action: 'PREDICTIVE_ALERT',
            with: { about: 'places', radiusM: 100, horizon: '1h', expires: '1h' },
            within: '5s',
            onFailure: 'degrade',
            undo: 'human',
          }),
        ],
      }),
      ...closing,
    ],
  });
  expect(Workflow.parse(JSON.parse(JSON.stringify(workflow)))).toEqual(workflow);
  expect(workflow).toMatchObject({
    timeout: 300,
    inputs: { location: { type: 'location', required: true, from: 'location' } },
    steps: [{ name: 'open' }, { kind: 'parallel' }, { kind: 'approval', within: 30, escalateTo: ['watch_commander'] }, {}, {}],
  });
});

it('a life-safety override leaves its mark in the stored form', () => {
  const lock = step('lock', {
    action: 'LOCKDOWN_INITIATE',
    with: { target: 'school', site: 'SCH-1', egress: 'open', endedBy: 'school_official', exercise: false },
    within: '30s',
    onFailure: 'degrade',
    undo: 'human',
    lifeSafety: { review: '24h' },
  });
  expect(lock.guardrails).toEqual(['life-safety-review']);
  expect(lock).not.toHaveProperty('lifeSafety');
});

it('what a step asks of its units is stored as an allocation asks for it, and what asks for numbers alone as ever', () => {
  const asks = (needs: object) =>
    step('s', { action: 'RESOURCE_ALLOCATE', with: { purpose: 'staging' }, within: '5s', onFailure: 'degrade', undo: 'human', needs });
  const made = asks({
    OFFICER: { count: 2, prefers: { count: 1, certifications: ['cit'], within: '5m' } },
    DISPATCH_UNIT: { count: 1, capabilities: ['transport'] },
    VEHICLE: 1,
  });
  expect(made).toMatchObject({
    needs: { OFFICER: 2, DISPATCH_UNIT: 1, VEHICLE: 1 },
    requires: { DISPATCH_UNIT: { capabilities: ['transport'], certifications: [] } },
    prefers: { OFFICER: { capabilities: [], certifications: ['cit'], count: 1, withinS: 300 } },
  });
  const { needs, requires, prefers } = made;
  const asked = { executionId: 'r', step: 's', location: { lat: 0, lon: 0, radiusM: 0 }, priority: 'LOW', leaseS: 60 };
  expect(AllocationRequest.parse({ ...asked, needs, requires, prefers })).toEqual({ ...asked, needs, requires, prefers });
  const counts = asks({ OFFICER: 2 });
  expect(counts.needs).toEqual({ OFFICER: 2 });
  expect(Object.keys(counts)).not.toEqual(expect.arrayContaining(['requires']));
  expect(Object.keys(counts)).not.toEqual(expect.arrayContaining(['prefers']));
});
