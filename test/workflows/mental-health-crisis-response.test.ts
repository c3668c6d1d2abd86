import { expect, it } from 'vitest';
import { flatten, stepsOf } from '../../shared/contracts/workflow.ts';
import { mentalHealthCrisisResponse as crisis } from '../../workflows/mental-health-crisis-response.ts';
import { fits, starts, stepOf, told, triggerOf, way } from './reading.ts';

const starting = starts(crisis);
const call = { type: 'call.mental-health', source: 'cad_system' };

it.each([
  ['a call that says nothing of a weapon', true, call],
  ['a call that says there is none', true, { ...call, data: { weapon: false } }],
  ['a call of the 988 line that dispatch took over', true, { type: 'line-988.handover', source: 'dispatch' }],
  ['a call with a weapon', false, { ...call, data: { weapon: true } }],
  ['a call that a person called wrong', false, { ...call, data: { reviewed: false } }],
  ['a score', false, { ...call, source: 'human_stability' }],
])('%s starts it: %s', (_what, yes, detail) => {
  expect(starting(detail)).toBe(yes);
});

it.each([
  ['no weapon was found and the danger is small', true, { assessThreat: { weapon: false, level: 'LOW' } }],
  ['a weapon was found', false, { assessThreat: { weapon: true, level: 'LOW' } }],
  ['the danger is great', false, { assessThreat: { weapon: false, level: 'HIGH' } }],
  ['nobody said', false, {}],
])('after a crisis escalation in which %s it starts: %s', (_what, yes, said) => {
  expect(fits(crisis, 'CHAIN', { status: 'COMPLETED', said })).toBe(yes);
  expect(triggerOf(crisis, 'CHAIN')).toMatchObject({ after: 'crisis-escalation-response' });
});

it('a clinician and the 988 line come first, then officers stand by, and transport is asked about', () => {
  expect(way(crisis)).toBe(
    'PV → HS → [CO ‖ NS 988] → [every 120 s(TA) → if SA ‖ OA → TAC → clinician + supervisor?(RA → NS facility)] → INVU → RR → AUDIT_LOG',
  );
});

it('its clocks are three minutes for the clinician, two between looks, four hours in all', () => {
  const watch = flatten(crisis.steps).find(({ name }) => name === 'watch');
  expect([stepOf(crisis, 'sendClinician').within, crisis.timeout]).toEqual([180, 14_400]);
  expect(watch).toMatchObject({ kind: 'repeat', every: 120 });
});

it('the looks end when the person is calm or a weapon appears, and of a weapon a supervisor is told', () => {
  const watch = flatten(crisis.steps).find(({ name }) => name === 'watch');
  expect(watch).toMatchObject({
    until: "{% ($states.input.said.reassess.level = 'LOW') or ($states.input.said.reassess.weapon = true) %}",
  });
  expect(stepOf(crisis, 'tellOfWeapon')).toMatchObject({
    action: 'SUPERVISOR_ALERT',
    when: '{% $states.input.said.reassess.weapon = true %}',
  });
});

it('transport needs a clinician and a supervisor; silence leaves the person where they are', () => {
  const asked = flatten(crisis.steps).find(({ name }) => name === 'agreeTransport');
  expect(asked).toMatchObject({ ask: 'clinician', second: 'supervisor', onSilence: 'refuse', escalateTo: [], otherwise: [] });
});

it('an officer trained for it stands by; nobody is sent to take the person', () => {
  expect(stepOf(crisis, 'standBy').with).toMatchObject({ to: 'cit', posture: 'standby' });
  expect(stepsOf(crisis.steps).map(({ action }) => action)).not.toContain('PATROL_REROUTE');
});

it('no drone looks at a home, no sensor, no case file and no lasting flag', () => {
  const actions = stepsOf(crisis.steps).map(({ action }) => action);
  for (const never of ['DRONE_DISPATCH', 'SENSOR_ACTIVATE', 'CASE_GENERATION', 'BOLO_ISSUE', 'PREDICTIVE_ALERT', 'FUSION_CLOUD_SYNC'])
    expect(actions).not.toContain(never);
  expect(stepOf(crisis, 'screen')).toMatchObject({ with: { expires: '24h' }, undo: 'auto' });
});

it('what is told of a person’s health names its purpose under 45 CFR 164.512', () => {
  expect(told(crisis)).toEqual(['988', 'facility']);
  for (const name of ['screen', 'sendClinician', 'ask988', 'tellFacility'])
    expect(stepOf(crisis, name).legalBasis).toBe('45 CFR 164.512(j)');
});

it('no step fails or holds: a person in crisis does not wait for a form', () => {
  expect(new Set(stepsOf(crisis.steps).map(({ onFailure }) => onFailure))).toEqual(new Set(['degrade']));
});
