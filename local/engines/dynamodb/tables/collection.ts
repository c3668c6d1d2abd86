import { compareInPartition, type Entry, type Place } from './row.ts';

const BUCKETS = 1024;

/** FNV-1a: spreads partitions over scan buckets, the same way in every run. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
};

const bucketOf = (partition: string): number => hash(partition) % BUCKETS;

/** The first position in sorted `entries` of which `from` holds. */
export const firstWhere = (entries: readonly Entry[], from: (entry: Entry) => boolean): number => {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (from(entries[middle] as Entry)) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** The entries of a table or an index: partitions by key, each sorted; partitions spread over buckets for scans. */
export class Collection {
  private readonly partitions = new Map<string, Entry[]>();
  private readonly buckets: (Set<string> | undefined)[] = [];
  count = 0;
  bytes = 0;

  partition(key: string): readonly Entry[] {
    return this.partitions.get(key) ?? [];
  }

  /** Puts `next` in the place of `old`; either may be absent. */
  change(old: Entry | undefined, next: Entry | undefined): void {
    this.count += (next ? 1 : 0) - (old ? 1 : 0);
    this.bytes += (next?.size ?? 0) - (old?.size ?? 0);
    if (old && next && old.partition === next.partition && compareInPartition(old, next) === 0) {
      const entries = this.partitions.get(old.partition) as Entry[];
      entries[this.at(entries, old)] = next;
      return;
    }
    if (old) this.remove(old);
    if (next) this.insert(next);
  }

  private at(entries: readonly Entry[], place: Place): number {
    return firstWhere(entries, (entry) => compareInPartition(entry, place) >= 0);
  }

  private insert(entry: Entry): void {
    const entries = this.partitions.get(entry.partition);
    if (!entries) {
      this.partitions.set(entry.partition, [entry]);
      const bucket = bucketOf(entry.partition);
      const keys = this.buckets[bucket] ?? new Set();
      this.buckets[bucket] = keys.add(entry.partition);
      return;
    }
    const last = entries.at(-1);
    // Journals and logs append: the last place is looked at first.
    if (!last || compareInPartition(last, entry) < 0) entries.push(entry);
    else entries.splice(this.at(entries, entry), 0, entry);
  }

  private remove(entry: Entry): void {
    const entries = this.partitions.get(entry.partition) as Entry[];
    if (entries.length > 1) {
      entries.splice(this.at(entries, entry), 1);
      return;
    }
    this.partitions.delete(entry.partition);
    this.buckets[bucketOf(entry.partition)]?.delete(entry.partition);
  }

  /** Every entry of a segment in a stable order (bucket, partition, order), after `start` if given. */
  *scan(start?: Place, segment = 0, segments = 1): Generator<Entry> {
    const end = Math.ceil(((segment + 1) * BUCKETS) / segments);
    const first = Math.ceil((segment * BUCKETS) / segments);
    const from = start ? Math.max(first, bucketOf(start.partition)) : first;
    for (let bucket = from; bucket < end; bucket += 1) {
      const resumed = start && bucketOf(start.partition) === bucket ? start : undefined;
      for (const key of [...(this.buckets[bucket] ?? [])].sort()) {
        if (resumed && key < resumed.partition) continue;
        const entries = this.partition(key);
        const skip = resumed && key === resumed.partition ? firstWhere(entries, (entry) => compareInPartition(entry, resumed) > 0) : 0;
        for (let at = skip; at < entries.length; at += 1) yield entries[at] as Entry;
      }
    }
  }
}
