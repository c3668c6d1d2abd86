/** What was sent under a deduplication id. */
export interface Sent {
  readonly id: string;
  readonly sequence: string;
  readonly at: number;
}

const WINDOW_MS = 300_000;

/** What a FIFO queue was sent in the last five minutes, deleted messages too. */
export interface Deduplication {
  find(key: string, now: number): Sent | undefined;
  note(key: string, sent: Sent): void;
  all(now: number): [key: string, sent: Sent][];
}

export const createDeduplication = (): Deduplication => {
  const known = new Map<string, Sent>();
  /** Keys stand in the order of their times. */
  const forget = (now: number): void => {
    for (const [key, { at }] of known) {
      if (at + WINDOW_MS > now) return;
      known.delete(key);
    }
  };
  return {
    find: (key, now) => {
      forget(now);
      return known.get(key);
    },
    note: (key, sent) => {
      known.delete(key);
      known.set(key, sent);
    },
    all: (now) => {
      forget(now);
      return [...known];
    },
  };
};
