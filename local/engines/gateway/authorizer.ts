import { judge } from '../../port/judge.ts';
import { compileDocument } from '../../port/statement.ts';
import type { Resource } from '../../template/index.ts';
import { executeArn, functionOf, type GatewayGround } from './ground.ts';
import { header, type Pairs } from './headers.ts';

/** `failed`: the authorizer itself broke. The context is what it tells the integration. */
export type Verdict = { word: 'allow'; context: Record<string, unknown> } | { word: 'unauthorized' | 'denied' | 'failed' };

export interface Ask {
  readonly methodArn: string;
  readonly event: object;
  readonly headers: Pairs;
  readonly query: Pairs;
}

export type Authorizer = (ask: Ask) => Promise<Verdict>;

interface Source {
  readonly in: 'header' | 'querystring';
  readonly name: string;
}

/** REST writes `method.request.header.X` joined by commas, WebSocket a list of `route.request.header.X`. */
const sourcesOf = (value: unknown): Source[] =>
  (Array.isArray(value) ? value.map(String) : String(value ?? '').split(',')).flatMap((text) => {
    const [, where, name] = /^(?:method|route)\.request\.(header|querystring)\.(.+)$/.exec(text.trim()) ?? [];
    return name ? [{ in: where as Source['in'], name }] : [];
  });

interface Result {
  readonly principalId?: unknown;
  readonly policyDocument?: unknown;
  readonly context?: Record<string, unknown>;
}

/** A Lambda REQUEST authorizer: every identity source must be there, the answer is an IAM policy, kept for the template's TTL. */
export const createAuthorizer = (resource: Resource, apiId: string, ground: GatewayGround): Authorizer => {
  const { scheduler, invoke, permits, complain, meter } = ground;
  const { properties } = resource;
  const uri = functionOf(properties['AuthorizerUri']);
  if (!uri) throw new Error(`${resource.stack}.${resource.logicalId}: only Lambda REQUEST authorizers are run here`);
  const sources = sourcesOf(properties['IdentitySource']);
  const ttlMs = Number(properties['AuthorizerResultTtlInSeconds'] ?? (sources.length > 0 ? 300 : 0)) * 1000;
  const kept = new Map<string, { until: number; result: Result }>();

  const weigh = ({ principalId, policyDocument, context = {} }: Result, methodArn: string): Verdict => {
    const request = { principal: String(principalId), action: 'execute-api:Invoke', resource: methodArn, context: {} };
    const { word } = judge(compileDocument(policyDocument, `the answer of ${uri}`), request);
    return word === 'allow' ? { word, context: { ...context, principalId, integrationLatency: 0 } } : { word: 'denied' };
  };
  const ask = async (event: object, arn: string): Promise<Result | 'unauthorized' | 'failed'> => {
    if (!permits(uri, executeArn(ground, `${apiId}/authorizers/${resource.ref}`))) {
      complain('The authorizer may not be invoked by API Gateway: its function has no permission for this API', { function: uri });
      return 'failed';
    }
    meter('lambda', 'authorizer invocations', 1);
    const outcome = await invoke(uri, { type: 'REQUEST', methodArn: arn, ...event });
    if (outcome.ok) return outcome.payload as Result;
    if (outcome.cause.includes('"errorMessage":"Unauthorized"') || outcome.cause === 'Unauthorized') return 'unauthorized';
    complain('The authorizer failed', { function: uri, error: outcome.error, cause: outcome.cause });
    return 'failed';
  };

  return async ({ methodArn, event, headers, query }) => {
    const identity = sources.map((source) =>
      source.in === 'header' ? header(headers, source.name) : query.find(([name]) => name === source.name)?.[1],
    );
    if (identity.some((value) => !value)) return { word: 'unauthorized' };
    const key = identity.join('\n');
    const known = kept.get(key);
    if (known && known.until > scheduler.now()) return weigh(known.result, methodArn);
    const result = await ask(event, methodArn);
    if (result === 'unauthorized' || result === 'failed') return { word: result };
    kept.delete(key);
    if (ttlMs > 0 && sources.length > 0) kept.set(key, { until: scheduler.now() + ttlMs, result });
    try {
      return weigh(result, methodArn);
    } catch (error) {
      complain('The authorizer answered what is no policy', { function: uri, cause: (error as Error).message });
      return { word: 'failed' };
    }
  };
};
