import { expect, it } from 'vitest';
import { stepsOf, Workflow } from '../../shared/contracts/workflow.ts';
import { compilePattern } from '../../shared/pattern/index.ts';
import { check } from '../../statemachines/compile/index.ts';
import { gunfireResponse } from '../../workflows/gunfire-response.ts';
import { workflowNamed, workflows } from '../../workflows/index.ts';
import { vocabulary } from '../../workflows/vocabulary/index.ts';

const steps = stepsOf(gunfireResponse.steps);
const named = (name: string) => steps.find((step) => step.name === name);

it('every workflow is valid by its contract, without complaints, and found by its name', () => {
  for (const workflow of workflows) {
    expect(Workflow.parse(workflow)).toEqual(workflow);
    expect(check(workflow)).toEqual([]);
    expect(workflowNamed(workflow.name)).toBe(workflow);
  }
  expect(workflowNamed('toString')).toBeUndefined();
});

it('gunfire-response goes the way of the first row: PV, four at once, TAC, EV and SA, PA asked for, INV, RR, AUDIT_LOG', () => {
  expect(gunfireResponse.steps.map((node) => (node.kind === 'step' ? node.action : node.name))).toEqual([
    'POLICY_VALIDATION',
    'firstResponse',
    'TACTICAL_ANALYSIS',
    'secureAndInform',
    'releasePrediction',
    'INVESTIGATION_CREATE',
    'RESOURCE_RELEASE',
    'AUDIT_LOG',
  ]);
  expect(steps.map(({ action }) => action)).toEqual(
    expect.arrayContaining([
      'OFFICER_ALERT',
      'DRONE_DISPATCH',
      'PATROL_REROUTE',
      'SENSOR_ACTIVATE',
      'EVIDENCE_COLLECTION',
      'SUPERVISOR_ALERT',
      'PREDICTIVE_ALERT',
    ]),
  );
});

it('its clocks are 10 s for officers, 90 s for the drone, half an hour in all', () => {
  expect([named('alertOfficers')?.within, named('sendDrone')?.within, gunfireResponse.timeout]).toEqual([10, 90, 1800]);
});

it('cameras turn within 500 m, and a watch commander alone releases a prediction of places', () => {
  expect(named('turnCameras')?.with).toMatchObject({ what: 'cameras', radiusM: 500 });
  expect(named('predictPlaces')?.with).toMatchObject({ about: 'places' });
  expect(gunfireResponse.steps).toContainEqual(expect.objectContaining({ kind: 'approval', ask: 'watch_commander', onSilence: 'refuse' }));
});

it('help degrades and is never undone by a machine; the drone goes home by itself', () => {
  for (const { action, onFailure, undo } of steps.filter((step) => vocabulary[step.action].lifeSafety))
    expect([action, onFailure, undo]).not.toContain('auto');
  expect(steps.every(({ onFailure }) => onFailure === 'degrade')).toBe(true);
  expect(named('sendDrone')).toMatchObject({ undo: 'auto', legalBasis: 'FS 934.50(4)(c)', needs: { DRONE: 1 } });
});

const patterns = gunfireResponse.on.flatMap((trigger) =>
  trigger.kind === 'EVENT' && trigger.pattern ? [compilePattern(trigger.pattern)] : [],
);
const detail = (more: object) => ({
  type: 'gunshot.detected',
  source: 'gunshot_detection',
  confidence: 0.7,
  data: {},
  incident: { independentSources: 1 },
  ...more,
});

const two = { incident: { independentSources: 2 } };
const events: readonly [string, boolean, object][] = [
  ['a confident shot', true, {}],
  ['a confident call of shots fired', true, { type: 'call.shots-fired', source: 'cad_system' }],
  ['a confident word of a neighbour', false, { type: 'call.shots-fired', source: 'partner_agency' }],
  ['a shot that a person called wrong, beside a second source', false, { data: { reviewed: false }, ...two }],
  ['a shot that a person confirmed', true, { data: { reviewed: true } }],
  ['a confident shot that a person called wrong', false, { data: { reviewed: false } }],
  ['an unsure shot from one source', false, { confidence: 0.69 }],
  ['an unsure shot that a second source bears out', true, { confidence: 0.4, ...two }],
  ['an unsure call that a second source bears out', true, { type: 'call.shots-fired', source: 'dispatch', confidence: 0.4, ...two }],
  ['a score of shots, beside two sources', false, { source: 'ai_sentinel', ...two }],
  ['a word of a neighbour, beside two sources', false, { type: 'call.shots-fired', source: 'partner_agency', ...two }],
  ['fireworks', false, { type: 'fireworks.detected', incident: { independentSources: 3 } }],
];
it.each(events)('%s starts it: %s', (_what, starts, more) => {
  expect(patterns.some(({ matches }) => matches(detail(more)))).toBe(starts);
});
