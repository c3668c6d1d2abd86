import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { judged } from '../../../shared/policy/arguments.ts';
import { authority } from '../../../shared/policy/index.ts';
import { factKind } from '../../../shared/policy/kinds.ts';
import { checkClauses } from '../../../statemachines/compile/check/check.ts';
import { readClauses } from '../../../statemachines/compile/embed.ts';

const root = new URL('../../../', import.meta.url);
const schema = readFileSync(new URL('workflows/guardrails/schema.cedarschema', root), 'utf8');

it('every clause is true to the Cedar schema and declares the facts it reads', async () => {
  expect(checkClauses(await readClauses(root), schema)).toEqual([]);
});

it('the schema names each kind of fact that there is, and no other', () => {
  const facts = /type Facts = \{([^}]*)\}/.exec(schema)?.[1] ?? '';
  const named = [...facts.matchAll(/^ {2}"?([a-z-]+)"?\?:/gm)].map(([, kind]) => kind ?? '');
  expect(named.sort()).toEqual(Object.keys(authority).sort());
  expect(named.filter((kind) => !factKind(kind))).toEqual([]);
});

it('the schema declares just the arguments that clauses are shown', () => {
  const declared = /type Arguments = \{([\s\S]*?)\n\};/.exec(schema)?.[1] ?? '';
  const names = [...declared.matchAll(/([A-Za-z]+)\?:/g)].map(([, name]) => name ?? '');
  const given = Object.fromEntries([...names, 'warrant', 'site', 'cancelTextOf'].map((name) => [name, 'x']));
  expect(Object.keys(judged({ ...given, expires: '1m' })).sort()).toEqual([...names].sort());
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
