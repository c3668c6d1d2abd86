import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { ResponseType } from 'aws-cdk-lib/aws-apigateway';
import { type ProblemName, problemType } from '../../shared/contracts/problem.ts';

interface Answer {
  readonly on: ResponseType;
  readonly status?: number;
  readonly type: ProblemName;
  readonly title: string;
  /** What to do. Templates fill in only what API Gateway knows; no text of the caller is repeated inside quotes. */
  readonly detail: string;
  /** Adds `errors` with the validator's own words about this part of the request: what is wrong, seldom where. */
  readonly errors?: 'body' | 'query';
}

const ANSWERS: readonly Answer[] = [
  {
    on: ResponseType.BAD_REQUEST_BODY,
    status: 400,
    type: 'invalid-request',
    title: 'The request does not fit its contract',
    detail: 'Mend what errors complains of; it says what is wrong, and the OpenAPI document where each value stands.',
    errors: 'body',
  },
  {
    on: ResponseType.BAD_REQUEST_PARAMETERS,
    status: 400,
    type: 'invalid-request',
    title: 'The request does not fit its contract',
    detail: 'Mend the parameter named in errors.',
    errors: 'query',
  },
  {
    on: ResponseType.UNAUTHORIZED,
    status: 401,
    type: 'unauthenticated',
    title: 'No valid token',
    detail: 'Send "Authorization: Bearer <token>" with a token that has not expired.',
  },
  { on: ResponseType.EXPIRED_TOKEN, status: 401, type: 'unauthenticated', title: 'The token has expired', detail: 'Sign in again.' },
  {
    on: ResponseType.INVALID_SIGNATURE,
    status: 401,
    type: 'unauthenticated',
    title: 'The signature does not hold',
    detail: 'Sign in again.',
  },
  {
    on: ResponseType.ACCESS_DENIED,
    status: 403,
    type: 'forbidden',
    title: 'Not yours to do',
    detail: 'Ask someone whose role may, or an administrator for the role.',
  },
  {
    on: ResponseType.WAF_FILTERED,
    status: 403,
    type: 'filtered',
    title: 'The firewall refused the request',
    detail: 'Too many requests from one address, or a request that looks like an attack; slow down or ask the operators.',
  },
  {
    on: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    status: 404,
    type: 'not-found',
    title: 'There is no such thing',
    detail: 'Check the path and the method against the OpenAPI document.',
  },
  {
    on: ResponseType.RESOURCE_NOT_FOUND,
    status: 404,
    type: 'not-found',
    title: 'There is no such thing',
    detail: 'Check the path and the method against the OpenAPI document.',
  },
  {
    on: ResponseType.REQUEST_TOO_LARGE,
    status: 413,
    type: 'too-large',
    title: 'The body is too large',
    detail: 'An event may have 128 KB; store more elsewhere and refer to it.',
  },
  {
    on: ResponseType.UNSUPPORTED_MEDIA_TYPE,
    status: 415,
    type: 'unsupported-media-type',
    title: 'The body is not JSON',
    detail: 'Send "Content-Type: application/json".',
  },
  { on: ResponseType.THROTTLED, status: 429, type: 'throttled', title: 'Too many requests', detail: 'Wait a second and repeat.' },
  { on: ResponseType.QUOTA_EXCEEDED, status: 429, type: 'throttled', title: 'Too many requests', detail: 'Wait and repeat.' },
  {
    on: ResponseType.INTEGRATION_TIMEOUT,
    status: 504,
    type: 'timeout',
    title: 'SWOE took too long',
    detail: 'Repeat the request; an event with the same id counts once.',
  },
  {
    on: ResponseType.DEFAULT_4XX,
    type: 'bad-request',
    title: 'The request cannot be answered',
    detail: 'Check the path, the method and the headers against the OpenAPI document.',
  },
  {
    on: ResponseType.DEFAULT_5XX,
    type: 'internal',
    title: 'SWOE failed to answer',
    detail: 'Repeat the request; if it stays, tell the operators the x-amzn-RequestId of this answer.',
  },
];

const template = ({ type, title, detail, status, errors }: Answer): string => {
  const problem = { type: problemType(type), title, ...(status ? { status } : {}), detail };
  const extra = errors ? `,"errors":[{"path":"${errors}","message":"$context.error.validationErrorString"}]` : '';
  return `${JSON.stringify(problem).slice(0, -1)}${extra}}`;
};

/** Makes API Gateway's own refusals problem+json like everybody else's. */
export const problemResponses = (api: RestApi): void => {
  for (const answer of ANSWERS)
    api.addGatewayResponse(`Problem${answer.on.responseType}`, {
      type: answer.on,
      ...(answer.status ? { statusCode: String(answer.status) } : {}),
      responseHeaders: {
        'Content-Type': "'application/problem+json'",
        ...(answer.status === 401 ? { 'WWW-Authenticate': "'Bearer'" } : {}),
      },
      templates: { 'application/json': template(answer) },
    });
};
