// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { expect, it } from 'vitest';
import { flatten, stepsOf } from '../../shared/contracts/workflow.ts';
import { cyberAttackResponse as attack } from '../../workflows/cyber-attack-response.ts';
import { vocabulary } from '../../workflows/vocabulary/index.ts';
import { starts, stepOf, told, triggerOf, way } from './reading.ts';

const starting = starts(attack);
const incident = (severity: unknown, source = 'cyber_intel') => ({ type: 'cyber.incident', source, data: { severity } });

it.each([
  ['an incident of severity 3', true, incident(3)],
  ['an incident of severity 2', false, incident(2)],
  ['an incident without a severity', false, incident(undefined)],
  ['ransomware of any severity', true, { type: 'cyber.ransomware', source: 'cyber_intel', data: { severity: 1 } }],
  ['ransomware that a person called wrong', false, { type: 'cyber.ransomware', source: 'cyber_intel', data: { reviewed: false } }],
  ['ransomware in a drill', false, { type: 'cyber.ransomware', source: 'cyber_intel', data: { exercise: true } }],
  ['a neighbour’s incident', false, incident(5, 'partner_agency')],
])('%s starts it: %s', (_what, yes, detail) => {
  expect(starting(detail)).toBe(yes);
});

it('the security officer’s own tool may start it', () => {
  expect(triggerOf(attack, 'API')).toBeDefined();
});

it('a snapshot is kept before anything is separated; then the fallback, the partners, and three first notices at once', () => {
  expect(way(attack)).toBe(
    'PV → TA → [SA ‖ NS ciso ‖ NS psap-manager ‖ EV] → if supervisor + ciso?(LOCK) → RA → FUS → [NS state ‖ NS fdle-cybercrime ‖ NS sheriff] → INV → RR → AUDIT_LOG',
  );
  expect(stepOf(attack, 'keepSnapshot')).toMatchObject({ with: { sources: ['network-snapshot'] }, onFailure: 'hold' });
});

it('the segment is separated on the security officer’s and the dispatch floor’s word, and spares 911, CAD and radio', () => {
  const locks = stepsOf(attack.steps).filter(({ action }) => action === 'LOCKDOWN_INITIATE');
  const asked = flatten(attack.steps).find(({ name }) => name === 'approveIsolation');
  expect(asked).toMatchObject({ ask: 'supervisor', second: 'ciso', escalateTo: ['watch_commander'], then: locks });
  expect(locks).toHaveLength(1);
  expect(locks[0]?.with).toMatchObject({ target: 'network-segment', spares: '911-cad-radio', endedBy: 'ciso', egress: 'open' });
  expect(vocabulary.LOCKDOWN_INITIATE.parameters.safeParse({ ...locks[0]?.with, exercise: false, spares: 'nothing' }).success).toBe(false);
});

it('the state, its cybercrime office and the sheriff have the first notice within the shorter of the law’s two times', () => {
  for (const name of ['tellState', 'tellCybercrimeOffice', 'tellSheriff'])
    expect(stepOf(attack, name)).toMatchObject({ with: { purpose: 'report', due: '12h' }, legalBasis: 'FS 282.3185(5)', retries: 5 });
});

it('all of it fits into the twelve hours within which the state must know of ransomware', () => {
  const asked = flatten(attack.steps).flatMap((node) => (node.kind === 'approval' ? [node.within * (1 + node.escalateTo.length)] : []));
  const steps = stepsOf(attack.steps).map(({ within }) => within);
  expect([...asked, ...steps].reduce((sum, one) => sum + one, 0)).toBeLessThan(attack.timeout);
  expect(attack.timeout).toBe(12 * 3600);
});

it('it answers and pays nobody, and wipes nothing: it tells people, keeps, separates and holds', () => {
  expect(told(attack)).toEqual(['ciso', 'fdle-cybercrime', 'psap-manager', 'sheriff', 'state']);
  const words = stepsOf(attack.steps).flatMap(({ with: values }) => Object.values(values));
  expect(words.filter((word) => /ransom|pay|wipe|delete/i.test(String(word)))).toEqual([]);
});
