import type { Resource } from '../../../template/index.ts';
import { type Bucket, createBucket, rateOf } from '../throttle.ts';
import type { Route } from './routes.ts';

interface ApiStage {
  readonly ApiId?: unknown;
  readonly Stage?: unknown;
  /** By `/path/METHOD`. */
  readonly Throttle?: Readonly<Record<string, Throttle>>;
}
interface Throttle {
  readonly RateLimit?: unknown;
  readonly BurstLimit?: unknown;
}
interface Quota {
  readonly Limit?: unknown;
  readonly Offset?: unknown;
  readonly Period?: 'DAY' | 'WEEK' | 'MONTH';
}

/** Who is counted is told by the key: `INVALID_API_KEY` where it opens no plan of this stage. */
export type Usage = (key: string | undefined, route: Route, now: number) => 'INVALID_API_KEY' | 'THROTTLED' | 'QUOTA_EXCEEDED' | undefined;

const DAY_MS = 86_400_000;

/** The number of the period a time is in: days, weeks from Sunday, or months, in UTC. */
export const periodOf = (now: number, period: Quota['Period']): number => {
  const day = Math.floor(now / DAY_MS);
  if (period === 'WEEK') return Math.floor((day + 4) / 7);
  const date = new Date(now);
  return period === 'MONTH' ? date.getUTCFullYear() * 12 + date.getUTCMonth() : day;
};

const createQuota = ({ Limit, Offset, Period = 'DAY' }: Quota): Bucket => {
  let period = -1;
  let used = 0;
  return (now) => {
    if (periodOf(now, Period) !== period) {
      used = period === -1 ? Number(Offset ?? 0) : 0;
      period = periodOf(now, Period);
    }
    used += 1;
    return used <= Number(Limit);
  };
};

const lazily = (make: () => Bucket | undefined): ((key: string) => Bucket | undefined) => {
  const known = new Map<string, Bucket | undefined>();
  return (key) => {
    if (!known.has(key)) known.set(key, make());
    return known.get(key);
  };
};

interface Plan {
  readonly keys: ReadonlySet<string>;
  readonly admit: (key: string, route: Route, now: number) => 'THROTTLED' | 'QUOTA_EXCEEDED' | undefined;
}

const bucketOf = (throttle: Throttle | undefined): Bucket | undefined => {
  const rate = throttle && rateOf(throttle.RateLimit, throttle.BurstLimit);
  return rate && createBucket(rate);
};

const planOf = (plan: Resource, stage: ApiStage, keys: ReadonlySet<string>): Plan => {
  const { Throttle: whole, Quota: quota } = plan.properties as { Throttle?: Throttle; Quota?: Quota };
  const overall = lazily(() => bucketOf(whole));
  const quotas = lazily(() => quota && createQuota(quota));
  const methods = new Map(Object.entries(stage.Throttle ?? {}).map(([name, throttle]) => [name, lazily(() => bucketOf(throttle))]));
  return {
    keys,
    admit: (key, { path, method }, now) => {
      const bucket = methods.get(`${path}/${method}`)?.(key) ?? overall(key);
      if (bucket && !bucket(now)) return 'THROTTLED';
      return (quotas(key)?.(now) ?? true) ? undefined : 'QUOTA_EXCEEDED';
    },
  };
};

/** The usage plans of one stage, by key. What was used is counted in memory: AWS, too, calls its quotas no hard limits. */
export const usageOf = (
  api: string,
  stage: string,
  plans: readonly Resource[],
  links: readonly Resource[],
  keys: readonly Resource[],
): Usage => {
  const values = new Map(
    keys
      .filter(({ properties }) => properties['Enabled'] !== false)
      .map(({ ref, properties }) => [ref, String(properties['Value'] ?? ref)]),
  );
  const valuesOf = (plan: Resource): ReadonlySet<string> =>
    new Set(
      links.flatMap(({ properties }) => (properties['UsagePlanId'] === plan.ref ? (values.get(String(properties['KeyId'])) ?? []) : [])),
    );
  const own = plans.flatMap((plan) => {
    const stages = (plan.properties['ApiStages'] ?? []) as ApiStage[];
    const here = stages.find(({ ApiId, Stage }) => ApiId === api && Stage === stage);
    return here ? [planOf(plan, here, valuesOf(plan))] : [];
  });
  return (key, route, now) => {
    const plan = key === undefined ? undefined : own.find(({ keys: opened }) => opened.has(key));
    return plan && key !== undefined ? plan.admit(key, route, now) : 'INVALID_API_KEY';
  };
};
