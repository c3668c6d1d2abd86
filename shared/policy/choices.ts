import type { Fact } from '../contracts/policy.ts';
import { byKind, countsAs } from './live-facts.ts';

/** What a clause sees at a time: one fact of each kind, or all of a kind whose facts are looked at together. */
export type Binding = Readonly<Record<string, readonly Fact[]>>;

const MOST = 256;

/** Every way to take one fact of each kind, the first of each first. */
const bindings = (groups: readonly (readonly [string, readonly (readonly Fact[])[]])[]): Binding[] =>
  groups.reduce<Binding[]>(
    (all, [kind, options]) => all.flatMap((binding) => options.map((facts) => ({ ...binding, [kind]: facts }))).slice(0, MOST),
    [{}],
  );

const optionsOf = (facts: readonly Fact[]): [string, Fact[][]][] =>
  [...byKind(facts)].map(([kind, some]) => [kind, countsAs(kind) === 'together' ? [some] : some.map((fact) => [fact])]);

/** Kinds of which more than one fact stands, so that a clause could see one or another. */
export const kindsWithChoice = (facts: readonly Fact[]): Set<string> =>
  new Set(optionsOf(facts).flatMap(([kind, options]) => (options.length > 1 ? [kind] : [])));

/**
 * Every way to choose facts: for each choice among those that forbid, every choice among those that allow.
 * Of more than 256 ways to allow the first are tried. Throws where there are more than 256 ways to forbid: none of those may be left out.
 */
export const choices = (facts: readonly Fact[]): Binding[][] => {
  const options = optionsOf(facts);
  const closing = options.filter(([kind]) => countsAs(kind) === 'every');
  if (closing.reduce((ways, [, some]) => ways * some.length, 1) > MOST)
    throw new Error(`more than ${MOST} combinations of facts that forbid; let old ones expire`);
  const allowing = bindings(options.filter(([kind]) => countsAs(kind) !== 'every'));
  return bindings(closing).map((closed) => allowing.map((open) => ({ ...closed, ...open })));
};

type Plain = string | number | boolean | string[];

/** Cedar has whole numbers only, and reads keys that begin with `__` as its own. */
const plain = ({ value }: Fact): Record<string, Plain> =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.startsWith('__'))
      .map(([key, one]) => [key, typeof one === 'number' && !Number.isSafeInteger(one) ? String(one) : one]),
  );

/** All facts of a kind as one: each field holds what any of them says. */
const together = (facts: readonly Fact[]): Record<string, Plain> => {
  const names = [...new Set(facts.flatMap(({ value }) => Object.keys(value)))].filter((name) => !name.startsWith('__'));
  return Object.fromEntries(
    names.map((name) => [name, [...new Set(facts.flatMap(({ value }) => (name in value ? [String(value[name])] : [])))].sort()]),
  );
};

/** A choice of facts as Cedar sees it, by kind. */
export const seen = (binding: Binding): Record<string, Record<string, Plain>> =>
  Object.fromEntries(
    Object.entries(binding).map(([kind, facts]) => {
      const [fact] = facts;
      return [kind, countsAs(kind) === 'together' || !fact ? together(facts) : plain(fact)];
    }),
  );
