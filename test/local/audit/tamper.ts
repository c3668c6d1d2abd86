import fc from 'fast-check';
import { copyOf, type Entry, linked, type Sample } from './sample.ts';

/** One change to an audit. `places` are drawn from [0, 1), and scaled to whatever is there. */
export interface Tampering {
  readonly of: 'entries' | 'checkpoints';
  readonly how: 'edit' | 'delete' | 'insert' | 'reorder' | 'truncate';
  /** Whoever did it wrote all hashes of the chain anew from there on; checkpoints cannot be signed anew. */
  readonly rehash: boolean;
  readonly places: readonly [number, number, number];
}

const share = (min = 0) => fc.double({ min, max: 1, maxExcluded: true, noNaN: true });

interface Choice {
  readonly of?: readonly Tampering['of'][];
  readonly rehash?: readonly boolean[];
  /** The least of the first place. */
  readonly from?: number;
}

export const tamperingOf = ({ of = ['entries', 'checkpoints'], rehash = [false, true], from }: Choice = {}): fc.Arbitrary<Tampering> =>
  fc.record({
    of: fc.constantFrom(...of),
    how: fc.constantFrom('edit', 'delete', 'insert', 'reorder', 'truncate'),
    rehash: fc.constantFrom(...rehash),
    places: fc.tuple(share(from), share(), share()),
  });

const at = (part: number, length: number): number => Math.floor(part * length);

/** The paths of everything in a value that is not an object. */
const leaves = (value: unknown, path: string[] = []): string[][] =>
  value !== null && typeof value === 'object' ? Object.entries(value).flatMap(([name, member]) => leaves(member, [...path, name])) : [path];

const changed = (value: unknown, part: number): unknown => {
  if (typeof value === 'number') return value + 1 + at(part, 9);
  if (typeof value === 'boolean') return !value;
  const text = String(value);
  const index = at(part, text.length);
  return `${text.slice(0, index)}${text[index] === 'a' ? 'b' : 'a'}${text.slice(index + 1)}`;
};

/** Changes one value somewhere in an object. */
const edit = (object: Entry, where: number, part: number): void => {
  const all = leaves(object);
  const path = all[at(where, all.length)] ?? [];
  const last = path.at(-1) ?? '';
  const holder = path.slice(0, -1).reduce((inner, name) => inner[name] as Entry, object);
  holder[last] = changed(holder[last], part);
};

const alter = (list: Entry[], { of, how, places: [first, second, third] }: Tampering): number => {
  const index = at(first, list.length);
  switch (how) {
    case 'edit':
      edit(list[index] as Entry, second, third);
      return index;
    case 'delete':
      list.splice(index, 1);
      return index;
    case 'insert':
      list.splice(index, 0, {
        ...structuredClone(list[at(second, list.length)] as Entry),
        ...(of === 'entries' ? { actor: 'person/forger' } : {}),
      });
      return index;
    case 'reorder': {
      const other = (index + 1 + at(second, list.length - 1)) % list.length;
      [list[index], list[other]] = [list[other] as Entry, list[index] as Entry];
      return Math.min(index, other);
    }
    case 'truncate':
      list.splice(index);
      return index;
  }
};

/** Links a chain anew from a place on, as its writer would have. */
const relink = (chain: Entry[], stream: string, from: number): void => {
  for (let index = from; index < chain.length; index += 1) {
    const { stream: _stream, seq: _seq, prev: _prev, hash: _hash, ...more } = chain[index] as Entry;
    chain[index] = linked(chain[index - 1], stream, more);
  }
};

export interface Tampered {
  readonly sample: Sample;
  /** The first place that is no longer as it was: an index in a chain, or among checkpoints. */
  readonly from: number;
  readonly chain: number;
}

/** Whether it is a change at all: who edits a hash and then writes all hashes anew has changed nothing. */
export const isChanged = (whole: Sample, { sample }: Tampered): boolean =>
  JSON.stringify([whole.chains, whole.checkpoints]) !== JSON.stringify([sample.chains, sample.checkpoints]);

/** What one change makes of an audit; the sample given stays as it is. */
export const tamper = (whole: Sample, how: Tampering): Tampered => {
  const sample = copyOf(whole);
  if (how.of === 'checkpoints') return { sample, from: alter(sample.checkpoints as unknown as Entry[], how), chain: -1 };
  const busy = sample.chains.flatMap(({ length }, index) => (length > 1 ? [index] : []));
  const chain = busy[at(how.places[2], busy.length)] ?? 0;
  const entries = sample.chains[chain] as Entry[];
  const from = alter(entries, how);
  if (how.rehash) relink(entries, String(whole.chains[chain]?.[0]?.['stream']), from);
  return { sample, from, chain };
};
