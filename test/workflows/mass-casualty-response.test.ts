import { expect, it } from 'vitest';
import { flatten, stepsOf } from '../../shared/contracts/workflow.ts';
import { massCasualtyResponse as casualties } from '../../workflows/mass-casualty-response.ts';
import { fits, starts, stepOf, told, triggerOf, way } from './reading.ts';

const starting = starts(casualties);
const counted = (patients: unknown, source = 'cad_system') => ({ type: 'patients.counted', source, data: { patients } });

it.each([
  ['a declaration', true, { type: 'mass-casualty.declared', source: 'emergency_mgmt' }],
  ['a declaration that a person called wrong', false, { type: 'mass-casualty.declared', source: 'cad_system', data: { reviewed: false } }],
  ['a declaration from next door', false, { type: 'mass-casualty.declared', source: 'partner_agency' }],
  ['a declaration in a drill', false, { type: 'mass-casualty.declared', source: 'emergency_mgmt', data: { exercise: true } }],
  ['ten patients', true, counted(10)],
  ['nine patients', false, counted(9)],
  ['a count that is a word', false, counted('many')],
  ['a count by an analyst program', false, counted(30, 'ai_sentinel')],
])('%s starts it: %s', (_what, yes, detail) => {
  expect(starting(detail)).toBe(yes);
});

it('an incident commander’s declaration starts it, one of another kind does not', () => {
  expect(fits(casualties, 'CONDITION', { facts: { 'ic-declaration': { kind: 'mass-casualty', by: 'ic' } } })).toBe(true);
  expect(fits(casualties, 'CONDITION', { facts: { 'ic-declaration': { kind: 'evacuation', by: 'ic' } } })).toBe(false);
});

it('after an active shooter it starts where the medics count ten, and not where nobody is hurt', () => {
  const after = (patients?: number) => ({ status: 'COMPLETED', said: { stageMedics: patients === undefined ? {} : { patients } } });
  expect([fits(casualties, 'CHAIN', after(10)), fits(casualties, 'CHAIN', after(0)), fits(casualties, 'CHAIN', after())]).toEqual([
    true,
    false,
    false,
  ]);
  expect(triggerOf(casualties, 'CHAIN')).toMatchObject({ after: 'active-shooter-response' });
});

it('medics, hospitals and the operations centre are told at once; beds, roads, the warning and the scene run side by side', () => {
  expect(way(casualties)).toBe(
    'PV → [NS ems ‖ NS hospitals ‖ NS eoc ‖ RA ‖ SA ‖ OA] → TA → [every 900 s(NS hospitals) ‖ PR ‖ incident_commander + em_director?(EB) ‖ DD → FUS → EV] → RR → AUDIT_LOG',
  );
});

it('beds are asked for every quarter of an hour until they suffice, within twelve hours', () => {
  const polling = flatten(casualties.steps).find(({ name }) => name === 'askForBeds');
  expect(polling).toMatchObject({ every: 900, until: "{% $states.input.said.pollBeds.capacity = 'enough' %}" });
  expect(polling?.kind === 'repeat' && polling.every * polling.times).toBeLessThan(casualties.timeout);
  expect(casualties.timeout).toBe(43_200);
});

it('two persons of the unified command warn the public, and silence warns nobody', () => {
  const asked = flatten(casualties.steps).find(({ name }) => name === 'approveBroadcast');
  expect(asked).toMatchObject({ ask: 'incident_commander', second: 'em_director', onSilence: 'refuse' });
  expect(stepOf(casualties, 'warnPublic').with).toMatchObject({
    expires: '4h',
    owner: 'incident_commander',
    cancelText: expect.any(String),
  });
});

it('no medical decision is among its words: it tells, asks and holds', () => {
  expect(told(casualties)).toEqual(['ems', 'eoc', 'hospitals']);
  const purposes = stepsOf(casualties.steps).flatMap(({ action, with: { purpose } }) => (action === 'NOTIFICATION_SEND' ? [purpose] : []));
  expect(new Set(purposes)).toEqual(new Set(['staging', 'inform', 'poll']));
});

it('no name, patient or ward stands in any parameter', () => {
  const words = stepsOf(casualties.steps).flatMap(({ with: values }) => Object.keys(values));
  expect(words.filter((word) => /name|patient|person|triage/i.test(word))).toEqual([]);
});

it('no step fails or holds, and no machine calls help back', () => {
  for (const { action, onFailure, undo } of stepsOf(casualties.steps)) {
    expect(onFailure).toBe('degrade');
    if (action !== 'DRONE_DISPATCH') expect(undo).not.toBe('auto');
  }
});
