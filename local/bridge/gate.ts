interface Deps {
  readonly bound: number;
  /** How many wait for the bus. */
  readonly waiting: () => number;
  readonly shut: () => void;
  readonly open: () => void;
}

/** Shuts when so many wait, and opens again at half of it: to be asked whenever that number changed. */
export const createGate = ({ bound, waiting, shut, open }: Deps): (() => void) => {
  let isShut = false;
  return () => {
    if (!isShut && waiting() >= bound) {
      isShut = true;
      shut();
    } else if (isShut && waiting() <= bound / 2) {
      isShut = false;
      open();
    }
  };
};
