import { createHeap } from '../../kernel/heap.ts';

/** What is due when. Adding and removing cost the same however much waits; what was removed leaves nothing but its time. */
export interface Deadlines<T> {
  add(at: number, item: T): void;
  remove(at: number, item: T): void;
  /** Takes out everything due by `now`, earliest first, then in the order it was added. */
  due(now: number): T[];
  next(): number | undefined;
  clear(): void;
}

export const createDeadlines = <T>(): Deadlines<T> => {
  const buckets = new Map<number, Set<T>>();
  let times = createHeap<number>((a, b) => a < b);

  /** A time may stand in the heap without a bucket, or twice: its bucket was emptied meanwhile. */
  const next = (): number | undefined => {
    for (let time = times.peek(); time !== undefined; time = times.peek()) {
      if (buckets.has(time)) return time;
      times.pop();
    }
    return undefined;
  };

  return {
    add: (at, item) => {
      const bucket = buckets.get(at);
      if (bucket) {
        bucket.add(item);
        return;
      }
      buckets.set(at, new Set([item]));
      times.push(at);
    },
    remove: (at, item) => {
      const bucket = buckets.get(at);
      if (bucket?.delete(item) && bucket.size === 0) buckets.delete(at);
    },
    due: (now) => {
      const items: T[] = [];
      for (let time = next(); time !== undefined && time <= now; time = next()) {
        items.push(...(buckets.get(time) ?? []));
        buckets.delete(time);
        times.pop();
      }
      return items;
    },
    next,
    clear: () => {
      buckets.clear();
      times = createHeap((a, b) => a < b);
    },
  };
};
