import { expect, it } from 'vitest';
import { flatten, stepsOf } from '../../shared/contracts/workflow.ts';
import { drugOperationResponse as operation } from '../../workflows/drug-operation-response.ts';
import { starts, stepOf, told, triggerOf, way } from './reading.ts';

const starting = starts(operation);
const planned = { type: 'operation.planned', source: 'investigations', data: { case: 'RB-1' } };

it.each([
  ['an approved plan under a case number', true, planned],
  ['a plan without a case', false, { ...planned, data: {} }],
  ['a plan that a person called wrong', false, { ...planned, data: { case: 'RB-1', reviewed: false } }],
  ['a plan that dispatch heard of', false, { ...planned, source: 'dispatch' }],
  ['a tip', false, { type: 'tip.received', source: 'investigations', data: { case: 'RB-1' } }],
  ['a prediction', false, { ...planned, source: 'predictive_intel' }],
])('%s starts it: %s', (_what, yes, detail) => {
  expect(starting(detail)).toBe(yes);
});

it('the case agent may start it, and nobody without a case', () => {
  expect(triggerOf(operation, 'MANUAL')).toBeDefined();
  expect(operation.inputs['case']).toMatchObject({ type: 'reference', required: true });
});

it('the file and the deconfliction come first; then cameras, staging, advice and the compartment; then go or no-go', () => {
  expect(way(operation)).toBe(
    'PV → INV → NS dea → FUS → if SA → if SEN → if RA → if TAC → if OA → if supervisor + intelligence_officer?(PR → EV → CASE, else INVU) → RR → AUDIT_LOG',
  );
});

it('without a file or an answer on deconfliction the run fails', () => {
  expect([stepOf(operation, 'openInvestigation').onFailure, stepOf(operation, 'checkDeconfliction').onFailure]).toEqual(['fail', 'fail']);
});

it('where another operation stands in the way a supervisor is told and nothing further happens', () => {
  const clear = '{% $states.input.said.checkDeconfliction.deconflicted = true %}';
  const after = operation.steps.slice(5, -2);
  expect(after.map(({ when }) => when)).toEqual(after.map(() => clear));
  expect(stepOf(operation, 'tellOfConflict').when).toBe('{% $not($states.input.said.checkDeconfliction.deconflicted = true) %}');
});

it('two persons say go, and silence is no-go, which is noted', () => {
  const asked = flatten(operation.steps).find(({ name }) => name === 'decideGo');
  expect(asked).toMatchObject({ ask: 'supervisor', second: 'intelligence_officer', onSilence: 'refuse' });
  expect(asked?.kind === 'approval' && asked.otherwise.map(({ name }) => name)).toEqual(['noteNoGo']);
});

it('cameras name the case and the warrant they turn for', () => {
  expect(stepOf(operation, 'turnCameras').with).toMatchObject({
    what: 'cameras',
    purpose: 'warrant',
    caseNumber: '{% $states.input.inputs.case %}',
  });
  expect(operation.guardrails).toEqual(expect.arrayContaining(['warrant-requirements', 'fourth-amendment-tracking']));
});

it('officers are told on their closed channel, and on a go patrols take the perimeter only', () => {
  const alerts = stepsOf(operation.steps).filter(({ action }) => action === 'OFFICER_ALERT');
  expect(alerts.map(({ with: { to, posture } }) => [to, posture])).toEqual([['compartment', 'standby']]);
  expect(stepOf(operation, 'holdPerimeter').with).toMatchObject({ mode: 'perimeter', approach: 'staged' });
});

it('no drone and no robot looks into a home, nothing is tracked, broadcast or locked', () => {
  const actions = stepsOf(operation.steps).map(({ action }) => action);
  for (const never of ['DRONE_DISPATCH', 'ROBOT_DISPATCH', 'THREAT_BROADCAST', 'BOLO_ISSUE', 'EMERGENCY_BROADCAST', 'LOCKDOWN_INITIATE'])
    expect(actions).not.toContain(never);
  expect(stepsOf(operation.steps).map(({ with: { what } }) => what)).not.toContain('lpr-history');
  expect(told(operation)).toEqual(['dea']);
});
