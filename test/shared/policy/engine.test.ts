import { expect, it } from 'vitest';
import type { Fact } from '../../../shared/contracts/policy.ts';
import { createPolicyEngine } from '../../../shared/policy/index.ts';
import { council, exigency, fact, NOON, request, warrant } from './given.ts';

const engine = createPolicyEngine();

const clause = (id: string, severity: string, rule: string, facts = ''): string =>
  `@id("${id}") @type("LEGAL_GUARDRAIL") @severity("${severity}") @citation("c") @refusal("No.") @facts("${facts}")\n${rule}`;
const ALL = 'forbid(principal, action, resource);';

it('nothing but facts that SWOE stored is looked at: a warrant claimed in inputs is refused', () => {
  const claim = { warrant: { scope: 'aerial imaging' }, facts: [warrant()], exigency: true };
  const decision = engine.decide({
    ...request({ facts: [council()], step: { legalBasis: 'FS 934.50(4)(c)', arguments: claim } }),
    inputs: claim,
  } as never);
  expect(decision.verdict).toBe('refuse');
  expect(decision.clauses.map(({ id }) => id)).toEqual(['florida-drone-statute', 'fourth-amendment-drone-surveillance']);
});

it('a missing fact refuses the drone and never an officer alert, a supervisor alert or a notice to EMS', () => {
  const everything = createPolicyEngine({ never: clause('never', 'BLOCKING', ALL) });
  const ask = (action: 'DRONE_DISPATCH' | 'OFFICER_ALERT' | 'SUPERVISOR_ALERT' | 'NOTIFICATION_SEND', to?: string) =>
    everything.decide(request({ action, guardrails: ['never', 'not-written'], facts: [], step: { arguments: { to } } }));
  expect(ask('DRONE_DISPATCH').verdict).toBe('refuse');
  expect(ask('NOTIFICATION_SEND', 'organisers').verdict).toBe('refuse');
  for (const decision of [ask('OFFICER_ALERT'), ask('SUPERVISOR_ALERT'), ask('NOTIFICATION_SEND', 'ems')]) {
    expect(decision.verdict).toBe('permit');
    expect(decision.clauses.map(({ id }) => id)).toEqual(['never', 'not-written']);
  }
});

it('an expired fact does not exist, to the millisecond', () => {
  const until = Date.parse(exigency.expiresAt);
  expect(engine.decide(request({ now: until - 1 })).verdict).toBe('permit');
  const late = engine.decide(request({ now: until }));
  expect(late.verdict).toBe('refuse');
  expect(late.facts).toEqual([]);
});

const strangers: readonly [string, Fact][] = [
  ['about another incident', { ...exigency, subject: 'incident/INC-2' }],
  ['from a source without authority', { ...exigency, source: 'ai_sentinel' }],
  ['from a neighbour', { ...warrant(), source: 'partner_agency' }],
];
it.each(strangers)('a fact %s changes nothing', (_what, stranger) => {
  expect(engine.decide(request({ facts: [stranger, council()] })).verdict).toBe('refuse');
});

it('a fact of an incident merged into this one counts', () => {
  const { incident } = request();
  const facts = [{ ...exigency, subject: 'incident/INC-0' }, council()];
  expect(engine.decide(request({ facts, incident: { ...incident, aliases: ['INC-0'] } })).verdict).toBe('permit');
});

it('one warrant that fits is enough, whatever others say, and two halves do not make one', () => {
  const facts = [warrant({ scope: 'phone records' }), { ...warrant(), eventKey: 'investigations#2' }];
  expect(engine.decide(request({ facts, guardrails: ['fourth-amendment-drone-surveillance'] })).verdict).toBe('permit');
  const halves = [
    warrant({ scope: 'phone records', served: false }),
    { ...warrant({ scope: 'aerial', served: true }), eventKey: 'investigations#2' },
  ];
  expect(engine.decide(request({ facts: halves, guardrails: ['fourth-amendment-drone-surveillance'] })).verdict).toBe('refuse');
});

it('every fact that forbids counts, whatever others allow', () => {
  const rule = 'forbid(principal, action, resource) when { context.facts has airspace && context.facts.airspace.status == "closed" };';
  const airspace = createPolicyEngine({ airspace: clause('airspace', 'BLOCKING', rule, 'airspace') });
  const said = (status: string): Fact => fact('airspace', { status }, { source: 'drone_ops', eventKey: `drone_ops#${status}` });
  const decide = (...facts: Fact[]) => airspace.decide(request({ guardrails: ['airspace'], facts })).verdict;
  expect([decide(said('open')), decide(said('open'), said('closed')), decide(said('closed'), said('open'))]).toEqual([
    'permit',
    'refuse',
    'refuse',
  ]);
});

it('three hundred shots on one incident still attest one danger', () => {
  const facts = Array.from({ length: 300 }, (_, at) => ({ ...exigency, eventKey: `dispatch#${at}` }));
  const decision = engine.decide(request({ facts: [...facts, council()] }));
  expect(decision.verdict).toBe('permit');
  expect(decision.facts.length).toBeLessThan(10);
});

const severities: readonly [string, string][] = [
  ['BLOCKING', 'refuse'],
  ['WARNING', 'ask'],
  ['ADVISORY', 'alert'],
  ['INFORMATIONAL', 'record'],
];
it.each(severities)(
  'a clause of severity %s answers "%s", and so does one that cannot be evaluated, with the error named',
  (severity, verdict) => {
    const met = createPolicyEngine({ a: clause('a', severity, ALL) }).decide(request({ guardrails: ['a'] }));
    expect(met).toMatchObject({ verdict, clauses: [{ id: 'a', severity }] });
    const errs = 'forbid(principal, action, resource) when { context.facts.airspace.status == "closed" };';
    const failed = createPolicyEngine({ a: clause('a', severity, errs, 'airspace') }).decide(request({ guardrails: ['a'] }));
    expect(failed.verdict).toBe(verdict);
    expect(failed.clauses[0]?.error).toContain('airspace');
  },
);

it('the gravest clause decides and all that object are listed, sorted', () => {
  const both = createPolicyEngine({
    z: clause('z', 'ADVISORY', ALL),
    a: clause('a', 'WARNING', ALL),
    m: clause('m', 'INFORMATIONAL', ALL),
  });
  const decision = both.decide(request({ guardrails: ['z', 'm', 'a'] }));
  expect(decision.verdict).toBe('ask');
  expect(decision.clauses.map(({ id }) => id)).toEqual(['a', 'm', 'z']);
});

it('a guardrail that is listed but not written refuses, and names itself', () => {
  const decision = engine.decide(request({ guardrails: ['habeas-corpus'] }));
  expect(decision).toMatchObject({ verdict: 'refuse', clauses: [{ id: 'habeas-corpus', error: 'no such clause' }] });
});

it('a clause outside the list does not apply', () => {
  expect(engine.decide(request({ guardrails: [], facts: [] })).verdict).toBe('permit');
});

it('a fact that Cedar cannot read refuses that action instead of throwing', () => {
  const odd = { scope: 12.5, __entity: 'x', served: 'perhaps' } as Fact['value'];
  const decision = engine.decide(request({ facts: [warrant(odd)], guardrails: ['fourth-amendment-drone-surveillance'] }));
  expect(decision.verdict).toBe('refuse');
});

it('the same request gives the same decision, in whatever order facts and guardrails come', () => {
  const one = request({ facts: [exigency, council(), warrant()] });
  const other = { ...one, facts: [...one.facts].reverse(), guardrails: [...one.guardrails].reverse() };
  expect(engine.decide(other)).toEqual(engine.decide(one));
  expect(engine.decide(one).facts.map(({ kind }) => kind)).toEqual([
    'airframe-approval',
    'council-authorisation',
    'exigency',
    'guardian-review',
    'moral-verdict',
    'warrant',
  ]);
});

it('a decision names the facts it was judged on, by kind and event', () => {
  expect(engine.decide(request()).facts).toContainEqual({
    kind: 'exigency',
    subject: 'incident/INC-1',
    eventKey: 'dispatch#exigency',
    expiresAt: exigency.expiresAt,
  });
  expect(engine.decide(request({ action: 'TACTICAL_ANALYSIS', now: NOON })).facts).toEqual([]);
});

it('a clause that is not one is refused when the engine is made, by its file', () => {
  expect(() => createPolicyEngine({ a: 'forbid everything' })).toThrow(/Guardrail a:/);
  expect(() => createPolicyEngine({ b: clause('a', 'BLOCKING', ALL) })).toThrow(/must be the file's name/);
  expect(() => createPolicyEngine({ a: clause('a', 'GRAVE', ALL) })).toThrow(/@severity must be one of/);
});
