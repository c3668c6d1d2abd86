import { expect, it } from 'vitest';
import { flatten, stepsOf } from '../../shared/contracts/workflow.ts';
import { crisisEscalationResponse as crisis } from '../../workflows/crisis-escalation-response.ts';
import { starts, stepOf, told, triggerOf, way } from './reading.ts';

const starting = starts(crisis);
const node = (name: string) => flatten(crisis.steps).find((one) => one.name === name);
const WEAPON = '($states.input.inputs.weapon = true) or ($states.input.said.assessThreat.weapon = true)';

it.each([
  ['triage by a call-taker', true, { type: 'crisis.escalated', source: 'dispatch' }],
  ['an officer on scene, through CAD', true, { type: 'crisis.escalated', source: 'cad_system', data: { weapon: true } }],
  ['a stability score', false, { type: 'crisis.escalated', source: 'human_stability' }],
  ['a call about a mind in distress, which has its own response', false, { type: 'call.mental-health', source: 'dispatch' }],
  ['a neighbouring agency’s word', false, { type: 'crisis.escalated', source: 'partner_agency' }],
])('%s starts it: %s', (_what, yes, detail) => {
  expect(starting(detail)).toBe(yes);
});

it('a person and CAD may start it', () => {
  expect([triggerOf(crisis, 'MANUAL'), triggerOf(crisis, 'API')]).not.toContain(undefined);
});

it('screen and threat; then clinician, officers and 988 at once; then staging, supervisor, advice, the record and a follow-up', () => {
  expect(way(crisis)).toBe(
    'PV → HS → TA → [if CO ‖ if CO ‖ OA ‖ NS 988] → RA → SA → TAC → if supervisor?(OA) → INVU → NS outreach → RR → AUDIT_LOG',
  );
});

it('a clinician is there within 3 min with an officer trained for it, or speaks remotely where there is a weapon', () => {
  expect(stepOf(crisis, 'sendClinician')).toMatchObject({
    within: 180,
    with: { mode: 'in-person', with: 'cit-officer' },
    when: `{% $not(${WEAPON}) %}`,
  });
  expect(stepOf(crisis, 'callClinician')).toMatchObject({ within: 180, with: { mode: 'remote' }, when: `{% ${WEAPON} %}` });
  expect(stepOf(crisis, 'callClinician').needs).toEqual({});
});

it('officers stand by; with a weapon they leave their staging place on a supervisor’s word alone', () => {
  expect(stepOf(crisis, 'alertOfficers').with).toMatchObject({ to: 'cit', posture: 'standby' });
  expect(stepOf(crisis, 'stageOfficers').with).toMatchObject({ purpose: 'staging' });
  expect(node('allowApproach')).toMatchObject({ ask: 'supervisor', onSilence: 'refuse', when: `{% ${WEAPON} %}`, otherwise: [] });
  const sent = stepsOf(crisis.steps).filter(({ with: { posture } }) => posture === 'respond');
  expect(sent.map(({ name }) => name)).toEqual(['tellOfficersToGo']);
  expect(stepsOf(crisis.steps).map(({ action }) => action)).not.toContain('PATROL_REROUTE');
});

it('health data passes under 45 CFR 164.512(j), and the screen ends within a day and is read by no condition', () => {
  for (const name of ['screenStability', 'sendClinician', 'callClinician', 'tell988'])
    expect(stepOf(crisis, name).legalBasis).toBe('45 CFR 164.512(j)');
  expect(stepOf(crisis, 'screenStability')).toMatchObject({ with: { expires: '24h' }, undo: 'auto' });
  expect(JSON.stringify(crisis)).not.toContain('said.screenStability');
});

it('it takes nobody into custody and accuses nobody: it opens no case, adds only the record, and tells a line and those who follow up', () => {
  const actions = stepsOf(crisis.steps).map(({ action }) => action);
  for (const never of ['CASE_GENERATION', 'INVESTIGATION_CREATE', 'BOLO_ISSUE', 'DRONE_DISPATCH']) expect(actions).not.toContain(never);
  expect(Object.keys(stepOf(crisis, 'addToRecord').with)).toEqual(['change', 'incidentId']);
  expect(told(crisis)).toEqual(['988', 'outreach']);
});
