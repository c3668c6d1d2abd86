import { expect, it } from 'vitest';
import { flatten, stepsOf } from '../../shared/contracts/workflow.ts';
import { hotVehicleResponse as hot } from '../../workflows/hot-vehicle-response.ts';
import { fits, starts, stepOf, told, way } from './reading.ts';

const starting = starts(hot);
const node = (name: string) => flatten(hot.steps).find((one) => one.name === name);
const wanted = { type: 'vehicle.wanted', source: 'investigations' };

it.each([
  ['an active record of a stolen vehicle', true, { ...wanted, data: { record: 'stolen' } }],
  ['an active record in the national index', true, { ...wanted, source: 'fusion_cloud', data: { record: 'felony', partial: false } }],
  ['a partial plate', false, { ...wanted, data: { record: 'stolen', partial: true } }],
  ['a record of no such kind', false, { ...wanted, data: { record: 'parking' } }],
  ['a reader’s hit, which has its own response', false, { type: 'plate.hit', source: 'lpr_network', data: { record: 'stolen' } }],
  ['a model’s idea', false, { ...wanted, source: 'predictive_intel', data: { record: 'stolen' } }],
])('%s starts it: %s', (_what, yes, detail) => {
  expect(starting(detail)).toBe(yes);
});

it('a reader’s hit that was confirmed leads on to it, and one that was not does not', () => {
  const ended = (match: string) => ({ status: 'COMPLETED', said: { confirmRecord: { match } } });
  expect(fits(hot, 'CHAIN', ended('confirmed'))).toBe(true);
  expect(fits(hot, 'CHAIN', ended('none'))).toBe(false);
  expect(fits(hot, 'CHAIN', { status: 'COMPLETED', said: {} })).toBe(false);
  expect(fits(hot, 'CHAIN', { ...ended('confirmed'), status: 'FAILED' })).toBe(false);
});

it('the record is confirmed first; then officers and readers, look-out, patrols, advice, evidence, a file, and the look-out’s end', () => {
  expect(way(hot)).toBe(
    'PV → if FUS → if FUS → if [OA ‖ SEN] → if supervisor?(BOLO) → if PR → if TAC → if EV → if INV → RR → if supervisor?(NS bolo-recipients) → RR → AUDIT_LOG',
  );
});

it('an urgent confirmation has ten minutes and a routine one an hour; without it the run fails, for nothing has begun', () => {
  expect(stepOf(hot, 'confirmUrgently')).toMatchObject({
    within: 600,
    onFailure: 'fail',
    when: '{% $states.input.inputs.urgent = true %}',
  });
  expect(stepOf(hot, 'confirmRoutinely')).toMatchObject({
    within: 3600,
    onFailure: 'fail',
    when: '{% $not($states.input.inputs.urgent = true) %}',
  });
  const failing = stepsOf(hot.steps).filter(({ onFailure }) => onFailure !== 'degrade');
  expect(failing.map(({ name }) => name)).toEqual(['confirmUrgently', 'confirmRoutinely']);
});

it('nothing moves on a record that was not confirmed: every node in between reads what the index said', () => {
  const between = hot.steps.filter(({ name }) => !/^(validatePolicy|confirm.*|release.*|closeRecord)$/.test(name));
  expect(between.length).toBe(7);
  for (const { when } of between) {
    expect(when).toContain("said.confirmUrgently.match = 'confirmed'");
    expect(when).toContain("said.confirmRoutinely.match = 'confirmed'");
  }
  expect(hot.guardrails).toContain('verified-hit');
});

it('a supervisor issues the look-out, for a day, and ends it; patrols go back before that is asked', () => {
  expect(node('allowBolo')).toMatchObject({ ask: 'supervisor', onSilence: 'refuse' });
  expect(stepOf(hot, 'issueBolo').with).toMatchObject({
    subject: 'vehicle',
    expires: '24h',
    owner: 'supervisor',
    cancelText: expect.any(String),
  });
  expect(node('endLookOut')).toMatchObject({ ask: 'supervisor', within: 24 * 3600 });
  expect(stepOf(hot, 'cancelBolo').with).toMatchObject({ to: 'bolo-recipients', purpose: 'cancel' });
  const names = hot.steps.map(({ name }) => name);
  expect(names.indexOf('releasePatrols')).toBeLessThan(names.indexOf('endLookOut'));
});

it('it stops nobody: patrols look where the vehicle may be, and only those told of the look-out are notified', () => {
  expect(stepOf(hot, 'sendPatrols').with).toMatchObject({ mode: 'canvass', approach: 'staged' });
  expect(
    stepsOf(hot.steps)
      .flatMap(({ with: values }) => Object.values(values))
      .filter((word) => /^(stop|detain|arrest)$/.test(String(word))),
  ).toEqual([]);
  expect(told(hot)).toEqual(['bolo-recipients']);
});
