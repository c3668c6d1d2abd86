/** A generator of numbers in [0, 1), a linear congruential one: with the same seed the same every time. */
export const dice =
  (seed: number): (() => number) =>
  () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
