// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { expect, expectTypeOf, it } from 'vitest';
import { approval, defineWorkflow, parallel, step } from '../../workflows/language/define.ts';
import { place } from '../../workflows/language/input.ts';
import type { AnyNode, FreeNode } from '../../workflows/language/types.ts';

/** What must not compile. `npm run typecheck` is the test: an unused @ts-expect-error is an error. The bodies are never run. */
const never = (...bodies: (() => unknown)[]): void => expect(bodies.length).toBeGreaterThan(0);

const drone = { purpose: 'scene-overview', sensors: 'scene-only', enRoute: 'stowed', acceptedBy: 'remote_pilot' } as const;
const places = { about: 'places', radiusM: 1000, horizon: '2h', expires: '2h' } as const;
const bolo = { expires: '24h', owner: 'supervisor', cancelText: 'The BOLO is cancelled.', subject: 'vehicle', reference: 'C-1' } as const;
const lock = { target: 'school', site: 'S1', egress: 'open', endedBy: 'school_official', exercise: false } as const;
const advice = { question: 'approach', radiusM: 1, label: 'advice' } as const;

const auto = { within: '90s', onFailure: 'degrade', undo: 'auto' } as const;
const human = { within: '90s', onFailure: 'degrade', undo: 'human' } as const;
const reviewed = { lifeSafety: { review: '24h' } } as const;
const question = { ask: 'supervisor', question: 'May we?', within: '90s' } as const;
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
