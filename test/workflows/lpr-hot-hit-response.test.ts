import { expect, it } from 'vitest';
import { flatten, stepsOf } from '../../shared/contracts/workflow.ts';
import { lprHotHitResponse as hit } from '../../workflows/lpr-hot-hit-response.ts';
import { starts, stepOf, way } from './reading.ts';

const starting = starts(hit);
const node = (name: string) => flatten(hit.steps).find((one) => one.name === name);
const read = { type: 'plate.hit', source: 'lpr_network' };

it.each([
  ['a hit with an image', true, { ...read, data: { image: true } }],
  ['a hit on a whole plate', true, { ...read, data: { image: true, partial: false } }],
  ['a hit without an image', false, { ...read, data: { image: false } }],
  ['a hit of which no image is mentioned', false, read],
  ['a hit on a partial plate', false, { ...read, data: { image: true, partial: true } }],
  ['a read that hit nothing', false, { type: 'plate.read', source: 'lpr_network', data: { image: true } }],
  ['a hit that a neighbour reports', false, { ...read, source: 'partner_agency', data: { image: true } }],
])('%s starts it: %s', (_what, yes, detail) => {
  expect(starting(detail)).toBe(yes);
});

it('nobody starts it but a reader', () => {
  expect(hit.on.map(({ kind }) => kind)).toEqual(['EVENT']);
});

it('a person compares, the index confirms; then threat and advice, officers, the vehicle’s way, patrols, the supervisor, evidence', () => {
  expect(way(hit)).toBe(
    'PV → dispatcher?(FUS → if [TA ‖ FUS ‖ TAC] → if OA → if supervisor?(PA) → if PR → if supervisor?(PR) → if SA → if EV) → RR → AUDIT_LOG',
  );
});

it('a dispatcher has 60 s to compare plate, state and vehicle; on a no, and on silence, nothing at all is done', () => {
  const compare = node('comparePlate');
  expect(compare).toMatchObject({ ask: 'dispatcher', within: 60, onSilence: 'refuse', otherwise: [] });
  expect(compare?.kind === 'approval' && compare.question).toMatch(/plate, state and vehicle/);
  expect(hit.steps.map(({ name }) => name)).toEqual(['validatePolicy', 'comparePlate', 'releaseUnits', 'closeRecord']);
});

it('a hit that the index does not confirm fails the run, and one that it denies tells nobody', () => {
  expect(stepOf(hit, 'confirmRecord')).toMatchObject({ within: 600, onFailure: 'fail' });
  const compare = node('comparePlate');
  const later = compare?.kind === 'approval' ? compare.then.slice(1) : [];
  expect(later.length).toBe(7);
  for (const { when } of later) expect(when).toContain("said.confirmRecord.match = 'confirmed'");
});

it('for a high-risk stop a supervisor decides whether anybody is sent; ordinary patrols go only where the risk is not high', () => {
  expect(node('allowHighRisk')).toMatchObject({ ask: 'supervisor', onSilence: 'refuse' });
  for (const sign of ["level = 'HIGH'", "level = 'EXTREME'", 'weapon = true']) {
    expect(node('allowHighRisk')?.when).toContain(sign);
    expect(stepOf(hit, 'sendPatrols').when).toContain(sign);
  }
  expect(stepOf(hit, 'sendPatrols').when).toContain('$not(');
});

it('a prediction speaks of the vehicle, on a supervisor’s word; no look-out, broadcast or plate history follows', () => {
  expect(node('shareRoutes')).toMatchObject({ ask: 'supervisor', onSilence: 'refuse' });
  expect(stepOf(hit, 'predictVehicle').with).toMatchObject({ about: 'vehicle', expires: '1h' });
  const actions = stepsOf(hit.steps).map(({ action }) => action);
  for (const never of ['BOLO_ISSUE', 'EMERGENCY_BROADCAST', 'SENSOR_ACTIVATE']) expect(actions).not.toContain(never);
});
