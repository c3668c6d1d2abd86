import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createPolicyEngine, type PolicyRequest } from '../../../shared/policy/index.ts';
import { checkClauses } from '../../../statemachines/compile/check/check.ts';
import { readClauses } from '../../../statemachines/compile/embed.ts';
import { council, exigency, fact, request, warrant } from './given.ts';

const engine = createPolicyEngine();

interface Pair {
  readonly clause: string;
  readonly fact: string;
  readonly complies: PolicyRequest;
  readonly breaks: PolicyRequest;
  readonly verdict: string;
}

const only = (clause: string, more: Partial<PolicyRequest>): PolicyRequest => request({ guardrails: [clause], ...more });
const fourth = 'fourth-amendment-drone-surveillance';
const florida = 'florida-drone-statute';
const tech = 'surveillance-technology-authorisation';
const lone = 'officer-safety-two-units';
const score = 'no-risk-score-dispatch';
const patrol = (officers: number): Partial<PolicyRequest> => ({
  action: 'PATROL_REROUTE',
  step: { needs: { OFFICER: officers } },
  facts: [],
});
const from = (...sources: PolicyRequest['incident']['sources']): Partial<PolicyRequest> => ({
  action: 'START_WORKFLOW',
  incident: { id: 'INC-1', type: 'gunshot.detected', sources, independentSources: sources.length },
});

const pairs: readonly Pair[] = [
  {
    clause: fourth,
    fact: 'an attested exigency',
    complies: only(fourth, { facts: [exigency] }),
    breaks: only(fourth, { facts: [] }),
    verdict: 'refuse',
  },
  {
    clause: fourth,
    fact: 'a warrant that covers aerial imaging',
    complies: only(fourth, { facts: [warrant()] }),
    breaks: only(fourth, { facts: [warrant({ scope: 'the phone records' })] }),
    verdict: 'refuse',
  },
  {
    clause: fourth,
    fact: 'an unserved warrant',
    complies: only(fourth, { facts: [warrant({ scope: 'aerial imaging', served: false })] }),
    breaks: only(fourth, { facts: [warrant({ scope: 'aerial imaging', served: true })] }),
    verdict: 'refuse',
  },
  {
    clause: florida,
    fact: 'an exception that is named',
    complies: only(florida, { facts: [exigency] }),
    breaks: only(florida, { facts: [exigency], step: { needs: { DRONE: 1 } } }),
    verdict: 'refuse',
  },
  {
    clause: florida,
    fact: "the exception's own condition, a warrant for (b)",
    complies: only(florida, { facts: [warrant()], step: { legalBasis: 'FS 934.50(4)(b)' } }),
    breaks: only(florida, { facts: [exigency], step: { legalBasis: 'FS 934.50(4)(b)' } }),
    verdict: 'refuse',
  },
  {
    clause: florida,
    fact: 'a basis that the paragraph names',
    complies: only(florida, { facts: [exigency] }),
    breaks: only(florida, { facts: [fact('exigency', { basis: 'curiosity', by: 'dispatch' })] }),
    verdict: 'refuse',
  },
  {
    clause: tech,
    fact: "the council's authorisation",
    complies: only(tech, { facts: [council()] }),
    breaks: only(tech, { facts: [] }),
    verdict: 'refuse',
  },
  {
    clause: tech,
    fact: 'an authorisation that names the technology',
    complies: only(tech, { facts: [council({ resolution: 'R-14' })] }),
    breaks: only(tech, { facts: [council({ technologies: 'camera' })] }),
    verdict: 'refuse',
  },
  {
    clause: score,
    fact: 'a source that is no AI',
    complies: request(from('ai_sentinel', 'dispatch')),
    breaks: request(from('ai_sentinel', 'predictive_intel')),
    verdict: 'refuse',
  },
  { clause: lone, fact: 'two officers', complies: request(patrol(2)), breaks: request(patrol(1)), verdict: 'ask' },
];

it.each(pairs)('$clause is met by $fact', ({ complies }) => {
  expect(engine.decide(complies)).toMatchObject({ verdict: 'permit', clauses: [] });
});

it.each(pairs)('$clause answers "$verdict" without $fact', ({ clause, breaks, verdict }) => {
  const decision = engine.decide(breaks);
  expect(decision.verdict).toBe(verdict);
  expect(decision.clauses.map(({ id }) => id)).toEqual([clause]);
  expect(decision.clauses[0]?.citation).not.toBe('');
  expect(decision.clauses[0]?.refusal).toMatch(/\.$/);
});

it('a declared life-safety override is recorded, with its review', () => {
  const decision = engine.decide(request({ action: 'LOCKDOWN_INITIATE', guardrails: ['life-safety-review'] }));
  expect(decision).toMatchObject({ verdict: 'record', clauses: [{ id: 'life-safety-review', severity: 'INFORMATIONAL' }] });
});

it('a person who asks for a workflow starts it even where only AI systems reported', () => {
  expect(engine.decide({ ...request(from('ai_sentinel')), requestedBy: 'person/7' }).verdict).toBe('permit');
});

const root = new URL('../../../', import.meta.url);
const schema = readFileSync(new URL('workflows/guardrails/schema.cedarschema', root), 'utf8');

it('every clause is true to the Cedar schema and declares the facts it reads', async () => {
  expect(checkClauses(await readClauses(root), schema)).toEqual([]);
});

const wrong: readonly [string, string, string][] = [
  [
    'a clause that reads a fact without asking whether it is there',
    'forbid(principal, action, resource) when { context.facts.exigency.by == "x" };',
    'CLAUSE_AGAINST_SCHEMA',
  ],
  [
    'a clause that hides a fact it reads',
    'forbid(principal, action, resource) unless { context.facts has warrant };',
    'CLAUSE_FACTS_UNDECLARED',
  ],
  ['a permit', 'permit(principal, action, resource);', 'CLAUSE_DOES_NOT_PARSE'],
  ['a text that is no Cedar', 'forbid everything', 'CLAUSE_DOES_NOT_PARSE'],
];
it.each(wrong)('%s is complained about', (_what, rule, code) => {
  const text = `@id("c") @type("PRIVACY") @severity("BLOCKING") @citation("x") @refusal("x.") @facts("exigency")\n${rule}`;
  expect(checkClauses({ c: text }, schema).map((complaint) => complaint.code)).toContain(code);
});
