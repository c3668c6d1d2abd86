import { expect, it } from 'vitest';
import { Fact } from '../../../shared/contracts/policy.ts';
import { type Source, Source as Sources } from '../../../shared/contracts/vocabulary.ts';
import { authority, createPolicyEngine, factRefusal, factsOf } from '../../../shared/policy/index.ts';
import { council, event, NOON, request } from './given.ts';

const AI: readonly Source[] = ['ai_sentinel', 'ai_personas', 'predictive_intel', 'human_stability', 'moral_compass'];
const warrant = { kind: 'warrant', value: { scope: 'aerial imaging', number: 'W-7' }, expiresAt: '2026-03-02T00:00:00.000Z' };
const asserted = (fact: unknown, source: Source = 'investigations') => event({ type: 'fact.asserted', source, data: { fact } });

it('a confident gunshot attests half an hour of imminent danger, counted from the shot', () => {
  const [fact, ...others] = factsOf(event());
  expect(others).toEqual([]);
  expect(Fact.parse(fact)).toEqual({
    subject: 'incident/INC-1',
    kind: 'exigency',
    value: { basis: 'imminent danger to life', by: 'gunshot_detection', until: '2026-03-01T12:29:58.000Z' },
    source: 'gunshot_detection',
    eventKey: 'gunshot_detection#e1',
    observedAt: '2026-03-01T11:59:58.000Z',
    recordedAt: '2026-03-01T12:00:00.000Z',
    expiresAt: '2026-03-01T12:29:58.000Z',
  });
});

it.each(['cad_system', 'dispatch'] as const)('a call of shots fired from %s attests it too', (source) => {
  expect(factsOf(event({ type: 'call.shots-fired', source, confidence: 0.5 }))).toHaveLength(1);
});

const silent: readonly [string, Parameters<typeof event>[0]][] = [
  ['an unsure sensor', { confidence: 0.69 }],
  ['a shot that a person called wrong', { data: { reviewed: false } }],
  ['another source that says gunshot', { source: 'ai_sentinel' }],
  ['a neighbour who says shots fired', { type: 'call.shots-fired', source: 'partner_agency' }],
  ['an event of no incident', { incidentId: undefined }],
  ['another type', { type: 'unit.status' }],
];
it.each(silent)('%s attests nothing', (_what, more) => {
  expect(factsOf(event(more))).toEqual([]);
  expect(factRefusal(event(more))).toBeUndefined();
});

it('a record replayed years later attests no danger now: the drone is refused', () => {
  const facts = [...factsOf(event({ occurredAt: '2011-06-15T05:21:00.000Z' })), council()];
  expect(createPolicyEngine().decide(request({ facts })).verdict).toBe('refuse');
});

it('a clock ahead of ours prolongs nothing', () => {
  expect(factsOf(event({ occurredAt: '2026-03-01T18:00:00.000Z' }))[0]?.expiresAt).toBe('2026-03-01T12:30:00.000Z');
});

it('investigations assert a warrant, and the drone may rest on it', () => {
  const facts = factsOf(asserted(warrant));
  expect(facts).toMatchObject([{ kind: 'warrant', subject: 'incident/INC-1', source: 'investigations' }]);
  const decision = createPolicyEngine().decide(
    request({ facts: [...facts, council()], now: NOON, step: { legalBasis: 'FS 934.50(4)(b)' } }),
  );
  expect(decision.verdict).toBe('permit');
});

it('the council speaks through public_guardian, for the city', () => {
  const fact = { kind: 'council-authorisation', subject: 'city', value: { technologies: 'drone' }, expiresAt: '2027-01-01T00:00:00Z' };
  expect(factsOf(asserted(fact, 'public_guardian'))).toMatchObject([{ subject: 'city', expiresAt: '2027-01-01T00:00:00.000Z' }]);
});

it('no source asserts a kind it has no authority for', () => {
  for (const kind of Object.keys(authority)) {
    for (const source of Sources.options.filter((one) => !authority[kind]?.includes(one))) {
      const claim = asserted({ ...warrant, kind, value: { scope: 's', basis: 'b', by: 'b', status: 'open' } }, source);
      expect(factsOf(claim)).toEqual([]);
      expect(factRefusal(claim)).toContain(`${source} may not assert`);
    }
  }
});

it('no AI source has authority for a legal fact; the moral compass states its own verdict and nothing else', () => {
  for (const source of AI) {
    const may = Object.entries(authority).flatMap(([kind, asserts]) => (asserts.includes(source) ? [kind] : []));
    expect(may).toEqual(source === 'moral_compass' ? ['moral-verdict'] : []);
  }
});

const refused: readonly [string, unknown, RegExp][] = [
  ['no fact at all', undefined, /^data\.fact/],
  ['an unknown kind', { ...warrant, kind: 'constructor' }, /no fact of kind "constructor"/],
  ['a nested value', { ...warrant, value: { scope: { aerial: true } } }, /^data\.fact\.value\.scope/],
  ['a value that lacks what its kind needs', { ...warrant, value: { number: 'W-7' } }, /needs scope/],
  ['a subject that is none', { ...warrant, subject: 'everybody' }, /^data\.fact\.subject/],
  ['a time that is none', { ...warrant, expiresAt: 'tomorrow' }, /^data\.fact\.expiresAt/],
  ['a fact that ran out before it came', { ...warrant, expiresAt: '2026-03-01T12:00:00.000Z' }, /had run out/],
  ['an undeclared field', { ...warrant, force: true }, /^data\.fact/],
];
it.each(refused)('%s is refused with its field', (_what, fact, reason) => {
  expect(factsOf(asserted(fact))).toEqual([]);
  expect(factRefusal(asserted(fact))).toMatch(reason);
});
