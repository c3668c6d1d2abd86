/** A small generator of numbers in [0, 1): the same seed, the same order. */
export const dice = (seed: number): (() => number) => {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** All of them in a random order, a tenth of them twice. */
export const shuffled = <T>(all: readonly T[], seed: number): T[] => {
  const roll = dice(seed);
  const mixed = [...all, ...all.filter(() => roll() < 0.1)];
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = Math.floor(roll() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
  }
  return mixed;
};
