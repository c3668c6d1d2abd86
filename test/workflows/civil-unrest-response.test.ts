// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { expect, it } from 'vitest';
import { flatten, stepsOf } from '../../shared/contracts/workflow.ts';
import { civilUnrestResponse as unrest } from '../../workflows/civil-unrest-response.ts';
import { starts, stepOf, told, triggerOf, way } from './reading.ts';

const starting = starts(unrest);
const violence = { type: 'unrest.violence', source: 'officer_safety', data: { people: 120 } };

it.each([
  ['violence that an officer sees', true, violence],
  ['violence that a caller reports', true, { ...violence, source: 'cad_system' }],
  ['a report that a person called wrong', false, { ...violence, data: { reviewed: false } }],
  ['a thousand people who attend', false, { type: 'crowd.counted', source: 'cctv_network', data: { people: 1000 } }],
  ['a call to gather', false, { type: 'post.found', source: 'ai_sentinel' }],
  ['violence that only a camera program claims', false, { ...violence, source: 'cctv_network' }],
])('%s starts it: %s', (_what, yes, detail) => {
  expect(starting(detail)).toBe(yes);
});

it('a commander on scene may start it', () => {
  expect(triggerOf(unrest, 'MANUAL')).toBeDefined();
});

it('organisers are spoken with while officers stage; then the look from above, the ways out, and a commander’s word', () => {
  expect(way(unrest)).toBe(
    'PV → TA → SA → [NS organisers ‖ RA ‖ OA] → if DD → TAC → incident_commander?(NS zones) → EV → INV → RR → AUDIT_LOG',
  );
});

it('a crowd is looked at from above only from fifty people, under the exception for crowds', () => {
  expect(stepOf(unrest, 'lookAtCrowd')).toMatchObject({
    legalBasis: 'FS 934.50(4)(d)',
    when: '{% $exists($states.input.inputs.people) and $states.input.inputs.people >= 50 %}',
    with: { purpose: 'crowd-overview', sensors: 'scene-only' },
  });
});

it('a notice to disperse stands behind an incident commander alone, in the state’s name, with time and two ways out', () => {
  const dispersals = stepsOf(unrest.steps).filter(({ with: { purpose } }) => purpose === 'disperse');
  const asked = flatten(unrest.steps).find(({ name }) => name === 'orderDispersal');
  expect(dispersals.map(({ name }) => name)).toEqual(['announceDispersal']);
  expect(asked).toMatchObject({ ask: 'incident_commander', onSilence: 'refuse', otherwise: [], then: dispersals });
  expect(dispersals[0]).toMatchObject({
    legalBasis: 'FS 870.04',
    with: { dispersal: { inNameOf: 'state', minutes: 30, waysOut: 2 } },
  });
});

it('nobody is asked about dispersal while the ways out are unknown', () => {
  expect(stepOf(unrest, 'adviseWaysOut')).toMatchObject({ with: { question: 'crowd-safety' }, onFailure: 'hold' });
});

it('it finds out nobody who attends: no plate, no index, no record of a person, no prediction', () => {
  const actions = stepsOf(unrest.steps).map(({ action }) => action);
  for (const never of ['SENSOR_ACTIVATE', 'FUSION_CLOUD_SYNC', 'BOLO_ISSUE', 'PREDICTIVE_ALERT', 'CASE_GENERATION', 'PATROL_REROUTE'])
    expect(actions).not.toContain(never);
  expect(told(unrest)).toEqual(['organisers', 'zones']);
  expect(unrest.guardrails).toContain('first-amendment');
});
