import type { Fact } from '../contracts/policy.ts';
import { byKind, countsAs } from './live-facts.ts';

/** What a clause sees at a time: one fact of each kind. */
export type Binding = Readonly<Record<string, Fact>>;

const MOST = 256;

/** Every way to take one fact of each kind, the first of each first. */
const bindings = (groups: readonly (readonly [string, readonly Fact[]])[]): Binding[] =>
  groups.reduce<Binding[]>(
    (all, [kind, options]) => all.flatMap((binding) => options.map((fact) => ({ ...binding, [kind]: fact }))).slice(0, MOST),
    [{}],
  );

/** Kinds of which more than one fact stands, so that a clause could see one or another. */
export const kindsWithChoice = (facts: readonly Fact[]): Set<string> =>
  new Set([...byKind(facts)].flatMap(([kind, options]) => (options.length > 1 ? [kind] : [])));

/**
 * Every way to choose facts: for each choice among those that forbid, every choice among those that allow.
 * Of more than 256 ways to allow the first are tried. Throws where there are more than 256 ways to forbid: none of those may be left out.
 */
export const choices = (facts: readonly Fact[]): Binding[][] => {
  const options = [...byKind(facts)];
  const closing = options.filter(([kind]) => countsAs(kind) === 'every');
  if (closing.reduce((ways, [, some]) => ways * some.length, 1) > MOST)
    throw new Error(`more than ${MOST} combinations of facts that forbid; let old ones expire`);
  const allowing = bindings(options.filter(([kind]) => countsAs(kind) !== 'every'));
  return bindings(closing).map((closed) => allowing.map((open) => ({ ...closed, ...open })));
};

type Plain = string | number | boolean;

/** Cedar has whole numbers only, and reads keys that begin with `__` as its own. */
const plain = ({ value }: Fact): Record<string, Plain> =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.startsWith('__'))
      .map(([key, one]) => [key, typeof one === 'number' && !Number.isSafeInteger(one) ? String(one) : one]),
  );

/** A choice of facts as Cedar sees it, by kind. */
export const seen = (binding: Binding): Record<string, Record<string, Plain>> =>
  Object.fromEntries(Object.entries(binding).map(([kind, fact]) => [kind, plain(fact)]));
