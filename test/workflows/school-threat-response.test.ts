import { expect, it } from 'vitest';
import { flatten, stepsOf } from '../../shared/contracts/workflow.ts';
import { schoolThreatResponse as school } from '../../workflows/school-threat-response.ts';
import { starts, stepOf, told, triggerOf, way } from './reading.ts';

const starting = starts(school);

it.each([
  ['a panic button', true, { type: 'panic.school', source: 'sensor_grid' }],
  ['a button pressed in a drill', false, { type: 'panic.school', source: 'sensor_grid', data: { exercise: true } }],
  ['a caller’s report', true, { type: 'school.threat', source: 'dispatch' }],
  ['a tip that the state’s line passed on', true, { type: 'school.threat', source: 'emergency_mgmt' }],
  ['a report that a person called wrong', false, { type: 'school.threat', source: 'cad_system', data: { reviewed: false } }],
  ['a neighbour’s hearsay', false, { type: 'school.threat', source: 'partner_agency' }],
  ['a model’s idea of a student', false, { type: 'school.threat', source: 'predictive_intel' }],
  ['a button that a program claims was pressed', false, { type: 'panic.school', source: 'ai_sentinel' }],
])('%s starts it: %s', (_what, yes, detail) => {
  expect(starting(detail)).toBe(yes);
});

it('a person and the district’s tool may start it', () => {
  expect([triggerOf(school, 'MANUAL'), triggerOf(school, 'API')]).not.toContain(undefined);
});

it('three are told at once; then the doors, or care instead, beside the twin, patrols and medics; then parents', () => {
  expect(way(school)).toBe(
    'PV → TA → [SA ‖ OA ‖ NS school-threat-team] → [if LOCK → if school_official?(LOCK, else [CO ‖ HS]) ‖ SEN ‖ PR ‖ RA] → school_official + incident_commander?(EB) → INV → EV → RR → AUDIT_LOG',
  );
});

it('the lockdown is asked for within thirty seconds, however slow the steps before it, and has thirty to be done', () => {
  const before = ['validatePolicy', 'assessThreat'].map((name) => stepOf(school, name).within);
  const beside = ['alertSupervisor', 'alertSchoolOfficer', 'tellThreatTeam'].map((name) => stepOf(school, name).within);
  expect([...before, Math.max(...beside)].reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(30);
  expect([stepOf(school, 'lockOnButton').within, stepOf(school, 'lockSchool').within]).toEqual([30, 30]);
});

it('only the button itself locks unasked, and that is reviewed; a claim in a request is not the button', () => {
  expect(stepOf(school, 'lockOnButton')).toMatchObject({
    when: "{% ($states.input.startedBy = 'EVENT') and ($states.input.inputs.report = 'panic.school') %}",
    guardrails: ['life-safety-review'],
  });
  expect(school.inputs['report']).toMatchObject({ from: 'type' });
});

it('without the button a school official is asked for thirty seconds, then an incident commander; a no brings care', () => {
  const asked = flatten(school.steps).find(({ name }) => name === 'askToLock');
  expect(asked).toMatchObject({ ask: 'school_official', within: 30, onSilence: 'escalate', escalateTo: ['incident_commander'] });
  expect(asked?.when).toBe("{% $not(($states.input.startedBy = 'EVENT') and ($states.input.inputs.report = 'panic.school')) %}");
  expect(asked?.kind === 'approval' && asked.otherwise.map(({ name }) => name)).toEqual(['careInstead']);
});

it('ways out stay open, only an incident commander ends a lockdown, and no machine undoes one', () => {
  for (const name of ['lockOnButton', 'lockSchool'])
    expect(stepOf(school, name)).toMatchObject({
      with: { egress: 'open', endedBy: 'incident_commander' },
      onFailure: 'degrade',
      undo: 'human',
    });
});

it('parents hear what a school official and an incident commander agreed on, or nothing', () => {
  const asked = flatten(school.steps).find(({ name }) => name === 'approveParents');
  expect(asked).toMatchObject({ ask: 'school_official', second: 'incident_commander', onSilence: 'refuse' });
  expect(stepOf(school, 'tellParents').with).toMatchObject({ audience: 'parents', expires: '4h', cancelText: expect.any(String) });
});

it('it predicts no student and carries no child’s name', () => {
  const actions = stepsOf(school.steps).map(({ action }) => action);
  for (const never of ['PREDICTIVE_ALERT', 'CASE_GENERATION', 'BOLO_ISSUE', 'FUSION_CLOUD_SYNC', 'DRONE_DISPATCH'])
    expect(actions).not.toContain(never);
  const words = stepsOf(school.steps).flatMap(({ with: values }) => Object.keys(values));
  expect(words.filter((word) => /name|student|person|child/i.test(word))).toEqual([]);
  expect(told(school)).toEqual(['school-threat-team']);
});
