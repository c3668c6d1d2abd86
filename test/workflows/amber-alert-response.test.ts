import { expect, it } from 'vitest';
import { flatten, type Node, stepsOf } from '../../shared/contracts/workflow.ts';
import { amberAlertResponse as amber } from '../../workflows/amber-alert-response.ts';
import { fits, starts, stepOf, told, triggerOf, way } from './reading.ts';

const starting = starts(amber);
const node = (name: string) => flatten(amber.steps).find((one) => one.name === name);
const behind = (name: string): string[] => {
  const found = node(name) as Node | undefined;
  return found?.kind === 'approval' ? flatten(found.then).map((one) => one.name) : [];
};

const fact = { by: 'detective' };
const criteria = {
  'amber-child': fact,
  'amber-abduction': fact,
  'amber-danger': fact,
  'amber-description': fact,
  'amber-recommendation': fact,
};

it.each([
  ['an abduction that a call-taker reports', true, { type: 'child.abducted', source: 'cad_system' }],
  ['an abduction that a detective reports', true, { type: 'child.abducted', source: 'investigations' }],
  ['an abduction in a drill', false, { type: 'child.abducted', source: 'cad_system', data: { exercise: true } }],
  ['a dispute over custody', false, { type: 'custody.disputed', source: 'cad_system' }],
  ['a missing child', false, { type: 'missing-person.reported', source: 'cad_system', data: { child: true } }],
  ['a neighbour’s word', false, { type: 'child.abducted', source: 'partner_agency' }],
])('%s starts it: %s', (_what, yes, detail) => {
  expect(starting(detail)).toBe(yes);
});

it('all five attested criteria start it as well, and any four do not', () => {
  expect(fits(amber, 'CONDITION', { facts: criteria })).toBe(true);
  for (const one of Object.keys(criteria))
    expect(fits(amber, 'CONDITION', { facts: Object.fromEntries(Object.entries(criteria).filter(([kind]) => kind !== one)) })).toBe(false);
  expect(triggerOf(amber, 'MANUAL')).toBeDefined();
});

it('four at once; then the supervisor, the recommendation and the repetition of the state’s alert, the search, a file, the cancellation', () => {
  expect(way(amber)).toBe(
    'PV → [OA ‖ supervisor?(BOLO) ‖ FUS ‖ RA] → SA → chief?(NS state → watch_commander + chief?(EB)) → [SEN ‖ DD ‖ PR] → INV → watch_commander?([NS bolo-recipients ‖ NS broadcast-recipients ‖ NS state]) → RR → AUDIT_LOG',
  );
});

it('the chief, or then the watch commander, attests within 15 min; before that nothing goes to the state or the public', () => {
  expect(node('recommendAlert')).toMatchObject({ ask: 'chief', within: 900, onSilence: 'escalate', escalateTo: ['watch_commander'] });
  expect(behind('recommendAlert')).toEqual(['recommendToState', 'repeatStateAlert', 'repeatAlert']);
  expect(amber.guardrails).toContain('amber-criteria');
});

it('it issues no alert: two persons say that the state did, and the city repeats it', () => {
  expect(node('repeatStateAlert')).toMatchObject({ ask: 'watch_commander', second: 'chief', onSilence: 'refuse' });
  expect(behind('repeatStateAlert')).toEqual(['repeatAlert']);
  expect(
    stepsOf(amber.steps)
      .filter(({ action }) => action === 'EMERGENCY_BROADCAST')
      .map(({ name }) => name),
  ).toEqual(['repeatAlert']);
  expect(stepOf(amber, 'recommendToState').with).toMatchObject({ to: 'state', purpose: 'request' });
});

it('whoever was told of the look-out, the alert and the recommendation is told when it is over', () => {
  const cancelled = behind('endAlert').flatMap((name) => {
    const found = node(name);
    return found?.kind === 'step' ? [[found.with['to'], found.with['purpose']]] : [];
  });
  expect(cancelled).toEqual([
    ['bolo-recipients', 'cancel'],
    ['broadcast-recipients', 'cancel'],
    ['state', 'cancel'],
  ]);
  expect(told(amber)).toEqual(['bolo-recipients', 'broadcast-recipients', 'state']);
});

it('officers are told within 10 s, and the look-out waits a minute for a supervisor and ends within a day', () => {
  expect(stepOf(amber, 'alertOfficers').within).toBe(10);
  expect(node('allowBolo')).toMatchObject({ ask: 'supervisor', within: 60, onSilence: 'refuse' });
  expect(stepOf(amber, 'issueBolo').with).toMatchObject({ subject: 'vehicle', expires: '24h', cancelText: expect.any(String) });
});
