/** First in, first out, without moving elements on every take. */
export interface Line<T> {
  push(item: T): void;
  shift(): T | undefined;
  /** Drops every item that is not wanted. */
  keep(wanted: (item: T) => boolean): void;
  size(): number;
  clear(): void;
}

const COMPACT_AFTER = 1_024;

export const createLine = <T>(): Line<T> => {
  let items: (T | undefined)[] = [];
  let head = 0;
  return {
    push: (item) => {
      items.push(item);
    },
    shift: () => {
      if (head >= items.length) return undefined;
      const item = items[head];
      // What was taken may be large; its place must not keep it.
      items[head] = undefined;
      head += 1;
      if (head >= COMPACT_AFTER && head * 2 >= items.length) {
        items = items.slice(head);
        head = 0;
      }
      return item;
    },
    keep: (wanted) => {
      items = items.slice(head).filter((item) => item !== undefined && wanted(item));
      head = 0;
    },
    size: () => items.length - head,
    clear: () => {
      items = [];
      head = 0;
    },
  };
};
