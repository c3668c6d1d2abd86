// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { expect, it } from 'vitest';
import type { Role } from '../../../shared/contracts/vocabulary.ts';
import type { Node, Step, Trigger, Workflow } from '../../../shared/contracts/workflow.ts';
import { NEVER_AUTOMATIC } from '../../../statemachines/compile/check/never-automatic.ts';
import { check } from '../../../statemachines/compile/index.ts';
import { chain, condition, event } from '../../../workflows/language/event.ts';
import { anApproval, aStep, aWorkflow } from './samples.ts';

/** The column "never automatic" of the domain's table, as it stands there, a response a line. */
const COLUMN: Readonly<Record<string, string>> = {
  'gunfire-response': 'Stops; predicting a person',
  'active-shooter-response': 'Unlocking, blocked egress',
  'officer-distress-response': 'Cancelling without voice code; an armed robot',
  'pursuit-coordination': 'Start, spikes, PIT',
  'missing-person-response': 'Telling the reporter where a competent adult is',
  'amber-alert-response': 'SWOE issuing it; a custody dispute alone',
  'hot-vehicle-response': 'Stop; dispatch on a partial plate',
  'lpr-hot-hit-response': 'Unverified dispatch',
  'traffic-fatality-response': 'Names; kin by message; drone for infractions',
  'crisis-escalation-response': 'Custody; a prefilled accusation',
  'dv-risk-escalation-response': 'A score from data; messaging the victim’s phone; naming the centre',
  'mental-health-crisis-response': 'Involuntary hold; DD at home; a permanent danger flag',
  'mass-casualty-response': 'Overriding medical triage; names',
  'natural-disaster-response': 'The evacuation order',
  'civil-unrest-response': 'Dispersal; identifying attendees',
  'terrorist-threat-response': 'Detention on a watchlist; speech or religion as a basis',
  'cyber-attack-response': 'Isolating 911, CAD or radio; ransom (282.3186); wiping',
  'drug-operation-response': 'A tip as trigger; imaging a home; entry; an open-channel feed',
  'gang-activity-response': 'Database entry; dress or association alone',
  'school-threat-response': 'Predicting a student; unlocking; juvenile names',
};
/** A comma parts items in these two; elsewhere it belongs to one. */
const parts = (text: string): string[] => text.split(/^(?:Unlocking|Start)/.test(text) ? /, / : /; /);

type Case = readonly [nodes: readonly Node[], more?: Partial<Workflow>];

const does = (action: Step['action'], values: object = {}, more: Partial<Step> = {}): Case => [
  [aStep('a', { action, with: { ...values }, undo: 'human', ...more })],
];
const on = (trigger: Trigger, topic: string): Case => [
  [aStep('a', { action: 'SUPERVISOR_ALERT', with: { topic, role: 'chief' }, undo: 'human' })],
  { on: [trigger] },
];
const within = (topic: string, [nodes]: Case): Case => [
  [...nodes, aStep('tell', { action: 'SUPERVISOR_ALERT', with: { topic, role: 'chief' }, undo: 'human' })],
];
const started = (type: string, [nodes]: Case): Case => [nodes, { on: [event({ type, source: 'dispatch' })] }];
const asked = ([nodes]: Case, ask: Role): Case => [[anApproval({ ask, then: [...nodes] })]];

const lock = { target: 'school', site: 'S1', egress: 'open', endedBy: 'school_official', exercise: false };
const segment = { ...lock, target: 'network-segment', endedBy: 'ciso' };
const drone = { purpose: 'scene-overview', sensors: 'scene-only', enRoute: 'stowed', acceptedBy: 'remote_pilot' };
const broadcast = { topic: 'amber', expires: '2h', owner: 'chief', cancelText: 'It is cancelled.', area: { radiusM: 9 } };
const look = { what: 'cameras', radiusM: 100, keepMinutes: 5 };
const inCase = { purpose: 'warrant', caseNumber: '26-1' };
const screen = (name: string, expires = '12h') =>
  does('HUMAN_STABILITY_ALERT', { screen: name, expires }, { legalBasis: '45 CFR 164.512(j)' });
const notify = (to: string, purpose = 'inform') => does('NOTIFICATION_SEND', { topic: 'gunfire', to, purpose });
const patrol = (mode: string) => does('PATROL_REROUTE', { mode });
const update = (change: string) => does('INVESTIGATION_UPDATE', { change, incidentId: 'I1' });
const after = (score: string, action: Step['action'], values: object): Case => [
  [
    ...screen('crisis')[0],
    aStep('b', { action, with: { ...values }, undo: 'human', when: `{% $states.input.said.a.risk = '${score}' %}` }),
  ],
];

/** Workflows that would do it. */
const VIOLATIONS: Readonly<Record<string, readonly Case[]>> = {
  Stops: [patrol('stop'), patrol('traffic-stop'), patrol('detain')],
  'predicting a person': [does('PREDICTIVE_ALERT', { about: 'person', radiusM: 1, horizon: '1h', expires: '1h' })],
  Unlocking: [does('LOCKDOWN_INITIATE', lock, { undo: 'auto' }), does('LOCKDOWN_INITIATE', { ...lock, target: 'unlock' })],
  'blocked egress': [does('LOCKDOWN_INITIATE', { ...lock, egress: 'blocked' })],
  'Cancelling without voice code': [
    within('officer-distress', notify('ems', 'cancel')),
    within('officer-distress', does('RESOURCE_RELEASE', { which: 'ground' })),
  ],
  'an armed robot': [does('ROBOT_DISPATCH', { purpose: 'look', unarmed: false }), does('ROBOT_DISPATCH', { purpose: 'look' })],
  Start: [
    patrol('pursue'),
    on(event({ type: 'vehicle.fled', source: 'dispatch' }), 'pursuit'),
    on(condition({ facts: { x: {} } }), 'pursuit'),
    on(chain('gunfire-response', { status: ['COMPLETED'] }, 'x'), 'pursuit'),
  ],
  spikes: [does('RESOURCE_ALLOCATE', { purpose: 'spikes' }), asked(does('RESOURCE_ALLOCATE', { purpose: 'spikes' }), 'remote_pilot')],
  PIT: [patrol('pit')],
  'Telling the reporter where a competent adult is': [notify('reporter')],
  'SWOE issuing it': [does('EMERGENCY_BROADCAST', broadcast), asked(does('EMERGENCY_BROADCAST', broadcast), 'supervisor')],
  'a custody dispute alone': [
    on(event({ type: 'custody.disputed', source: 'dispatch' }), 'amber'),
    on(condition({ facts: { 'amber-child': {}, 'amber-abduction': {} } }), 'amber'),
  ],
  Stop: [started('vehicle.wanted', patrol('stop'))],
  'dispatch on a partial plate': [
    started('vehicle.wanted', patrol('respond')),
    on(event({ type: 'plate.hit', source: 'lpr_network', data: { partial: [true] } }), 'lpr-hit'),
  ],
  'Unverified dispatch': [started('plate.hit', patrol('respond')), started('plate.hit', does('RESOURCE_ALLOCATE', { purpose: 'respond' }))],
  Names: [does('NOTIFICATION_SEND', { to: 'ems', victimName: 'x' }), does('BOLO_ISSUE', { reference: '{% $states.input.summary %}' })],
  'kin by message': [notify('next-of-kin'), notify('next-of-kin-officer'), asked(notify('next-of-kin-officer'), 'remote_pilot')],
  'drone for infractions': [
    does('DRONE_DISPATCH', { ...drone, purpose: 'infractions' }),
    within('traffic-fatality', does('DRONE_DISPATCH', drone)),
    started('traffic.infraction', does('DRONE_DISPATCH', drone)),
  ],
  Custody: [patrol('custody')],
  'a prefilled accusation': [
    does('CASE_GENERATION', { kind: 'crisis', author: 'officer', reviewInDays: 1, accusation: 'x' }),
    does('CASE_GENERATION', { author: 'swoe' }),
  ],
  'A score from data': [
    within('domestic-violence', screen('crisis')),
    after('high', 'PATROL_REROUTE', { mode: 'respond' }),
    after('high', 'DRONE_DISPATCH', drone),
  ],
  'messaging the victim’s phone': [notify('victim'), notify('victim-phone')],
  'naming the centre': [does('CASE_GENERATION', { centre: 'x' }), within('domestic-violence', does('BOLO_ISSUE', {}))],
  'Involuntary hold': [
    within('mental-health', does('RESOURCE_ALLOCATE', { purpose: 'transport' })),
    within('mental-health', asked(does('RESOURCE_ALLOCATE', { purpose: 'transport' }), 'supervisor')),
    within('crisis', notify('facility', 'hold')),
  ],
  'DD at home': [within('mental-health', does('DRONE_DISPATCH', drone))],
  'a permanent danger flag': [screen('crisis', '25h'), screen('crisis', '{% $states.input.inputs.long %}'), update('danger-flag')],
  'Overriding medical triage': [notify('hospitals', 'triage')],
  names: [does('NOTIFICATION_SEND', { to: 'hospitals', patients: ['x'] })],
  'The evacuation order': [notify('zones', 'evacuate'), does('EMERGENCY_BROADCAST', { evacuationOrder: true })],
  Dispersal: [notify('zones', 'disperse'), asked(notify('zones', 'disperse'), 'supervisor')],
  'identifying attendees': [
    within('civil-unrest', does('SENSOR_ACTIVATE', { ...look, what: 'faces' })),
    within('civil-unrest', does('SENSOR_ACTIVATE', { ...look, what: 'lpr-one-plate' })),
    within('civil-unrest', does('FUSION_CLOUD_SYNC', { index: 'ncic', purpose: 'search' })),
    within('civil-unrest', does('DRONE_DISPATCH', { ...drone, purpose: 'search' })),
  ],
  'Detention on a watchlist': [
    patrol('detain'),
    does('FUSION_CLOUD_SYNC', { index: 'watchlist', purpose: 'search' }),
    on(event({ type: 'watchlist.hit', source: 'fusion_cloud' }), 'terrorist-threat'),
  ],
  'speech or religion as a basis': [
    does('THREAT_ASSESSMENT', { topic: 'terrorist-threat', basis: 'speech' }),
    on(event({ type: 'threat.credible', source: 'threat_intel', data: { basis: ['religion'] } }), 'terrorist-threat'),
  ],
  'Isolating 911, CAD or radio': [
    does('LOCKDOWN_INITIATE', segment),
    does('LOCKDOWN_INITIATE', { ...segment, spares: 'nothing' }),
    does('LOCKDOWN_INITIATE', { ...segment, site: 'vlan-CAD' }),
    asked(does('LOCKDOWN_INITIATE', segment), 'supervisor'),
  ],
  'ransom (282.3186)': [notify('ciso', 'pay-ransom'), does('NOTIFICATION_SEND', { to: 'ciso', payment: 1 })],
  wiping: [does('EVIDENCE_COLLECTION', { operation: 'wipe' })],
  'A tip as trigger': [
    on(event({ type: 'tip.received', source: 'investigations' }), 'drug-operation'),
    on(event({ type: 'operation.planned', source: 'ai_sentinel' }), 'drug-operation'),
    on(event({ type: 'operation.planned' }), 'drug-operation'),
    on(condition({ facts: { x: {} } }), 'drug-operation'),
  ],
  'imaging a home': [
    does('SENSOR_ACTIVATE', { ...look, what: 'thermal' }),
    within('drug-operation', does('DRONE_DISPATCH', drone)),
    within('drug-operation', does('SENSOR_ACTIVATE', { ...look, ...inCase, purpose: 'scene-safety' })),
  ],
  entry: [patrol('entry'), does('RESOURCE_ALLOCATE', { purpose: 'breach' })],
  'an open-channel feed': [
    does('OFFICER_ALERT', { topic: 'drug-operation', channel: 'main' }),
    within('drug-operation', does('THREAT_BROADCAST', {})),
  ],
  'Database entry': [
    update('database-entry'),
    within('gang-activity', update('add-record')),
    within('gang-activity', does('FUSION_CLOUD_SYNC', { index: 'state', purpose: 'share', for: 'criminal-justice' })),
  ],
  'dress or association alone': [
    does('THREAT_ASSESSMENT', { topic: 'gang-activity', basis: 'association' }),
    on(event({ type: 'gang.violence', source: 'investigations', data: { criteria: ['dress'] } }), 'gang-activity'),
    on(event({ type: 'gang.association', source: 'investigations' }), 'gang-activity'),
  ],
  'Predicting a student': [
    screen('student-risk'),
    within('school-threat', does('PREDICTIVE_ALERT', { about: 'places', radiusM: 1, horizon: '1h', expires: '1h' })),
  ],
  unlocking: [does('LOCKDOWN_INITIATE', lock, { undo: 'auto' })],
  'juvenile names': [does('NOTIFICATION_SEND', { to: 'school-threat-team', juvenile: 'x' })],
};

it('the rules are the column, item by item, and each says why', () => {
  const column = Object.entries(COLUMN).flatMap(([response, text]) => parts(text).map((item) => [response, item]));
  expect(NEVER_AUTOMATIC.map(({ response, item }) => [response, item])).toEqual(column);
  expect(column).toHaveLength(45);
  expect(Object.keys(VIOLATIONS)).toEqual(column.map(([, item]) => item));
  for (const { sentence } of NEVER_AUTOMATIC) expect(sentence.length).toBeGreaterThan(20);
});

const cases = NEVER_AUTOMATIC.flatMap(({ response, item, sentence }) =>
  (VIOLATIONS[item] ?? []).map((violation, at) => ({ response, item, sentence, violation, at })),
);
it.each(cases)('$response: "$item" does not compile ($at)', ({ item, sentence, violation: [nodes, more] }) => {
  expect(check(aWorkflow(nodes, more))).toContainEqual(
    expect.objectContaining({ code: 'NEVER_AUTOMATIC', cause: `${item}: ${sentence}`, mend: expect.stringContaining('person') }),
  );
});

const allowed: readonly [string, Case][] = [
  ['help for an officer is called off on a person’s yes', within('officer-distress', asked(notify('ems', 'cancel'), 'supervisor'))],
  ['spikes on a supervisor’s yes', asked(does('RESOURCE_ALLOCATE', { purpose: 'spikes' }), 'supervisor')],
  ['an officer goes to the next of kin when a supervisor sends him', asked(notify('next-of-kin-officer'), 'supervisor')],
  ['an officer goes to a vehicle after a yes', started('vehicle.wanted', asked(patrol('respond'), 'supervisor'))],
  ['a pursuit that an officer declared', on(event({ type: 'pursuit.declared', source: 'dispatch' }), 'pursuit')],
  ['an operation that a case agent planned', on(event({ type: 'operation.planned', source: 'investigations' }), 'drug-operation')],
  ['officers crossing an open square', patrol('respond')],
];
it.each(allowed)('%s', (_what, [nodes, more]) => {
  expect(check(aWorkflow(nodes, more)).filter(({ code }) => code === 'NEVER_AUTOMATIC')).toEqual([]);
});
