/** First in, first out, without moving elements on every take. */
export interface Line<T> {
  push(item: T): void;
  shift(): T | undefined;
  clear(): void;
}

const COMPACT_AFTER = 1_024;

export const createLine = <T>(): Line<T> => {
  let items: T[] = [];
  let head = 0;
  return {
    push: (item) => {
      items.push(item);
    },
    shift: () => {
      if (head >= items.length) return undefined;
      const item = items[head];
      head += 1;
      if (head >= COMPACT_AFTER && head * 2 >= items.length) {
        items = items.slice(head);
        head = 0;
      }
      return item;
    },
    clear: () => {
      items = [];
      head = 0;
    },
  };
};
