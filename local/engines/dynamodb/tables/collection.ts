import { compareInPartition, type Entry, type Place } from './row.ts';
import { Sorted } from './sorted.ts';

const BUCKETS = 1024;

/** FNV-1a: spreads partitions over scan buckets, the same way in every run. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
};

const bucketOf = (partition: string): number => hash(partition) % BUCKETS;

const EMPTY = new Sorted();

/** The entries of a table or an index: partitions by key, each sorted; partitions spread over buckets for scans. */
export class Collection {
  private readonly partitions = new Map<string, Sorted>();
  private readonly buckets: (Set<string> | undefined)[] = [];
  count = 0;

  partition(key: string): Sorted {
    return this.partitions.get(key) ?? EMPTY;
  }

  /** Puts `next` in the place of `old`; either may be absent. */
  change(old: Entry | undefined, next: Entry | undefined): void {
    if (old && next && old.partition === next.partition && compareInPartition(old, next) === 0) {
      this.partition(old.partition).replace(old, next);
      return;
    }
    if (old) this.remove(old);
    if (next) this.insert(next);
  }

  private insert(entry: Entry): void {
    this.count += 1;
    let entries = this.partitions.get(entry.partition);
    if (!entries) {
      entries = new Sorted();
      this.partitions.set(entry.partition, entries);
      const bucket = bucketOf(entry.partition);
      this.buckets[bucket] = (this.buckets[bucket] ?? new Set()).add(entry.partition);
    }
    entries.insert(entry);
  }

  private remove(entry: Entry): void {
    this.count -= 1;
    const entries = this.partition(entry.partition);
    entries.remove(entry);
    if (!entries.empty) return;
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
        const after = resumed && key === resumed.partition ? resumed : undefined;
        yield* this.partition(key).forward((entry) => !after || compareInPartition(entry, after) > 0);
      }
    }
  }

  /** Bytes as DynamoDB counts them. */
  bytes(): number {
    let bytes = 0;
    for (const { size } of this.scan()) bytes += size;
    return bytes;
  }
}
