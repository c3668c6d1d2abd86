import { expect, it } from 'vitest';
import { flatten, stepsOf } from '../../shared/contracts/workflow.ts';
import { missingPersonResponse as missing } from '../../workflows/missing-person-response.ts';
import { vocabulary } from '../../workflows/vocabulary/index.ts';
import { starts, stepOf, told, triggerOf, way } from './reading.ts';

const starting = starts(missing);
const node = (name: string) => flatten(missing.steps).find((one) => one.name === name);
const CHILD_OR_AT_RISK = '{% ($states.input.inputs.child = true) or ($states.input.inputs.atRisk = true) %}';

it.each([
  ['an accepted report', true, { type: 'missing-person.reported', source: 'cad_system' }],
  ['a detective’s report', true, { type: 'missing-person.reported', source: 'investigations' }],
  ['a report in a drill', false, { type: 'missing-person.reported', source: 'cad_system', data: { exercise: true } }],
  ['a model’s idea that somebody is missing', false, { type: 'missing-person.reported', source: 'predictive_intel' }],
  ['an abduction, which has its own response', false, { type: 'child.abducted', source: 'cad_system' }],
])('%s starts it: %s', (_what, yes, detail) => {
  expect(starting(detail)).toBe(yes);
});

it('a person and CAD may start it', () => {
  expect([triggerOf(missing, 'MANUAL'), triggerOf(missing, 'API')]).not.toContain(undefined);
});

it('officers, indexes and the county are told at once; then risk, search, screen, broadcast, file and follow-up', () => {
  expect(way(missing)).toBe(
    'PV → [OA ‖ FUS → FUS ‖ NS county-agencies] → TA → if [SEN → supervisor?(SEN) ‖ DD] → if HS → if watch_commander?(NS state → watch_commander + chief?(EB)) → INV → INVU → RR → AUDIT_LOG',
  );
});

it('officers on duty are told at once, and the entry is made well within two hours, tries and all', () => {
  expect(stepOf(missing, 'alertOfficers')).toMatchObject({ within: 15, legalBasis: 'Fla. Stat. 937.021(4)(a)' });
  const entry = stepOf(missing, 'enterNationalIndex');
  expect(entry.within * (1 + entry.retries) + stepOf(missing, 'askStateIndex').within).toBeLessThan(2 * 3600);
});

it('an adult who may go where they like is not searched for with readers, drones, screens or broadcasts', () => {
  for (const name of ['search', 'screenStability', 'warnPublic']) expect(node(name)?.when).toBe(CHILD_OR_AT_RISK);
  const unconditional = missing.steps.filter(({ when }) => when === undefined);
  const actions = stepsOf(unconditional).map(({ action }) => action);
  for (const never of ['DRONE_DISPATCH', 'SENSOR_ACTIVATE', 'EMERGENCY_BROADCAST', 'HUMAN_STABILITY_ALERT'])
    expect(actions).not.toContain(never);
});

it('readers are asked for one plate with case and purpose; their history is a supervisor’s to open', () => {
  for (const name of ['askReaders', 'askHistory'])
    expect(stepOf(missing, name).with).toMatchObject({ caseNumber: expect.any(String), purpose: 'missing-person' });
  expect(node('openHistory')).toMatchObject({ ask: 'supervisor', onSilence: 'refuse' });
});

it('the drone searches under the exception for missing persons, and the screen under its own', () => {
  expect(stepOf(missing, 'searchByDrone')).toMatchObject({ legalBasis: 'FS 934.50(4)(c)', with: { purpose: 'search' } });
  expect(stepOf(missing, 'screenStability')).toMatchObject({ legalBasis: '45 CFR 164.512(f)(2)', with: { expires: '24h' } });
});

it('the watch commander decides about the public, with the state', () => {
  expect(node('warnPublic')).toMatchObject({ ask: 'watch_commander', onSilence: 'escalate', escalateTo: ['chief'] });
  expect(stepOf(missing, 'broadcastLookOut').with).toMatchObject({
    expires: '12h',
    owner: 'watch_commander',
    cancelText: expect.any(String),
  });
});

it('whoever reported is told nothing by it: no notice has such a recipient', () => {
  expect(told(missing)).toEqual(['county-agencies', 'state']);
  for (const to of ['reporter', 'caller', 'family'])
    expect(vocabulary.NOTIFICATION_SEND.parameters.safeParse({ topic: 'missing-person', to, purpose: 'inform' }).success).toBe(false);
});
