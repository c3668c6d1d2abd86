import type { InvokeOutcome } from '../../../kernel/engine.ts';
import { executeArn, functionOf, type GatewayGround } from '../ground.ts';
import { header } from '../headers.ts';
import type { RestApi } from './api.ts';
import { type Facts, proxyEvent, type RestRequest } from './event.ts';
import { mocked } from './mock.ts';
import type { Response } from './responses.ts';

/** API Gateway's limits. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024;
const LONGEST_INTEGRATION_MS = 29_000;

interface ProxyAnswer {
  readonly statusCode?: unknown;
  readonly headers?: Record<string, unknown> | null;
  readonly multiValueHeaders?: Record<string, unknown[]> | null;
  readonly body?: unknown;
  readonly isBase64Encoded?: boolean;
}

/** Whether a media type is one that the API treats as bytes. */
export const isBinary = ({ binary }: RestApi, type: string | undefined): boolean => {
  const plain = (type ?? '').split(/[;,]/)[0]?.trim().toLowerCase() ?? '';
  return binary.some((each) => each === '*/*' || each === plain);
};

/** The function's answer as HTTP, or undefined where it is none. */
const responseOf = (payload: unknown, requestId: string, bytes: boolean): Response | undefined => {
  if (typeof payload !== 'object' || payload === null) return undefined;
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = payload as ProxyAnswer;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599 || (body !== undefined && body !== null && typeof body !== 'string'))
    return undefined;
  const named = [
    ...Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)] as const),
    ...Object.entries(multiValueHeaders ?? {}),
  ];
  const answer: Response = {
    status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      ...Object.fromEntries(named.map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.map(String) : String(value)])),
    },
    body: Buffer.from(body ?? '', isBase64Encoded && bytes ? 'base64' : 'utf8'),
  };
  return answer.body.length > MAX_BODY_BYTES ? undefined : answer;
};

/** The outcome, or `late` when the clock was faster. */
const within = (ground: GatewayGround, ms: number, work: Promise<InvokeOutcome>): Promise<InvokeOutcome | 'late'> =>
  new Promise((resolve, reject) => {
    const cancel = ground.scheduler.after(ms, () => resolve('late'));
    work.then(resolve, reject).finally(cancel);
  });

const staged = (uri: unknown, variables: Readonly<Record<string, string>>): string =>
  String(uri).replace(/\$\{stageVariables\.(\w+)\}/g, (_whole, name: string) => variables[name] ?? '');

/** Hands an admitted request to what stands behind its route. */
export const integrate = async (
  ground: GatewayGround,
  api: RestApi,
  request: RestRequest,
  facts: Facts,
  authorizer?: Record<string, unknown>,
): Promise<Response> => {
  const { requestId, route } = facts;
  const integration = (route.resource.properties['Integration'] ?? {}) as Record<string, unknown>;
  if (integration['Type'] === 'MOCK') return mocked(route.resource, requestId);
  const uri = functionOf(staged(integration['Uri'], api.variables)) ?? '';
  const blame = (message: string, fields: object = {}) =>
    ground.complain(message, { function: uri, route: route.path, requestId, ...fields });
  if (!ground.permits(uri, executeArn(ground, `${api.id}/${api.stage}/${request.method}${route.path}`))) {
    blame('API Gateway may not invoke the function of this route: the template has no permission for it');
    return api.refuse('API_CONFIGURATION_ERROR', requestId);
  }
  const limit = Math.min(Number(integration['TimeoutInMillis'] ?? LONGEST_INTEGRATION_MS), LONGEST_INTEGRATION_MS);
  const event = proxyEvent(request, facts, authorizer, isBinary(api, header(request.headers, 'content-type')));
  const outcome = await within(ground, limit, ground.invoke(uri, event));
  if (outcome === 'late') return api.refuse('INTEGRATION_TIMEOUT', requestId);
  if (!outcome.ok) {
    blame('The function of this route failed', { error: outcome.error, cause: outcome.cause });
    return api.refuse('DEFAULT_5XX', requestId);
  }
  const response = responseOf(outcome.payload, requestId, isBinary(api, header(request.headers, 'accept')));
  if (!response) blame('The function answered what is no HTTP response, or more than 10 MB');
  return response ?? api.refuse('DEFAULT_5XX', requestId);
};
