/** Steady requests a second, and how many may come at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Whether one more may pass now; one that passes is counted. */
export type Bucket = (now: number) => boolean;

/** API Gateway's token bucket: full at first, refilled at the rate up to the burst. */
export const createBucket = ({ perSecond, burst }: Rate): Bucket => {
  let tokens = burst;
  let at: number | undefined;
  return (now) => {
    tokens = Math.min(burst, tokens + ((now - (at ?? now)) / 1000) * perSecond);
    at = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
};

/** The rate of a template's throttle settings, or undefined where they set none. -1 means no limit. */
export const rateOf = (perSecond: unknown, burst: unknown): Rate | undefined => {
  if (perSecond === undefined && burst === undefined) return undefined;
  const [rate, most] = [Number(perSecond ?? 10_000), Number(burst ?? 5000)];
  return rate < 0 || most < 0 ? undefined : { perSecond: rate, burst: most };
};
