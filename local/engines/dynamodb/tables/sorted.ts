import { compareInPartition, type Entry, type Place } from './row.ts';

const CHUNK = 512;

/** The first position in sorted `list` of which `from` holds. */
const firstWhere = <T>(list: readonly T[], from: (one: T) => boolean): number => {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (from(list[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** Entries in order, in chunks: a partition of a hundred thousand takes an entry in its middle as fast as one of a hundred. */
export class Sorted {
  private readonly chunks: Entry[][] = [];

  get empty(): boolean {
    return this.chunks.length === 0;
  }

  insert(entry: Entry): void {
    const last = this.chunks.at(-1);
    const end = last?.at(-1);
    // Journals and logs append: the last place is looked at first.
    if (!last || !end || compareInPartition(end, entry) < 0) this.append(last, entry);
    else {
      const [chunk, at] = this.seek((other) => compareInPartition(other, entry) >= 0);
      const entries = this.chunks[chunk] as Entry[];
      entries.splice(at, 0, entry);
      if (entries.length > 2 * CHUNK) this.chunks.splice(chunk + 1, 0, entries.splice(CHUNK));
    }
  }

  private append(last: Entry[] | undefined, entry: Entry): void {
    if (last && last.length < CHUNK) last.push(entry);
    else this.chunks.push([entry]);
  }

  /** The entry at this place must be there. */
  replace(place: Place, entry: Entry): void {
    const [chunk, at] = this.find(place);
    (this.chunks[chunk] as Entry[])[at] = entry;
  }

  remove(place: Place): void {
    const [chunk, at] = this.find(place);
    const entries = this.chunks[chunk] as Entry[];
    if (entries.length > 1) entries.splice(at, 1);
    else this.chunks.splice(chunk, 1);
  }

  private find(place: Place): [chunk: number, at: number] {
    return this.seek((other) => compareInPartition(other, place) >= 0);
  }

  /** Where the first entry is of which `from` holds; it must then hold of all behind it. */
  private seek(from: (entry: Entry) => boolean): [chunk: number, at: number] {
    const chunk = this.chunks.length === 1 ? 0 : firstWhere(this.chunks, (entries) => from(entries.at(-1) as Entry));
    const entries = this.chunks[chunk];
    return [chunk, entries ? firstWhere(entries, from) : 0];
  }

  /** Entries in order, from the first of which `from` holds. */
  *forward(from: (entry: Entry) => boolean): Generator<Entry, void> {
    const [first, start] = this.seek(from);
    for (let chunk = first; chunk < this.chunks.length; chunk += 1) {
      const entries = this.chunks[chunk] as Entry[];
      for (let at = chunk === first ? start : 0; at < entries.length; at += 1) yield entries[at] as Entry;
    }
  }

  /** Entries from last to first, beginning before the first of which `past` holds. */
  *backward(past: (entry: Entry) => boolean): Generator<Entry, void> {
    const [first, start] = this.seek(past);
    for (let chunk = Math.min(first, this.chunks.length - 1); chunk >= 0; chunk -= 1) {
      const entries = this.chunks[chunk] as Entry[];
      for (let at = (chunk === first ? start : entries.length) - 1; at >= 0; at -= 1) yield entries[at] as Entry;
    }
  }
}
