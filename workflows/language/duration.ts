/** '90s', '15m', '8h'. */
export type Duration = `${number}${'s' | 'm' | 'h'}`;

const SECONDS = { s: 1, m: 60, h: 3600 } as const;

/** Seconds of a duration. Throws on anything that is not a positive number and a unit. */
export const seconds = (duration: Duration): number => {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)([smh])$/.exec(duration) ?? [];
  const value = Number(amount) * SECONDS[(unit ?? 's') as keyof typeof SECONDS];
  if (!(value > 0)) throw new Error(`"${duration}" is not a duration; write it like '90s', '15m' or '8h'`);
  return value;
};
