import { expect, it } from 'vitest';
import { flatten, stepsOf } from '../../shared/contracts/workflow.ts';
import { officerDistressResponse as distress } from '../../workflows/officer-distress-response.ts';
import { starts, stepOf, told, triggerOf, way } from './reading.ts';

const starting = starts(distress);
const asked = (name: string) => flatten(distress.steps).find((node) => node.name === name);

it.each([
  ['a panic button', true, { type: 'officer.distress', source: 'officer_safety' }],
  ['no answer, as CAD has it', true, { type: 'officer.no-answer', source: 'cad_system' }],
  [
    'a button whose place and unit are unknown, with little confidence',
    true,
    { type: 'officer.distress', source: 'officer_safety', confidence: 0.1 },
  ],
  ['a neighbour’s word', false, { type: 'officer.distress', source: 'partner_agency' }],
  ['a model’s idea of stress', false, { type: 'officer.distress', source: 'human_stability' }],
])('%s starts it: %s', (_what, yes, detail) => {
  expect(starting(detail)).toBe(yes);
});

it('it asks for nothing that an officer who cannot speak could not give', () => {
  expect(Object.values(distress.inputs).filter(({ required }) => required)).toEqual([]);
  expect(triggerOf(distress, 'MANUAL')).toBeDefined();
});

it('seven things happen at once; then advice, a robot, evidence, the state, a file, and the officer', () => {
  expect(way(distress)).toBe(
    'PV → [OA ‖ SA ‖ PR ‖ RA ‖ NS ems ‖ DD ‖ SEN] → TAC → supervisor?(RD) → EV → chief?(NS state) → INV → supervisor?(HS) → RR → AUDIT_LOG',
  );
});

it('officers are told within 5 s, the two nearest are sent, and it lasts two hours at most', () => {
  expect([stepOf(distress, 'alertOfficers').within, distress.timeout]).toEqual([5, 7200]);
  expect(stepOf(distress, 'sendTwoNearest')).toMatchObject({ needs: { OFFICER: 2 }, with: { approach: 'direct' } });
});

it('a robot goes unarmed and on a supervisor’s word; silence leaves it where it is', () => {
  expect(asked('allowRobot')).toMatchObject({ ask: 'supervisor', onSilence: 'refuse' });
  expect(stepOf(distress, 'sendRobot').with).toEqual({ purpose: 'look', unarmed: true });
});

it('the chief, or then the watch commander, has the state asked for a Blue Alert; SWOE issues none', () => {
  expect(asked('requestBlueAlert')).toMatchObject({ ask: 'chief', onSilence: 'escalate', escalateTo: ['watch_commander'] });
  expect(stepOf(distress, 'askStateForBlueAlert')).toMatchObject({ legalBasis: 'Fla. Stat. 784.071(1)', with: { purpose: 'request' } });
  expect(stepsOf(distress.steps).map(({ action }) => action)).not.toContain('EMERGENCY_BROADCAST');
});

it('it never calls help off: nothing is cancelled or released before its end, and no machine undoes what people rely on', () => {
  const steps = stepsOf(distress.steps);
  expect(steps.filter(({ with: { purpose } }) => purpose === 'cancel')).toEqual([]);
  expect(steps.filter(({ action }) => action === 'RESOURCE_RELEASE')).toEqual([distress.steps.at(-2)]);
  expect(steps.flatMap(({ undo, action }) => (undo === 'auto' ? [action] : []))).toEqual([
    'DRONE_DISPATCH',
    'SENSOR_ACTIVATE',
    'ROBOT_DISPATCH',
    'HUMAN_STABILITY_ALERT',
  ]);
  expect(steps.filter(({ onFailure }) => onFailure !== 'degrade')).toEqual([]);
});

it('the officer’s own screen is asked for, ends within a day and goes to nobody who is notified', () => {
  expect(asked('offerWellness')).toMatchObject({ ask: 'supervisor', onSilence: 'refuse' });
  expect(stepOf(distress, 'screenWellness')).toMatchObject({ with: { screen: 'officer-wellness', expires: '24h' }, undo: 'auto' });
  expect(told(distress)).toEqual(['ems', 'state']);
});
