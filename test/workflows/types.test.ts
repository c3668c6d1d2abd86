// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { expect, expectTypeOf, it } from 'vitest';
import { approval, defineWorkflow, parallel, repeat, step } from '../../workflows/language/define.ts';
import { place } from '../../workflows/language/input.ts';
import type { AnyNode, FreeNode } from '../../workflows/language/types.ts';

/** What must not compile. `npm run typecheck` is the test: an unused @ts-expect-error is an error. The bodies are never run. */
const never = (...bodies: (() => unknown)[]): void => expect(bodies.length).toBeGreaterThan(0);

const drone = { purpose: 'scene-overview', sensors: 'scene-only', enRoute: 'stowed', acceptedBy: 'remote_pilot' } as const;
const places = { about: 'places', radiusM: 1000, horizon: '2h', expires: '2h' } as const;
const bolo = { expires: '24h', owner: 'supervisor', cancelText: 'The BOLO is cancelled.', subject: 'vehicle', reference: 'C-1' } as const;
const lock = { target: 'school', site: 'S1', egress: 'open', endedBy: 'school_official', exercise: false } as const;
const advice = { question: 'approach', radiusM: 1, label: 'advice', expires: '5m' } as const;

const auto = { within: '90s', onFailure: 'degrade', undo: 'auto' } as const;
const human = { within: '90s', onFailure: 'degrade', undo: 'human' } as const;
const reviewed = { lifeSafety: { review: '24h' } } as const;
const question = { ask: 'supervisor', question: 'May we?', within: '90s' } as const;
const health = '45 CFR 164.512(j)';
const legalBasis = 'FS 934.50(4)(c)';

const predict = () => step('predict', { action: 'PREDICTIVE_ALERT', with: places, ...human });
const tactics = () => step('tactics', { action: 'TACTICAL_ANALYSIS', with: advice, ...human });
const about = { name: 'w', title: 'W', version: 1, purpose: 'p', priority: 'LOW', timeout: '1h', on: [], guardrails: [] } as const;
const workflow = (steps: readonly FreeNode[]) => defineWorkflow({ ...about, inputs: { location: place({ required: true }) }, steps });

it('a step without undo, onFailure or a clock does not compile', () => {
  never(
    // @ts-expect-error onFailure is missing
    () => step('a', { action: 'AUDIT_LOG', with: { entry: 'closing' }, within: '5s', undo: 'never' }),
    // @ts-expect-error undo is missing
    () => step('a', { action: 'AUDIT_LOG', with: { entry: 'closing' }, within: '5s', onFailure: 'degrade' }),
    // @ts-expect-error within is missing
    () => step('a', { action: 'AUDIT_LOG', with: { entry: 'closing' }, onFailure: 'degrade', undo: 'never' }),
    // @ts-expect-error a number is no duration
    () => step('a', { action: 'AUDIT_LOG', with: { entry: 'closing' }, ...human, within: 5 }),
    // @ts-expect-error nobody knows how to unwrite a record
    () => step('a', { action: 'AUDIT_LOG', with: { entry: 'closing' }, ...auto }),
  );
});

it('a word that is not known of a type of units does not compile', () => {
  const stages = { action: 'RESOURCE_ALLOCATE', with: { purpose: 'staging' }, ...auto } as const;
  const looks = { action: 'SENSOR_ACTIVATE', with: { what: 'cameras', radiusM: 1, keepMinutes: 1 }, ...auto } as const;
  never(
    // @ts-expect-error no officer is certified for that
    () => step('s', { ...stages, needs: { OFFICER: { count: 1, certifications: ['als'] } } }),
    // @ts-expect-error a certification is no capability
    () => step('s', { ...stages, needs: { OFFICER: { count: 1, capabilities: ['cit'] } } }),
    // @ts-expect-error how many is missing
    () => step('s', { ...stages, needs: { OFFICER: { certifications: ['cit'] } } }),
    // @ts-expect-error how long it is worth waiting for is missing
    () => step('s', { ...stages, needs: { OFFICER: { count: 1, prefers: { certifications: ['cit'] } } } }),
    // @ts-expect-error nothing is known of a camera
    () => step('s', { ...looks, needs: { CAMERA: { count: 1, capabilities: ['thermal'] } } }),
    () => step('s', { ...looks, needs: { CAMERA: 1 } }),
    () => step('s', { ...stages, needs: { OFFICER: { count: 2, certifications: ['cit'] }, VEHICLE: { count: 1, capabilities: ['aed'] } } }),
  );
});

it('an irreversible action stands only behind an approval or a reviewed life-safety override', () => {
  const ask = approval('ask', { ...question, onSilence: 'refuse', then: [predict()] });
  const locked = step('lock', { action: 'LOCKDOWN_INITIATE', with: lock, ...human, ...reviewed });
  expectTypeOf(predict()).not.toExtend<FreeNode>();
  expectTypeOf(predict()).toExtend<AnyNode>();
  expectTypeOf(tactics()).toExtend<FreeNode>();
  expectTypeOf(ask).toExtend<FreeNode>();
  expectTypeOf(locked).toExtend<FreeNode>();
  never(
    // @ts-expect-error a prediction goes out unasked
    () => workflow([predict()]),
    // @ts-expect-error hiding it in a branch does not help
    () => workflow([parallel('p', { a: [tactics()], b: [predict()] })]),
    // @ts-expect-error nobody reviews it
    () => step('l', { action: 'LOCKDOWN_INITIATE', with: lock, ...human, lifeSafety: {} }),
    () => workflow([ask, locked, parallel('p', { a: [tactics()], b: [ask] })]),
  );
});

it('a drone without its legal basis does not compile', () => {
  never(
    // @ts-expect-error legalBasis is missing
    () => step('d', { action: 'DRONE_DISPATCH', with: drone, needs: { DRONE: 1 }, ...auto }),
    // @ts-expect-error that is no exception of the statute
    () => step('d', { action: 'DRONE_DISPATCH', with: drone, legalBasis: 'because', ...auto }),
    // @ts-expect-error a drone hears nothing
    () => step('d', { action: 'DRONE_DISPATCH', with: { ...drone, audio: true }, legalBasis, ...auto }),
    // @ts-expect-error a drone is no helicopter
    () => step('d', { action: 'DRONE_DISPATCH', with: drone, needs: { HELICOPTER: 1 }, legalBasis, ...auto }),
    () => step('d', { action: 'DRONE_DISPATCH', with: drone, needs: { DRONE: 1 }, legalBasis, ...auto }),
  );
});

it('a broadcast or BOLO without expiry, owner or cancel text does not compile', () => {
  const { expires, ...endless } = bolo;
  const { owner, ...ownerless } = bolo;
  const { cancelText, ...final } = bolo;
  expect([expires, owner, cancelText]).not.toContain(undefined);
  never(
    // @ts-expect-error it never ends
    () => step('b', { action: 'BOLO_ISSUE', with: endless, ...auto }),
    // @ts-expect-error nobody owns it
    () => step('b', { action: 'BOLO_ISSUE', with: ownerless, ...auto }),
    // @ts-expect-error nobody can call it off
    () => step('b', { action: 'BOLO_ISSUE', with: final, ...auto }),
    () => step('b', { action: 'BOLO_ISSUE', with: bolo, ...auto }),
  );
});

it('help never fails the run, and no machine calls it back or locks the way out', () => {
  never(
    // @ts-expect-error a machine would recall officers
    () => step('p', { action: 'PATROL_REROUTE', with: { mode: 'respond' }, ...auto }),
    // @ts-expect-error its miss would end the response
    () => step('p', { action: 'PATROL_REROUTE', with: { mode: 'respond' }, ...human, onFailure: 'fail' }),
    // @ts-expect-error a timeout never unlocks
    () => step('l', { action: 'LOCKDOWN_INITIATE', with: lock, ...auto, ...reviewed }),
    // @ts-expect-error the way out stays open
    () => step('l', { action: 'LOCKDOWN_INITIATE', with: { ...lock, egress: 'blocked' }, ...human }),
  );
});

it('a prediction about a person, an armed robot and an undeclared parameter do not compile', () => {
  never(
    // @ts-expect-error places and vehicles only
    () => step('p', { action: 'PREDICTIVE_ALERT', with: { ...places, about: 'person' }, ...human }),
    // @ts-expect-error it is unarmed
    () => step('r', { action: 'ROBOT_DISPATCH', with: { purpose: 'look', unarmed: false }, ...auto }),
    // @ts-expect-error no schema has a payload
    () => step('r', { action: 'ROBOT_DISPATCH', with: { purpose: 'look', unarmed: true, payload: 'x' }, ...auto }),
    () => step('i', { action: 'INVESTIGATION_CREATE', with: { kind: 'gunfire', incidentId: '{% $states.input.incidentId %}' }, ...auto }),
  );
});

it('an approval says what silence means', () => {
  never(
    // @ts-expect-error onSilence is missing
    () => approval('a', { ...question, then: [tactics()] }),
    // @ts-expect-error it escalates to nobody
    () => approval('a', { ...question, onSilence: 'escalate', then: [tactics()] }),
  );
});

it('what no machine decides has no word in the vocabulary', () => {
  const notice = { topic: 'gunfire', purpose: 'inform' } as const;
  const screen = { expires: '12h' } as const;
  const file = { kind: 'crisis', author: 'officer', reviewInDays: 30 } as const;
  const alert = { topic: 'drug-operation', radiusM: 1, escalateToVoiceAfter: '15s', premiseHazards: 'attached' } as const;
  const look = { radiusM: 1, keepMinutes: 5 } as const;
  const kept = { sources: ['lpr' as const], beforeMinutes: 1, afterMinutes: 1 };
  never(
    // @ts-expect-error stops
    () => step('p', { action: 'PATROL_REROUTE', with: { mode: 'stop' }, ...human }),
    // @ts-expect-error PIT
    () => step('p', { action: 'PATROL_REROUTE', with: { mode: 'pit' }, ...human }),
    // @ts-expect-error the start of a pursuit
    () => step('p', { action: 'PATROL_REROUTE', with: { mode: 'pursue' }, ...human }),
    // @ts-expect-error entry
    () => step('p', { action: 'PATROL_REROUTE', with: { mode: 'entry' }, ...human }),
    // @ts-expect-error custody
    () => step('c', { action: 'CO_RESPONDER_DISPATCH', with: { mode: 'custody', with: 'alone' }, legalBasis: health, ...human }),
    // @ts-expect-error unlocking
    () => step('l', { action: 'LOCKDOWN_INITIATE', with: { ...lock, target: 'unlock' }, ...human }),
    // @ts-expect-error separating what answers calls for help
    () => step('l', { action: 'LOCKDOWN_INITIATE', with: { ...lock, target: 'network-segment', spares: 'nothing' }, ...human }),
    // @ts-expect-error telling the reporter
    () => step('n', { action: 'NOTIFICATION_SEND', with: { ...notice, to: 'reporter' }, ...human }),
    // @ts-expect-error kin by message
    () => step('n', { action: 'NOTIFICATION_SEND', with: { ...notice, to: 'next-of-kin' }, ...human }),
    // @ts-expect-error the victim's phone
    () => step('n', { action: 'NOTIFICATION_SEND', with: { ...notice, to: 'victim' }, ...human }),
    // @ts-expect-error the evacuation order
    () => step('n', { action: 'NOTIFICATION_SEND', with: { topic: 'natural-disaster', to: 'zones', purpose: 'evacuate' }, ...human }),
    // @ts-expect-error ransom
    () => step('n', { action: 'NOTIFICATION_SEND', with: { topic: 'cyber-attack', to: 'ciso', purpose: 'pay-ransom' }, ...human }),
    // @ts-expect-error triage
    () => step('n', { action: 'NOTIFICATION_SEND', with: { topic: 'mass-casualty', to: 'hospitals', purpose: 'triage' }, ...human }),
    // @ts-expect-error names
    () => step('n', { action: 'NOTIFICATION_SEND', with: { ...notice, to: 'ems', names: ['x'] }, ...human }),
    // @ts-expect-error wiping
    () => step('e', { action: 'EVIDENCE_COLLECTION', with: { ...kept, operation: 'wipe' }, ...human }),
    // @ts-expect-error a score from data
    () => step('h', { action: 'HUMAN_STABILITY_ALERT', with: { ...screen, screen: 'lethality-from-data' }, legalBasis: health, ...human }),
    // @ts-expect-error predicting a student
    () => step('h', { action: 'HUMAN_STABILITY_ALERT', with: { ...screen, screen: 'student-risk' }, legalBasis: health, ...human }),
    // @ts-expect-error a prefilled accusation
    () => step('c', { action: 'CASE_GENERATION', with: { ...file, accusation: 'x' }, ...human }),
    // @ts-expect-error naming the centre
    () => step('c', { action: 'CASE_GENERATION', with: { ...file, centre: 'x' }, ...human }),
    // @ts-expect-error an entry in a gang file
    () => step('i', { action: 'INVESTIGATION_UPDATE', with: { change: 'database-entry', incidentId: 'I' }, ...human }),
    // @ts-expect-error a permanent danger flag
    () => step('i', { action: 'INVESTIGATION_UPDATE', with: { change: 'danger-flag', incidentId: 'I' }, ...human }),
    // @ts-expect-error speech as a basis
    () => step('t', { action: 'THREAT_ASSESSMENT', with: { topic: 'terrorist-threat', basis: 'speech' }, ...human }),
    // @ts-expect-error a watchlist
    () => step('f', { action: 'FUSION_CLOUD_SYNC', with: { index: 'watchlist', purpose: 'search' }, ...human }),
    // @ts-expect-error identifying attendees
    () => step('s', { action: 'SENSOR_ACTIVATE', with: { ...look, what: 'faces' }, ...auto }),
    // @ts-expect-error imaging a home
    () => step('s', { action: 'SENSOR_ACTIVATE', with: { ...look, what: 'thermal' }, ...auto }),
    // @ts-expect-error an open channel
    () => step('o', { action: 'OFFICER_ALERT', with: { ...alert, channel: 'open' }, ...human }),
    // @ts-expect-error a drone for infractions
    () => step('d', { action: 'DRONE_DISPATCH', with: { ...drone, purpose: 'infractions' }, legalBasis, ...auto }),
    () => step('o', { action: 'OFFICER_ALERT', with: alert, ...human }),
  );
});

it('health data names its paragraph, and only what lives hang on goes unasked', () => {
  const screen = { screen: 'crisis', expires: '12h' } as const;
  never(
    // @ts-expect-error no paragraph
    () => step('h', { action: 'HUMAN_STABILITY_ALERT', with: screen, ...human }),
    // @ts-expect-error not one under which health data passes
    () => step('h', { action: 'HUMAN_STABILITY_ALERT', with: screen, legalBasis: 'FS 394.463', ...human }),
    // @ts-expect-error a prediction waits for a yes
    () => step('p', { action: 'PREDICTIVE_ALERT', with: places, ...human, ...reviewed }),
    // @ts-expect-error so does a BOLO
    () => step('b', { action: 'BOLO_ISSUE', with: bolo, ...auto, ...reviewed }),
    () => step('h', { action: 'HUMAN_STABILITY_ALERT', with: screen, legalBasis: health, ...human }),
  );
});

it('a choice and a promise are written out; a text or a number may be computed', () => {
  never(
    // @ts-expect-error a choice
    () => step('p', { action: 'PREDICTIVE_ALERT', with: { ...places, about: '{% $states.input.inputs.about %}' }, ...human }),
    // @ts-expect-error a promise
    () => step('p', { action: 'PREDICTIVE_ALERT', with: { ...places, expires: '{% $states.input.inputs.long %}' }, ...human }),
    () => step('p', { action: 'PREDICTIVE_ALERT', with: { ...places, radiusM: '{% $states.input.location.radiusM %}' }, ...human }),
  );
});

it('what needs a yes in each round stands behind an approval within the round', () => {
  const ask = approval('ask', { ...question, onSilence: 'refuse', then: [predict()] });
  never(
    // @ts-expect-error one yes for all rounds
    () => repeat('r', { every: '30s', times: 3, steps: [predict()] }),
    () => repeat('r', { every: '30s', times: 3, steps: [ask] }),
  );
});
