import type { FactOverride } from '../contracts/fact.ts';
import type { Fact } from '../contracts/policy.ts';
import { ruleOf } from './kinds/overrides.ts';
import { countsAs, observedAt, said } from './live-facts.ts';

const isOfIncident = (subject: string): boolean => subject.startsWith('incident/');

/** Facts are asked for one incident at a time, under all the names it has had: what was said of it under one holds under each. */
const isSameSubject = (a: string, b: string): boolean => a === b || (isOfIncident(a) && isOfIncident(b));

/** Whether a fact is what an override is about. Of a kind of which the newest word counts, every word is. */
export const isAboutSame = ({ subject, kind, source, words }: FactOverride, fact: Fact): boolean =>
  kind === fact.kind &&
  isSameSubject(subject, fact.subject) &&
  (countsAs(kind) === 'latest' || (source === fact.source && words === said(fact)));

/** Whether it takes a restriction away: then it is for some hours only. */
const lifts = ({ action, kind }: FactOverride): boolean => action === 'withdraw' && ruleOf(kind)?.mostHours !== undefined;

/**
 * What a source observed after two persons spoke stands above their word, whenever it arrives; what it observed before, below. Where a
 * restriction was lifted, whatever arrives after that stands above as well: a source's clock may be slow, and in doubt SWOE does less.
 */
export const isAbove = (fact: Fact, override: FactOverride): boolean =>
  observedAt(fact) > override.at || (lifts(override) && fact.recordedAt > override.at);

export const hasEnded = ({ until }: FactOverride, now: number): boolean => until !== undefined && Date.parse(until) <= now;

type Words = Fact['value'];

/** Of two persons' words and two others', each allowed nothing more: so of numbers the smaller, and of the rest the later. */
const replaced = (value: Words, by: Words): Words => {
  const over = Object.entries(by).map(([name, word]) => {
    const stood = value[name];
    return [name, typeof word === 'number' && typeof stood === 'number' ? Math.min(word, stood) : word] as const;
  });
  return { ...value, ...Object.fromEntries(over) };
};

const under = (fact: Fact, overrides: readonly FactOverride[]): Fact => {
  const withdrawn = overrides.find(({ action }) => action === 'withdraw');
  if (withdrawn) return { ...fact, expiresAt: fact.expiresAt < withdrawn.at ? fact.expiresAt : withdrawn.at, override: withdrawn.id };
  let stands = fact;
  for (const { id, value = {} } of overrides) stands = { ...fact, value: replaced(stands.value, value), override: id };
  return stands;
};

/**
 * Facts about one subject, or about one incident under all its names, as they stand at `now` (ms) under what two persons said of them: one
 * that was withdrawn ended then, one that was replaced says otherwise. The overrides may come in any order. Pure.
 */
export const standing = (facts: readonly Fact[], overrides: readonly FactOverride[], now: number): Fact[] => {
  const inForce = overrides
    .filter((one) => !hasEnded(one, now))
    .sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1));
  if (inForce.length === 0) return [...facts];
  return facts.map((fact) =>
    under(
      fact,
      inForce.filter((one) => isAboutSame(one, fact) && !isAbove(fact, one)),
    ),
  );
};
