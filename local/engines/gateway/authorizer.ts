import type { Resource } from '../../template/index.ts';
import { executeArn, functionOf, type GatewayGround } from './ground.ts';
import { type Asking, identitySources } from './identity-sources.ts';
import { type Answer, type Verdict, weigh } from './verdict.ts';

export interface Ask extends Asking {
  readonly methodArn: string;
  readonly event: object;
}

export type Authorizer = (ask: Ask) => Promise<Verdict>;

const LONGEST_TTL_SECONDS = 3600;
const KEPT = 10_000;

/** How long answers are kept: five minutes by default. A WebSocket's authorizer is asked once for each connection, nothing is kept. */
const ttlOf = ({ type, properties }: Resource, sources: number): number => {
  if (type === 'AWS::ApiGatewayV2::Authorizer' || sources === 0) return 0;
  return Math.min(Number(properties['AuthorizerResultTtlInSeconds'] ?? 300), LONGEST_TTL_SECONDS) * 1000;
};

/** Answers by identity, for a while. */
const createCache = (ttlMs: number, now: () => number) => {
  const kept = new Map<string, { until: number; answer: Answer }>();
  return {
    get: (key: string): Answer | undefined => {
      const known = kept.get(key);
      return known && known.until > now() ? known.answer : undefined;
    },
    keep: (key: string, answer: Answer): void => {
      if (ttlMs === 0) return;
      if (kept.size >= KEPT) for (const [old, { until }] of kept) if (until <= now()) kept.delete(old);
      kept.delete(key);
      kept.set(key, { until: now() + ttlMs, answer });
    },
  };
};

/** A Lambda authorizer, TOKEN or REQUEST: every identity source must be there; the answer is an IAM policy, weighed for each method. */
export const createAuthorizer = (resource: Resource, apiId: string, ground: GatewayGround): Authorizer => {
  const { scheduler, invoke, permits, complain, meter } = ground;
  const { properties, stack, logicalId } = resource;
  const uri = functionOf(properties['AuthorizerUri']);
  const isToken = properties['Type'] === 'TOKEN';
  if (!uri) throw new Error(`${stack}.${logicalId}: only Lambda authorizers are run here`);
  const sources = identitySources(properties['IdentitySource']);
  const shape =
    isToken && properties['IdentityValidationExpression'] ? new RegExp(`^(?:${String(properties['IdentityValidationExpression'])})$`) : /^/;
  const cache = createCache(ttlOf(resource, sources.length), scheduler.now);

  const ask = async (event: object, methodArn: string): Promise<Answer | 'unauthorized' | 'failed'> => {
    if (!permits(uri, executeArn(ground, `${apiId}/authorizers/${resource.ref}`))) {
      complain('The authorizer may not be invoked by API Gateway: its function has no permission for this API', { function: uri });
      return 'failed';
    }
    meter('lambda', 'authorizer invocations', 1);
    const outcome = await invoke(uri, { methodArn, ...event });
    if (outcome.ok) return outcome.payload as Answer;
    if (outcome.cause.includes('"errorMessage":"Unauthorized"') || outcome.cause === 'Unauthorized') return 'unauthorized';
    complain('The authorizer failed', { function: uri, error: outcome.error, cause: outcome.cause });
    return 'failed';
  };

  return async (asked) => {
    const { methodArn, event } = asked;
    const identity = sources.map((source) => source(asked));
    if (identity.some((value) => !value) || !shape.test(identity[0] ?? '')) return { word: 'unauthorized' };
    const key = identity.join('\n');
    const known = cache.get(key);
    const answer =
      known ?? (await ask(isToken ? { type: 'TOKEN', authorizationToken: identity[0] } : { type: 'REQUEST', ...event }, methodArn));
    if (answer === 'unauthorized' || answer === 'failed') return { word: answer };
    try {
      const verdict = weigh(answer, methodArn, uri);
      if (!known) cache.keep(key, answer);
      return verdict;
    } catch (error) {
      complain('The authorizer answered what is no policy', { function: uri, cause: (error as Error).message });
      return { word: 'misconfigured' };
    }
  };
};
