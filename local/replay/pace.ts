/** How fast a file is played: `max`, or so many times faster than it happened. */
export type Speed = 'max' | number;

export const speedIn = (text: string): Speed | undefined => {
  if (text === 'max') return 'max';
  const factor = Number(text);
  return Number.isFinite(factor) && factor > 0 ? factor : undefined;
};

/** Milliseconds after the start at which a record is due. Records without a time, or older than the first, are due at once. */
export const dueMs = (at: number | undefined, firstAt: number | undefined, speed: Speed): number =>
  speed === 'max' || at === undefined || firstAt === undefined ? 0 : Math.max(0, (at - firstAt) / speed);
