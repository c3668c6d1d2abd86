import { formats } from '../../functions/ingest/formats/index.ts';
import { Source } from '../../shared/contracts/vocabulary.ts';
import { authority, factKind } from '../../shared/policy/kinds.ts';
import { profileOf, type SourceSpec } from '../../shared/sources/index.ts';

/** What the page says of one source, each in a few words. */

const list = (words: readonly string[], none: string): string => (words.length === 0 ? none : words.map((word) => `\`${word}\``).join(' '));

const ms = (value: number): string => (value % 1000 === 0 ? `${value / 1000} s` : `${value} ms`);

/** Kinds of fact that it may state, and those that its ordinary events attest. */
const factsOf = (source: Source): { asserts: string[]; attests: string[] } => {
  const kinds = Object.keys(authority).sort();
  return {
    asserts: kinds.filter((kind) => factKind(kind)?.asserts.includes(source)),
    attests: kinds.filter((kind) => factKind(kind)?.derives.includes(source)),
  };
};

const speaks = ({ speaks: named }: SourceSpec): string => {
  const unknown = named.filter((name) => !formats.some((format) => format.name === name));
  if (unknown.length > 0)
    throw new Error(`No format is called ${unknown.join(', ')}: functions/ingest/formats/index.ts lists those there are`);
  return list(['CloudEvents 1.0', ...named], '');
};

export const rowsOf = (spec: SourceSpec): [what: string, value: string][] => {
  const { usual, categories, rate, buffer, silentAfterS, debounceMs } = spec;
  const { asserts, attests } = factsOf(spec.source);
  return [
    ['taken for', `${usual.category}, ${usual.priority}, confidence ${usual.confidence}, where neither the event nor its type says so`],
    ['speaks', speaks(spec)],
    ['categories', categories === 'any' ? 'any' : list(categories, 'none')],
    ['rate', `${rate.perSecond} events a second, and ${rate.burst} at once on top`],
    ['buffer', `${buffer} events may wait for their turn`],
    ['states facts of', list(asserts, 'no kind')],
    ['its events attest', list(attests, 'nothing')],
    ['silent', silentAfterS === undefined ? 'never: it speaks only when something happens' : `after ${silentAfterS} s without a word`],
    ['repeats', debounceMs === undefined ? 'each is an event of its own' : `of one observation within ${ms(debounceMs)} are one`],
  ];
};

/** One row a type: what it means, and what an event of it is taken for. */
export const typesOf = (spec: SourceSpec): [type: string, title: string, taken: string][] =>
  Object.entries(spec.types ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, { title }]) => {
      const { category, priority } = profileOf(spec.source, type);
      return [type, title, `${category}, ${priority}`];
    });

/** A whole envelope of each type that it says, as a producer would put it in `detail`. */
export const examplesOf = ({ source, types = {} }: SourceSpec): object[] =>
  Object.entries(types)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, { example }], nth) => {
      const id = `${source}-${String(nth + 1).padStart(4, '0')}`;
      return { specversion: '1.0', id, source, type, time: '2026-11-22T17:00:00Z', data: example };
    });

export const all = (sources: Readonly<Record<Source, SourceSpec>>): SourceSpec[] => Source.options.map((source) => sources[source]);
