/** The pause before try number `attempt` (from 1), in ms: it doubles up to a minute's half, and each takes between half of it and all of it, so that bridges do not all return at once. */
export const backoff = (attempt: number, random: () => number, baseMs = 500, mostMs = 30_000): number =>
  Math.min(mostMs, baseMs * 2 ** Math.min(attempt - 1, 30)) * (0.5 + random() / 2);
