// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { expect, it } from 'vitest';
import type { Node } from '../../../shared/contracts/workflow.ts';
import { check } from '../../../statemachines/compile/index.ts';
import { not, startedBy } from '../../../workflows/language/condition.ts';
import { condition, event } from '../../../workflows/language/event.ts';
import { anApproval, aStep, aWorkflow } from './samples.ts';
import { isWrong, type Wrong } from './wrong.ts';

const told = { expires: '2h', owner: 'chief', cancelText: 'The warning is over.' };
const broadcast = (topic: string) =>
  aStep('tell', {
    action: 'EMERGENCY_BROADCAST',
    with: { ...told, topic, area: { radiusM: 100 }, languages: ['en'], accessible: true, exercise: false },
  });
const lock = aStep('lock', {
  action: 'LOCKDOWN_INITIATE',
  with: { target: 'school', site: 'S1', egress: 'open', endedBy: 'school_official', exercise: false },
  undo: 'human',
  guardrails: ['life-safety-review'],
});
const notify = (to: string, more = {}) =>
  aStep('notify', { action: 'NOTIFICATION_SEND', with: { topic: 'mass-casualty', to, purpose: 'inform' }, ...more });
const readers = (what: string, more = {}) =>
  aStep('read', { action: 'SENSOR_ACTIVATE', with: { what, radiusM: 100, keepMinutes: 5, ...more } });
const screen = { action: 'HUMAN_STABILITY_ALERT', with: { screen: 'officer-wellness', expires: '12h' } } as const;
const clinician = { action: 'CO_RESPONDER_DISPATCH', with: { mode: 'remote', with: 'alone' } } as const;
const asked = (then: Node[], more = {}) => anApproval({ then, ...more });

const fused = { on: [condition({ facts: { x: {} } })] };
const either = { on: [event({ type: 'a.b', source: 'sensor_grid' }), ...fused.on] };
const heard = { on: [event({ type: 'a.b', source: ['partner_agency', 'dispatch'] })] };
const basis = '45 CFR 164.512(j)';
const inCase = { caseNumber: '26-1', purpose: 'missing-person' };

const sound: readonly [string, Node[], object?][] = [
  ['a broadcast on two persons’ yes', [asked([broadcast('active-shooter')], { second: 'watch_commander' })]],
  ['a broadcast about a missing person on one’s', [asked([broadcast('missing-person')])]],
  ['a lockdown that only a sensor’s event starts', [{ ...lock, when: not(startedBy('CONDITION')) }], either],
  ['a lockdown on hearsay that a person approves', [asked([lock])], heard],
  ['a notice to a hospital that names its paragraph', [notify('hospitals', { legalBasis: basis })]],
  ['a notice to medics', [notify('ems')]],
  ['one plate, in a case', [readers('lpr-one-plate', inCase)]],
  ['a plate’s history on a yes', [asked([readers('lpr-history', inCase)])]],
  ['a camera', [readers('cameras')]],
];
it.each(sound)('%s is lawful', (_what, nodes, more = {}) => {
  expect(check(aWorkflow(nodes, more))).toEqual([]);
});

const wrong: readonly Wrong[] = [
  ...['active-shooter', 'mass-casualty', 'natural-disaster', 'terrorist-threat', 'school-threat'].map(
    (topic): Wrong => ['SECOND_PERSON_MISSING', 'sample.tell', [asked([broadcast(topic)])]],
  ),
  ['UNAPPROVED_IRREVERSIBLE', 'sample.tell', [{ ...broadcast('missing-person'), guardrails: ['life-safety-review'] }]],
  ['HEARSAY_LOCKS', 'sample.lock', [lock], fused],
  ['HEARSAY_LOCKS', 'sample.lock', [lock], heard],
  ['HEARSAY_LOCKS', 'sample.lock', [{ kind: 'repeat', name: 'r', every: 1, times: 2, steps: [lock] }], heard],
  ['HEALTH_WITHOUT_BASIS', 'sample.a.legalBasis', [aStep('a', screen)]],
  ['HEALTH_WITHOUT_BASIS', 'sample.a.legalBasis', [aStep('a', { ...clinician, undo: 'human', legalBasis: 'FS 394.463' })]],
  ...['hospitals', '988', 'facility'].map((to): Wrong => ['HEALTH_WITHOUT_BASIS', 'sample.notify.legalBasis', [notify(to)]]),
  ['PLATE_WITHOUT_CASE', 'sample.read.with', [readers('lpr-one-plate', { purpose: 'missing-person' })]],
  ['PLATE_WITHOUT_CASE', 'sample.read.with', [readers('lpr-one-plate', { caseNumber: '26-1' })]],
  ['UNAPPROVED_SEARCH', 'sample.read', [readers('lpr-history', inCase)]],
  ['SILENCE_MUST_REFUSE', 'sample.ask.onSilence', [asked([readers('cameras')], { onSilence: 'escalate', escalateTo: ['chief'] })]],
  [
    'SILENCE_MUST_REFUSE',
    'sample.ask.onSilence',
    [asked([{ kind: 'parallel', name: 'p', branches: { x: [readers('cameras')] } }], { onSilence: 'escalate', escalateTo: ['chief'] })],
  ],
];
isWrong(wrong);

it('a question that climbs may lead to one that does not, and that one to a search', () => {
  const search = anApproval({ name: 'search', then: [readers('cameras')] });
  expect(check(aWorkflow([asked([search], { onSilence: 'escalate', escalateTo: ['chief'] })]))).toEqual([]);
});
