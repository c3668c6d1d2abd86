import { fc, test as prop } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { FactOverride, FactOverrideRequest } from '../../../shared/contracts/fact.ts';
import type { Fact } from '../../../shared/contracts/policy.ts';
import { Role } from '../../../shared/contracts/vocabulary.ts';
import { authority, createPolicyEngine, type PolicyRequest } from '../../../shared/policy/index.ts';
import { overrideRules, ruleOf } from '../../../shared/policy/kinds/overrides.ts';
import { notAllowed, rolesLacking } from '../../../shared/policy/may-override.ts';
import { standing } from '../../../shared/policy/override.ts';
import { withdrawn } from '../../support/fact-words.ts';
import { council, exigency, fact, moral, NOON, warrant } from './given.ts';
import { civic } from './guardrails/civic.ts';
import { constitutional } from './guardrails/constitutional.ts';
import { drones } from './guardrails/drones.ts';
import { ethical } from './guardrails/ethical.ts';
import { legal } from './guardrails/legal.ts';
import { operational } from './guardrails/operational.ts';
import { duty, situation } from './guardrails/pair.ts';

const at = (ms: number): string => new Date(NOON + ms).toISOString();
const HOUR = 3_600_000;

const over = (of: Fact, more: Partial<FactOverride> = {}): FactOverride => withdrawn(of, { at: at(0), ...more });

const live = (facts: readonly Fact[], overrides: readonly FactOverride[], now = NOON + 1): Fact[] =>
  standing(facts, overrides, now).filter(({ expiresAt }) => Date.parse(expiresAt) > now);
const wanted = (more: Partial<FactOverrideRequest> = {}): FactOverrideRequest => ({
  action: 'withdraw',
  until: 'for-good',
  reason: 'an error',
  ...more,
});

describe('a fact that was withdrawn', () => {
  it('ended when two persons said so, and names their word', () => {
    const word = over(exigency);
    expect(standing([exigency], [word], NOON + 1)).toEqual([{ ...exigency, expiresAt: at(0), override: word.id }]);
  });

  it('comes back when the time that they gave is over', () => {
    const word = over(exigency, { until: at(60_000) });
    expect(live([exigency], [word], NOON + 59_999)).toEqual([]);
    expect(live([exigency], [word], NOON + 60_000)).toEqual([exigency]);
  });

  it('is gone in whatever event the same source says the same, and stands where another source or other words say it', () => {
    const again = { ...exigency, eventKey: 'dispatch#2' };
    const others = [
      { ...exigency, source: 'cad_system' as const, eventKey: 'cad_system#1' },
      { ...exigency, value: { basis: 'search for a missing person', by: 'dispatch' }, eventKey: 'dispatch#3' },
      { ...exigency, subject: 'city' },
    ];
    expect(live([exigency, again, ...others], [over(exigency)])).toEqual(others);
  });

  it('is gone under every name of its incident', () => {
    const absorbed = { ...exigency, subject: 'incident/INC-2', eventKey: 'dispatch#2' };
    expect(live([exigency, absorbed], [over(exigency)])).toEqual([]);
  });
});

describe('a later word of the source', () => {
  it('stands above by when it was observed, whenever it came', () => {
    const late = { ...exigency, eventKey: 'dispatch#late', observedAt: at(-1), recordedAt: at(5000) };
    const later = { ...exigency, eventKey: 'dispatch#later', observedAt: at(1), recordedAt: at(2000) };
    expect(live([exigency, late, later], [over(exigency)])).toEqual([later]);
  });

  it('stands above by when it came where a restriction was lifted: a slow clock must not keep the sky open', () => {
    const closed = fact('airspace', { status: 'closed' }, { source: 'drone_ops' });
    const again = { ...closed, eventKey: 'drone_ops#2', observedAt: at(-60_000), recordedAt: at(5000) };
    expect(live([closed], [over(closed, { until: at(HOUR) })])).toEqual([]);
    expect(live([closed, again], [over(closed, { until: at(HOUR) })])).toEqual([again]);
  });

  it('of a kind of which the newest counts stands above whatever it says', () => {
    const off = duty({ status: 'off' }, { eventKey: 'cad_system#off', source: 'cad_system', observedAt: at(-10), recordedAt: at(-10) });
    const on = duty({ status: 'on' }, { eventKey: 'dispatch#on', observedAt: at(10), recordedAt: at(10) });
    expect(live([duty(), off, on], [over(duty())], NOON + 11)).toEqual([on]);
  });
});

describe('a value that was replaced', () => {
  const tier = (value: number): Fact => fact('offence-tier', { tier: value, offence: 'robbery' });

  it('stands in the place of what the source said, and nothing else of it changes', () => {
    const word = over(tier(4), { action: 'replace', value: { tier: 2 } });
    expect(live([tier(4)], [word])).toEqual([{ ...tier(4), value: { tier: 2, offence: 'robbery' }, override: word.id }]);
  });

  prop.prop([fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 5 }), fc.nat()])(
    'is the least that anybody said, in whatever order the words are read, and nothing where one of them withdrew it',
    (tiers, nth) => {
      const words = tiers.map((value) => over(tier(4), { action: 'replace', value: { tier: value } }));
      const turned = [...words.slice(nth % words.length), ...words.slice(0, nth % words.length)];
      expect(live([tier(4)], turned)[0]?.value).toEqual({ tier: Math.min(...tiers), offence: 'robbery' });
      expect(live([tier(4)], [...turned, over(tier(4))])).toEqual([]);
    },
  );
});

const engine = createPolicyEngine();
const pairs = [...constitutional, ...drones, ...legal, ...ethical, ...operational, ...civic];
const NO_CHILD = situation('SENSOR_ACTIVATE', { args: { feed: 'viewers' }, facts: [fact('juvenile', { involved: false })] });
const requests: readonly (readonly [string, PolicyRequest])[] = [
  ...pairs.flatMap(({ clause, complies, breaks }) => [
    [`what complies with ${clause}`, complies] as const,
    [`what breaks ${clause}`, breaks] as const,
  ]),
  ['a picture in which no child is', NO_CHILD],
];
const objecting = (request: PolicyRequest): string[] => engine.decide(request).clauses.map(({ id }) => id);

/** Everything that a rule lets two persons make of a fact for good. */
const allowed = (one: Fact): FactOverride[] => {
  const rule = ruleOf(one.kind);
  const least = Object.entries(rule?.replace ?? {}).flatMap(([name, to]): Fact['value'][] =>
    'below' in to ? [1, 2, 3].map((value) => ({ [name]: value })) : to.map((value) => ({ [name]: value })),
  );
  const asked = [wanted(), ...least.map((value) => wanted({ action: 'replace', value }))];
  return asked
    .filter((ask) => notAllowed(one, rule, ask, NOON) === undefined)
    .map(({ action, value }) => over(one, { action, ...(value ? { value } : {}) }));
};

describe('nothing that may be said for good makes SWOE do more', () => {
  it.each(requests)('%s', (_, request) => {
    const before = objecting(request);
    for (const one of request.facts)
      for (const word of allowed(one)) {
        const facts = standing(request.facts, [word], request.now);
        expect([one.kind, word.action, objecting({ ...request, facts })]).toEqual([one.kind, word.action, expect.arrayContaining(before)]);
      }
  });

  it('is looked at for almost every kind', () => {
    const seen = new Set(requests.flatMap(([, { facts }]) => facts.filter((one) => allowed(one).length > 0).map(({ kind }) => kind)));
    const closed = Object.entries(overrideRules).flatMap(([kind, { withdraw, replace, mostHours }]) =>
      (withdraw === 'no' || mostHours) && Object.keys(replace).length === 0 ? [kind] : [],
    );
    expect(
      Object.keys(authority)
        .filter((kind) => !seen.has(kind) && !closed.includes(kind))
        .sort(),
    ).toEqual(['case', 'deconfliction', 'ic-declaration']);
  });
});

describe('what may be said of a fact', () => {
  const closed = fact('airspace', { status: 'closed' }, { source: 'drone_ops' });
  const inAnHour = { until: at(HOUR) };

  it.each<[string, Fact, Partial<FactOverrideRequest>, string | undefined]>([
    ['a warrant is withdrawn', warrant(), {}, undefined],
    ['a warrant gets no other scope', warrant(), { action: 'replace', value: { scope: 'everything' } }, 'action'],
    ['a council’s word is not made wider', council(), { action: 'replace', value: { technologies: 'drone camera lpr' } }, 'action'],
    ['a closure is not lifted for good', closed, {}, 'until'],
    ['a closure is lifted for an hour', closed, inAnHour, undefined],
    ['a closure is not lifted for a day', closed, { until: at(24 * HOUR) }, 'until'],
    ['an open sky is closed', { ...closed, value: { status: 'open' } }, { action: 'replace', value: { status: 'closed' } }, undefined],
    ['a closed sky is not opened', closed, { action: 'replace', value: { status: 'open' } }, 'value'],
    ['who is off duty does not come on', duty({ status: 'off' }), {}, 'action'],
    ['who is on duty is not', duty(), {}, undefined],
    ['a hold is not taken off', fact('evidence-custody', { hash: 'a', custodian: 'b', hold: true }), {}, 'action'],
    [
      'a hold is placed',
      fact('evidence-custody', { hash: 'a', custodian: 'b', hold: false }),
      { action: 'replace', value: { hold: true } },
      undefined,
    ],
    ['a complaint is not closed by those it is about', fact('guardian-review', { state: 'open' }), inAnHour, 'action'],
    ['a child is not unmasked', fact('juvenile', { involved: true }), inAnHour, 'action'],
    [
      'an offence is not graded higher',
      fact('offence-tier', { tier: 2, offence: 'x' }),
      { action: 'replace', value: { tier: 3 } },
      'value',
    ],
    [
      'an offence is not graded below the least',
      fact('offence-tier', { tier: 2, offence: 'x' }),
      { action: 'replace', value: { tier: 0 } },
      'value',
    ],
    ['nor as what is no number', fact('offence-tier', { tier: 2, offence: 'x' }), { action: 'replace', value: { tier: 'one' } }, 'value'],
    ['what an AI says is taken away', moral({ score: 9, objects: true }), inAnHour, undefined],
    ['what is over is not a time', warrant(), { until: at(0) }, 'until'],
    ['no kind that there is not', fact('constructor', {}), {}, 'action'],
    [
      'no field that the value only inherits',
      fact('juvenile', { involved: false }),
      { action: 'replace', value: { toString: true } },
      'value',
    ],
  ])('%s', (_, of, ask, path) => {
    expect(notAllowed(of, ruleOf(of.kind), wanted(ask), NOON)?.path).toBe(path);
  });

  it('an AI source’s word goes whatever its kind', () => {
    for (const kind of Object.keys(authority))
      expect(notAllowed(fact(kind, {}, { source: 'moral_compass' }), ruleOf(kind), wanted({ until: at(HOUR) }), NOON)).toBeUndefined();
  });
});

describe('who may say it', () => {
  const rule = (kind: string) => ruleOf(kind) ?? expect.fail(kind);

  it('of a closure one of the two is the remote pilot, and the first alone is not asked for both', () => {
    const { airspace } = overrideRules;
    expect(rolesLacking(airspace, wanted(), [['watch_commander']])).toBeUndefined();
    expect(rolesLacking(airspace, wanted(), [['watch_commander'], ['chief']])).toContain('remote_pilot');
    expect(rolesLacking(airspace, wanted(), [['watch_commander'], ['remote_pilot']])).toBeUndefined();
    expect(rolesLacking(airspace, wanted(), [['supervisor'], ['remote_pilot']])).toContain('each of the two');
    expect(
      rolesLacking(airspace, wanted({ action: 'replace', value: { status: 'closed' } }), [['watch_commander'], ['chief']]),
    ).toBeUndefined();
  });

  it('nobody who only looks, runs the engine or reviews has a word on any kind', () => {
    const none: Role[] = ['viewer', 'dispatcher', 'admin', 'auditor', 'kernel_operator', 'subsystem'];
    expect(Object.keys(overrideRules).filter((kind) => rule(kind).by.some((role) => none.includes(role)))).toEqual([]);
    expect(none.every((role) => Role.options.includes(role))).toBe(true);
  });
});

it('there is a rule for each kind of fact, and every rule says why', () => {
  expect(Object.keys(overrideRules).sort()).toEqual(Object.keys(authority).sort());
  expect(Object.values(overrideRules).filter(({ why }) => why.length < 40)).toEqual([]);
});
