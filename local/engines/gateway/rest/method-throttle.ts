import type { Resource } from '../../../template/index.ts';
import { type Bucket, createBucket, rateOf } from '../throttle.ts';
import type { Route } from './routes.ts';

interface Setting {
  readonly HttpMethod?: string;
  readonly ResourcePath?: string;
  readonly ThrottlingRateLimit?: unknown;
  readonly ThrottlingBurstLimit?: unknown;
}

/** `/~1orders~1{id}` and `/orders/{id}` are the same path. */
const plain = (path: string): string => path.replaceAll('~1', '/').replace(/^\/+/, '/');

const fits = ({ HttpMethod = '*', ResourcePath = '/*' }: Setting, { method, path }: Route): boolean =>
  (HttpMethod === '*' || HttpMethod === method) && (ResourcePath === '/*' || plain(ResourcePath) === path);

const isGeneral = ({ HttpMethod = '*', ResourcePath = '/*' }: Setting): number =>
  Number(HttpMethod === '*') + Number(ResourcePath === '/*');

/** The stage's MethodSettings: each method has a bucket of its own, filled by the most particular setting that names it. */
export const methodThrottle = (stage: Resource): ((route: Route, now: number) => boolean) => {
  const settings = [...((stage.properties['MethodSettings'] ?? []) as Setting[])].sort((a, b) => isGeneral(a) - isGeneral(b));
  const buckets = new Map<string, Bucket>();
  return (route, now) => {
    const own = settings.find((setting) => fits(setting, route));
    const rate = own && rateOf(own.ThrottlingRateLimit, own.ThrottlingBurstLimit);
    if (!rate) return true;
    const key = `${route.method} ${route.path}`;
    const bucket = buckets.get(key) ?? createBucket(rate);
    buckets.set(key, bucket);
    return bucket(now);
  };
};
