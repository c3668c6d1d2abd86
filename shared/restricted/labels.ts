import { Label } from '../contracts/restricted.ts';
import type { Category, Source } from '../contracts/vocabulary.ts';
import { type LabelRule, rules } from './rules.ts';

/** What of an event decides its labels; of what could not be read some of it may be missing. */
export interface Labelled {
  readonly source: string;
  readonly type?: string | undefined;
  readonly category?: string | undefined;
  readonly kinds: readonly string[];
}

const applies = ({ types = [], categories = [], sources = [], names }: LabelRule, { source, type, category, kinds }: Labelled): boolean =>
  sources.includes(source as Source) ||
  types.includes(type ?? '') ||
  categories.includes(category as Category) ||
  (names !== undefined && kinds.some((kind) => names.test(kind)));

/** The labels of something: those that the rules give it and those that its producer added, in one order. Nothing takes one away. Pure. */
export const labelsOf = (about: Labelled, said: readonly Label[] = []): Label[] => {
  const given = new Set<Label>([...rules.filter((rule) => applies(rule, about)).map(({ label }) => label), ...said]);
  return Label.options.filter((label) => given.has(label));
};
