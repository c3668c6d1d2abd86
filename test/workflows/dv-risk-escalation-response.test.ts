import { expect, it } from 'vitest';
import { stepsOf } from '../../shared/contracts/workflow.ts';
import { dvRiskEscalationResponse as dv } from '../../workflows/dv-risk-escalation-response.ts';
import { starts, stepOf, told, triggerOf, way } from './reading.ts';

const starting = starts(dv);

it.each([
  ['a call of domestic violence', true, { type: 'call.domestic-violence', source: 'cad_system' }],
  ['a report that a dispatcher took', true, { type: 'dv.reported', source: 'dispatch' }],
  ['a call that a person called wrong', false, { type: 'call.domestic-violence', source: 'dispatch', data: { reviewed: false } }],
  ['a prediction', false, { type: 'call.domestic-violence', source: 'predictive_intel' }],
  ['a score of who might be hurt', false, { type: 'dv.risk-scored', source: 'human_stability' }],
  ['a quarrel', false, { type: 'call.disturbance', source: 'cad_system' }],
])('%s starts it: %s', (_what, yes, detail) => {
  expect(starting(detail)).toBe(yes);
});

it('a person may start it', () => {
  expect(triggerOf(dv, 'MANUAL')).toBeDefined();
});

it('officers are told and two are sent at once; the supervisor hears of it while the victim is asked; the report comes last', () => {
  expect(way(dv)).toBe('PV → [OA ‖ if PR → if PR ‖ RA] → TA → [HS ‖ SA] → supervisor?(NS dv-centre) → CASE → INVU → RR → AUDIT_LOG');
});

it('the supervisor knows within five minutes of being called for', () => {
  expect([stepOf(dv, 'alertSupervisor').within, stepOf(dv, 'alertOfficers').within]).toEqual([300, 10]);
});

it('two officers go or none does, and they stage where there is a weapon', () => {
  const two = { needs: { OFFICER: 2, VEHICLE: 2 }, onFailure: 'degrade', undo: 'human' };
  const armed = '$states.input.inputs.weapon = true';
  expect(stepOf(dv, 'sendTwoUnits')).toMatchObject({ ...two, when: `{% $not(${armed}) %}`, with: { approach: 'direct' } });
  expect(stepOf(dv, 'stageTwoUnits')).toMatchObject({ ...two, when: `{% ${armed} %}`, with: { approach: 'staged' } });
});

it('officers hear of the hazards and of the injunctions that stand', () => {
  expect(stepOf(dv, 'alertOfficers').with).toMatchObject({ premiseHazards: 'attached', protectionOrders: 'attached' });
});

it('lethality is asked by an officer, never scored from data, and forgotten within a day', () => {
  const screens = stepsOf(dv.steps).filter(({ action }) => action === 'HUMAN_STABILITY_ALERT');
  expect(screens.map(({ with: values }) => values)).toEqual([{ screen: 'lethality-asked-by-officer', expires: '24h' }]);
  expect(dv.inputs).not.toHaveProperty('score');
});

it('it tells the centre alone, on a supervisor’s yes, and never the victim’s phone', () => {
  expect(told(dv)).toEqual(['dv-centre']);
  expect(dv.steps).toContainEqual(
    expect.objectContaining({ name: 'confirmReferral', ask: 'supervisor', onSilence: 'escalate', escalateTo: ['watch_commander'] }),
  );
});

it('which centre it was stands in no parameter', () => {
  const words = stepsOf(dv.steps).flatMap(({ with: values }) => Object.keys(values));
  expect(words.filter((word) => /centre|phone|name|score/i.test(word))).toEqual([]);
});

it('the report that the law demands is an officer’s, and holds where it fails', () => {
  expect(stepOf(dv, 'prepareReport')).toMatchObject({ with: { author: 'officer' }, onFailure: 'hold', undo: 'human' });
});
