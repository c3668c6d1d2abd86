import { expect, it } from 'vitest';
import { flatten, stepsOf } from '../../shared/contracts/workflow.ts';
import { trafficFatalityResponse as crash } from '../../workflows/traffic-fatality-response.ts';
import { starts, stepOf, told, triggerOf, way } from './reading.ts';

const starting = starts(crash);
const node = (name: string) => flatten(crash.steps).find((one) => one.name === name);

it.each([
  ['a crash with a confirmed death', true, { type: 'crash.fatal', source: 'cad_system', data: { deathConfirmed: true } }],
  ['the same from the road’s own system', true, { type: 'crash.fatal', source: 'traffic_system', data: { deathConfirmed: true } }],
  ['a death that nobody confirmed', false, { type: 'crash.fatal', source: 'cad_system', data: { deathConfirmed: false } }],
  ['a crash of which no death is said to be confirmed', false, { type: 'crash.fatal', source: 'cad_system' }],
  ['a crash', false, { type: 'crash.reported', source: 'cad_system', data: { deathConfirmed: true } }],
])('%s starts it: %s', (_what, yes, detail) => {
  expect(starting(detail)).toBe(yes);
});

it('a person who starts it says whether the death is confirmed, and nobody is told of one that is not', () => {
  expect(triggerOf(crash, 'MANUAL')).toBeDefined();
  expect(crash.inputs['deathConfirmed']).toMatchObject({ required: true });
  for (const name of ['askMedicalExaminer', 'tellFamily'])
    expect(node(name)?.when).toBe('{% $states.input.inputs.deathConfirmed = true %}');
});

it('four at the scene at once; then evidence, a file, a crew, the medical examiner, the family, and the case', () => {
  expect(way(crash)).toBe(
    'PV → [OA ‖ NS ems ‖ PR ‖ DD] → EV → INV → RA → if NS medical-examiner → RR → if supervisor?(NS next-of-kin-officer) → CASE → RR → AUDIT_LOG',
  );
  expect(crash.timeout).toBe(6 * 3600);
});

it('the drone maps a crash under its own exception, and looks for nothing else', () => {
  expect(stepsOf(crash.steps).filter(({ action }) => action === 'DRONE_DISPATCH')).toEqual([
    expect.objectContaining({
      legalBasis: 'FS 934.50(4)(f)',
      with: expect.objectContaining({ purpose: 'crash-mapping', sensors: 'scene-only' }),
    }),
  ]);
});

it('an officer whom a supervisor sends tells the family in person; no message goes to them', () => {
  expect(node('tellFamily')).toMatchObject({ ask: 'supervisor', onSilence: 'escalate', escalateTo: ['watch_commander'] });
  expect(told(crash)).toEqual(['ems', 'medical-examiner', 'next-of-kin-officer']);
});

it('the case is a detective’s to write within ten days; a draft that fails waits for a person, with the crews gone back', () => {
  expect(stepOf(crash, 'prepareCase')).toMatchObject({ with: { author: 'detective', reviewInDays: 10 }, onFailure: 'hold', undo: 'auto' });
  const names = crash.steps.map(({ name }) => name);
  expect(names.indexOf('releaseCrews')).toBeLessThan(names.indexOf('prepareCase'));
  expect(
    stepsOf(crash.steps)
      .filter(({ onFailure }) => onFailure !== 'degrade')
      .map(({ name }) => name),
  ).toEqual(['prepareCase']);
});

it('it names nobody: no parameter holds a name, and none reads the report’s words', () => {
  const values = stepsOf(crash.steps).map(({ with: given }) => given);
  expect(values.flatMap((given) => Object.keys(given)).filter((key) => /name|victim|person/i.test(key))).toEqual([]);
  expect(JSON.stringify(values)).not.toContain('summary');
});
