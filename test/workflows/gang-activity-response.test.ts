import { expect, it } from 'vitest';
import { flatten, stepsOf } from '../../shared/contracts/workflow.ts';
import { gangActivityResponse as gang } from '../../workflows/gang-activity-response.ts';
import { starts, stepOf, told, triggerOf, way } from './reading.ts';

const starting = starts(gang);
const violence = { type: 'gang.violence', source: 'investigations', data: { case: 'RB-1' } };

it.each([
  ['a violent incident that investigators tie to a gang', true, violence],
  ['one that CAD carries', true, { ...violence, source: 'cad_system' }],
  ['one that a person called wrong', false, { ...violence, data: { reviewed: false } }],
  ['people in the same colours', false, { type: 'gang.sighting', source: 'cctv_network' }],
  ['a prediction', false, { ...violence, source: 'predictive_intel' }],
])('%s starts it: %s', (_what, yes, detail) => {
  expect(starting(detail)).toBe(yes);
});

it('every week the purge runs, and nothing else of it', () => {
  expect(triggerOf(gang, 'SCHEDULE')).toMatchObject({ at: 'cron(0 4 ? * MON *)' });
  const unconditional = gang.steps.filter(({ when }) => when === undefined).map(({ name }) => name);
  expect(unconditional).toEqual(['validatePolicy', 'purgeIntelligence', 'releaseUnits', 'closeRecord']);
  const others = gang.steps.flatMap(({ when }) => when ?? []);
  expect(new Set(others)).toEqual(new Set(["{% $not($states.input.startedBy = 'SCHEDULE') %}"]));
});

it('it is investigated and assessed; patrols go while an intelligence officer thinks about places; the purge comes last', () => {
  expect(way(gang)).toBe('PV → if INV → if TA → if [intelligence_officer?(PA) ‖ SA → PR → NS outreach → FUS] → INVU → RR → AUDIT_LOG');
});

it('a prediction speaks of places for fourteen days, on an intelligence officer’s word, and silence releases none', () => {
  const asked = flatten(gang.steps).find(({ name }) => name === 'releasePrediction');
  expect(asked).toMatchObject({ ask: 'intelligence_officer', onSilence: 'refuse' });
  expect(stepOf(gang, 'predictPlaces').with).toMatchObject({ about: 'places', horizon: '336h', expires: '336h' });
});

it('it writes nobody into a database: investigations are opened and purged, never added to', () => {
  const changes = stepsOf(gang.steps).flatMap(({ action, with: { change } }) => (action === 'INVESTIGATION_UPDATE' ? [change] : []));
  expect(changes).toEqual(['purge-expired']);
  const actions = stepsOf(gang.steps).map(({ action }) => action);
  for (const never of ['CASE_GENERATION', 'BOLO_ISSUE', 'SENSOR_ACTIVATE', 'DRONE_DISPATCH', 'THREAT_BROADCAST', 'HUMAN_STABILITY_ALERT'])
    expect(actions).not.toContain(never);
});

it('intelligence is asked for, never given away, and only outreach is told', () => {
  expect(stepOf(gang, 'askPartners').with).toEqual({ index: 'state', purpose: 'search', for: 'criminal-justice' });
  expect(told(gang)).toEqual(['outreach']);
  expect(gang.guardrails).toEqual(expect.arrayContaining(['criminal-intelligence', 'first-amendment', 'due-process', 'data-retention']));
});

it('a purge that fails holds, and names its rule', () => {
  expect(stepOf(gang, 'purgeIntelligence')).toMatchObject({ onFailure: 'hold', undo: 'never', legalBasis: '28 CFR 23.20(h)' });
});
