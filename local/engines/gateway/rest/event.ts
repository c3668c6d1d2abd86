import { listed, type Pairs } from '../headers.ts';
import type { Route } from './routes.ts';

export interface RestRequest {
  readonly method: string;
  /** With the stage and the query: `/api/orchestration/events/history?limit=5`. */
  readonly path: string;
  readonly headers: Pairs;
  readonly body?: Buffer | string;
  readonly sourceIp?: string;
}

export interface Facts {
  readonly apiId: string;
  readonly stage: string;
  /** The stage's variables; null where it has none. */
  readonly variables: Readonly<Record<string, string>> | null;
  readonly account: string;
  readonly region: string;
  readonly requestId: string;
  readonly now: number;
  /** Below the stage. */
  readonly path: string;
  readonly query: Pairs;
  readonly route: Route;
  readonly pathParameters: Record<string, string> | null;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `22/Nov/2026:17:42:05 +0000`, as API Gateway writes request times. */
export const commonLogTime = (now: number): string => {
  const iso = new Date(now).toISOString();
  return `${iso.slice(8, 10)}/${MONTHS[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
};

export const identityOf = (request: RestRequest) => ({
  accessKey: null,
  accountId: null,
  caller: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  sourceIp: request.sourceIp ?? '127.0.0.1',
  user: null,
  userAgent: request.headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1] ?? null,
  userArn: null,
});

/** What an AWS_PROXY integration and a REQUEST authorizer have in common (payload format 1.0). */
export const baseEvent = (request: RestRequest, facts: Facts) => {
  const { route, path, query, stage, apiId, region, now, requestId, account } = facts;
  const headers = listed(request.headers);
  const parameters = listed(query);
  const domainName = `${apiId}.execute-api.${region}.amazonaws.com`;
  return {
    resource: route.path,
    path,
    httpMethod: request.method,
    headers: headers.single,
    multiValueHeaders: headers.multiple,
    queryStringParameters: parameters.single,
    multiValueQueryStringParameters: parameters.multiple,
    pathParameters: facts.pathParameters,
    stageVariables: facts.variables,
    requestContext: {
      accountId: account,
      apiId,
      domainName,
      domainPrefix: apiId,
      extendedRequestId: requestId,
      httpMethod: request.method,
      identity: identityOf(request),
      operationName: route.resource.properties['OperationName'],
      path: `/${stage}${path}`,
      protocol: 'HTTP/1.1',
      requestId,
      requestTime: commonLogTime(now),
      requestTimeEpoch: now,
      resourceId: route.resourceId,
      resourcePath: route.path,
      stage,
    },
  };
};

export const proxyEvent = (request: RestRequest, facts: Facts, authorizer: Record<string, unknown> | undefined, bytes: boolean) => {
  const base = baseEvent(request, facts);
  const body = Buffer.from(request.body ?? '').toString(bytes ? 'base64' : 'utf8');
  return {
    ...base,
    requestContext: { ...base.requestContext, ...(authorizer ? { authorizer } : {}) },
    body: body === '' ? null : body,
    isBase64Encoded: bytes && body !== '',
  };
};
