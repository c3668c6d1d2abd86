/** How much one call takes: `most` items, and `bytes` of them by `sizeOf`, where that counts. */
export interface Hold<T> {
  readonly most: number;
  readonly bytes?: number;
  readonly sizeOf?: (item: T) => number;
}

/** Items in their order, in as few groups as they fit in. One that is too large for any goes alone. Pure. */
export const packed = <T>(items: readonly T[], { most, bytes = Number.POSITIVE_INFINITY, sizeOf = () => 0 }: Hold<T>): T[][] => {
  const groups: T[][] = [];
  let held = 0;
  for (const item of items) {
    const size = sizeOf(item);
    const open = groups.at(-1);
    held += size;
    if (open && open.length < most && held <= bytes) open.push(item);
    else {
      groups.push([item]);
      held = size;
    }
  }
  return groups;
};
