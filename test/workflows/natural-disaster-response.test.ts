import { expect, it } from 'vitest';
import { flatten, stepsOf } from '../../shared/contracts/workflow.ts';
import { naturalDisasterResponse as disaster } from '../../workflows/natural-disaster-response.ts';
import { starts, stepOf, told, triggerOf, way } from './reading.ts';

const starting = starts(disaster);
const warning = { status: 'Actual', severity: 'Severe', urgency: 'Immediate', msgType: 'Alert' };
const alert = (data: object, source = 'weather_service') => ({ type: 'weather.alert', source, data: { ...warning, ...data } });

it.each([
  ['a severe warning for now', true, alert({})],
  ['an extreme one that is expected', true, alert({ severity: 'Extreme', urgency: 'Expected' })],
  ['an update that makes it severe', true, alert({ msgType: 'Update' }, 'emergency_mgmt')],
  [
    'a feed that says no message type',
    true,
    { type: 'weather.alert', source: 'weather_service', data: { ...warning, msgType: undefined } },
  ],
  ['a warning that its reporter calls a drill', false, alert({ exercise: true })],
  ['an exercise', false, alert({ status: 'Exercise' })],
  ['a test', false, alert({ status: 'Test' })],
  ['a cancellation', false, alert({ msgType: 'Cancel' })],
  ['a moderate warning', false, alert({ severity: 'Moderate' })],
  ['one for the day after tomorrow', false, alert({ urgency: 'Future' })],
  ['a neighbour’s warning', false, alert({}, 'partner_agency')],
])('%s starts it: %s', (_what, yes, detail) => {
  expect(starting(detail)).toBe(yes);
});

it('before the season the operations centre is asked whether it is ready, and nothing else happens', () => {
  expect(triggerOf(disaster, 'SCHEDULE')).toMatchObject({ at: 'cron(0 9 1 6 ? *)', timezone: 'America/New_York' });
  const conditions = Object.fromEntries(disaster.steps.map(({ name, when }) => [name, when]));
  const { validatePolicy, askReadiness, releaseUnits, closeRecord, ...others } = conditions;
  expect([validatePolicy, releaseUnits, closeRecord]).toEqual([undefined, undefined, undefined]);
  expect(askReadiness).toBe("{% $states.input.startedBy = 'SCHEDULE' %}");
  expect(new Set(Object.values(others))).toEqual(new Set(["{% $not($states.input.startedBy = 'SCHEDULE') %}"]));
  expect(stepOf(disaster, 'askReadiness').with).toMatchObject({ to: 'eoc', purpose: 'readiness' });
});

it('people are told, units held, shelters looked at; then the warning, the roads and the shelters side by side; then the damage', () => {
  expect(way(disaster)).toBe(
    'PV → if NS eoc → if TA → if SA → if [RA ‖ NS eoc ‖ SEN] → if [em_director + watch_commander?(EB → NS zones) ‖ PR ‖ RA] → if em_director?(DD → FUS) → RR → AUDIT_LOG',
  );
});

it('the director and a second person warn the public, and silence warns nobody', () => {
  const asked = flatten(disaster.steps).find(({ name }) => name === 'approveBroadcast');
  expect(asked).toMatchObject({ ask: 'em_director', second: 'watch_commander', onSilence: 'refuse' });
  expect(stepOf(disaster, 'warnPublic').with).toMatchObject({
    expires: '12h',
    owner: 'em_director',
    accessible: true,
    languages: ['en', 'es', 'ht'],
    exercise: false,
  });
});

it('the survey rests on the declared emergency’s own exception and flies on the director’s word alone', () => {
  expect(stepOf(disaster, 'surveyDamage')).toMatchObject({
    legalBasis: 'FS 934.50(4)(g)',
    with: { purpose: 'damage-survey' },
    undo: 'auto',
  });
  const free = disaster.steps.filter((node) => node.kind === 'step').map(({ action }) => action);
  expect(free).not.toContain('DRONE_DISPATCH');
});

it('it orders no evacuation: zones hear of shelters, and no other purpose is told to anybody', () => {
  expect(told(disaster)).toEqual(['eoc', 'zones']);
  const purposes = stepsOf(disaster.steps).flatMap(({ action, with: { purpose } }) => (action === 'NOTIFICATION_SEND' ? [purpose] : []));
  expect(new Set(purposes)).toEqual(new Set(['readiness', 'inform', 'shelter']));
  expect(stepsOf(disaster.steps).map(({ action }) => action)).not.toContain('LOCKDOWN_INITIATE');
});

it('its day holds every question that it may ask', () => {
  const asked = flatten(disaster.steps).flatMap((node) => (node.kind === 'approval' ? [node.within] : []));
  expect(asked.reduce((sum, one) => sum + one, 0)).toBeLessThan(disaster.timeout);
});
