/** A binary heap: smallest first, as `before` says. */
export interface Heap<T> {
  push(item: T): void;
  pop(): T | undefined;
  peek(): T | undefined;
  size(): number;
}

export const createHeap = <T>(before: (a: T, b: T) => boolean): Heap<T> => {
  const items: T[] = [];
  const at = (index: number): T => items[index] as T;

  const up = (start: number): void => {
    let child = start;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!before(at(child), at(parent))) return;
      [items[child], items[parent]] = [at(parent), at(child)];
      child = parent;
    }
  };
  const down = (): void => {
    let parent = 0;
    for (;;) {
      let least = parent;
      for (const child of [2 * parent + 1, 2 * parent + 2]) if (child < items.length && before(at(child), at(least))) least = child;
      if (least === parent) return;
      [items[least], items[parent]] = [at(parent), at(least)];
      parent = least;
    }
  };

  return {
    push: (item) => {
      items.push(item);
      up(items.length - 1);
    },
    pop: () => {
      const first = items[0];
      const last = items.pop();
      if (items.length > 0 && last !== undefined) {
        items[0] = last;
        down();
      }
      return first;
    },
    peek: () => items[0],
    size: () => items.length,
  };
};
