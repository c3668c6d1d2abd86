import { expect, it } from 'vitest';
import { flatten, stepsOf } from '../../shared/contracts/workflow.ts';
import { activeShooterResponse as shooter } from '../../workflows/active-shooter-response.ts';
import { starts, stepOf, told, triggerOf, way } from './reading.ts';

const starting = starts(shooter);
const two = { incident: { independentSources: 2 } };
const asked = (name: string) => flatten(shooter.steps).find((node) => node.name === name);

it.each([
  ['a panic button', true, { type: 'panic.active-shooter', source: 'sensor_grid' }],
  ['an officer’s panic button', true, { type: 'panic.active-shooter', source: 'officer_safety' }],
  ['a button that a person called wrong', false, { type: 'panic.active-shooter', source: 'sensor_grid', data: { reviewed: false } }],
  ['a button pressed in a drill', false, { type: 'panic.active-shooter', source: 'sensor_grid', data: { exercise: true } }],
  ['a button that a neighbour reports', false, { type: 'panic.active-shooter', source: 'partner_agency' }],
  ['one caller alone', false, { type: 'call.active-shooter', source: 'cad_system' }],
  ['a caller whom a second source bears out', true, { type: 'call.active-shooter', source: 'cad_system', ...two }],
  ['shots alone', false, { type: 'gunshot.detected', source: 'gunshot_detection', ...two }],
  ['a model’s alarm', false, { type: 'call.active-shooter', source: 'ai_sentinel', ...two }],
])('%s starts it: %s', (_what, yes, detail) => {
  expect(starting(detail)).toBe(yes);
});

it('a person and CAD may start it, and it takes over from gunfire', () => {
  expect([triggerOf(shooter, 'MANUAL'), triggerOf(shooter, 'API')]).not.toContain(undefined);
  expect(shooter).toMatchObject({ supersedes: ['gunfire-response'], priority: 'CRITICAL', timeout: 8 * 3600 });
});

it('six things happen in the first minute; then the doors, advice, the public, a drone, partners and evidence', () => {
  expect(way(shooter)).toBe(
    'PV → [OA ‖ SA ‖ PR ‖ RA ‖ NS ems ‖ SEN] → if LOCK → if incident_commander?(LOCK) → TAC → incident_commander + watch_commander?(EB) → DD → FUS → EV → RR → AUDIT_LOG',
  );
});

it('officers are told within 5 s, and a lockdown begins within 30 s however slow the first minute is, and has 30 s', () => {
  const first = flatten(shooter.steps).find(({ name }) => name === 'firstMinute');
  const slowest = Math.max(...stepsOf(first ? [first] : []).map(({ within }) => within));
  expect(stepOf(shooter, 'alertOfficers').within).toBe(5);
  expect(stepOf(shooter, 'validatePolicy').within + slowest).toBeLessThanOrEqual(30);
  expect([stepOf(shooter, 'lockAtOnce').within, stepOf(shooter, 'lockAsOrdered').within]).toEqual([30, 30]);
});

it('only the button itself locks unasked, and that is reviewed; a claim in a request is not the button', () => {
  expect(stepOf(shooter, 'lockAtOnce')).toMatchObject({
    when: "{% (($states.input.startedBy = 'EVENT') and ($states.input.inputs.report = 'panic.active-shooter')) and ($exists($states.input.inputs.site)) %}",
    guardrails: ['life-safety-review'],
  });
  expect(shooter.inputs['report']).toMatchObject({ from: 'type' });
});

it('without the button the incident commander is asked, then the site’s official, then the watch commander', () => {
  expect(asked('orderLockdown')).toMatchObject({
    ask: 'incident_commander',
    within: 30,
    onSilence: 'escalate',
    escalateTo: ['school_official', 'watch_commander'],
  });
});

it('it never unlocks, and the way out stays open: no machine undoes a lockdown, and a named person ends it', () => {
  for (const name of ['lockAtOnce', 'lockAsOrdered'])
    expect(stepOf(shooter, name)).toMatchObject({
      with: { egress: 'open', endedBy: 'incident_commander', exercise: false },
      onFailure: 'degrade',
      undo: 'human',
    });
});

it('two persons warn the public, in three languages, with an end and the words that call it off', () => {
  expect(asked('warnPublic')).toMatchObject({ ask: 'incident_commander', second: 'watch_commander' });
  expect(stepOf(shooter, 'broadcastWarning').with).toMatchObject({
    languages: ['en', 'es', 'ht'],
    expires: '2h',
    owner: 'incident_commander',
    cancelText: expect.any(String),
  });
});

it('nothing that fails calls officers back or ends the response, and only medics are notified', () => {
  expect(stepsOf(shooter.steps).filter(({ onFailure }) => onFailure !== 'degrade')).toEqual([]);
  expect(stepsOf(shooter.steps).flatMap(({ undo, action }) => (undo === 'auto' ? [action] : []))).toEqual([
    'SENSOR_ACTIVATE',
    'DRONE_DISPATCH',
  ]);
  expect(told(shooter)).toEqual(['ems']);
});
