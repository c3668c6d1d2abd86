import type { Resource } from '../../../template/index.ts';

export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

/** API Gateway's own words and statuses where the template does not change them. */
const DEFAULTS: Readonly<Record<string, readonly [status: number, message: string]>> = {
  ACCESS_DENIED: [403, 'User is not authorized to access this resource'],
  API_CONFIGURATION_ERROR: [500, 'Internal server error'],
  AUTHORIZER_CONFIGURATION_ERROR: [500, 'Internal server error'],
  AUTHORIZER_FAILURE: [500, 'Internal server error'],
  BAD_REQUEST_BODY: [400, 'Invalid request body'],
  BAD_REQUEST_PARAMETERS: [400, 'Missing required request parameters'],
  DEFAULT_5XX: [502, 'Internal server error'],
  INTEGRATION_TIMEOUT: [504, 'Endpoint request timed out'],
  MISSING_AUTHENTICATION_TOKEN: [403, 'Missing Authentication Token'],
  REQUEST_TOO_LARGE: [413, 'Request Too Long'],
  UNAUTHORIZED: [401, 'Unauthorized'],
};

export type Refuse = (
  kind: string,
  requestId: string,
  said?: { validation?: string; problem?: object; status?: number; headers?: Record<string, string> },
) => Response;

interface Answer {
  readonly status?: number;
  readonly headers: Record<string, string>;
  readonly template?: string;
}

const answerOf = ({ properties }: Resource): Answer => ({
  status: properties['StatusCode'] === undefined ? undefined : Number(properties['StatusCode']),
  headers: Object.fromEntries(
    Object.entries((properties['ResponseParameters'] ?? {}) as Record<string, string>).flatMap(([name, value]) => {
      const header = /^gatewayresponse\.header\.(.+)$/.exec(name)?.[1];
      return header ? [[header.toLowerCase(), value.replace(/^'|'$/g, '')]] : [];
    }),
  ),
  template: ((properties['ResponseTemplates'] ?? {}) as Record<string, string>)['application/json'],
});

const fill = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/\$context\.([A-Za-z.]+)/g, (_whole, name: string) => JSON.stringify(values[name] ?? '').slice(1, -1));

/** On one machine there is more to say than a template can. */
const withMore = (body: string, problem: object | undefined, status: number): string => {
  if (!problem) return body;
  try {
    return JSON.stringify({ ...(JSON.parse(body) as object), status, ...problem });
  } catch {
    return body;
  }
};

/** Answers in API Gateway's own name, in the words of the template's GatewayResponses. */
export const refuser = (resources: readonly Resource[]): Refuse => {
  const answers = new Map(resources.map((resource) => [String(resource.properties['ResponseType']), answerOf(resource)]));
  return (kind, requestId, { validation = '', problem, status: forced, headers = {} } = {}) => {
    const [usual, message] = DEFAULTS[kind] ?? [500, 'Internal server error'];
    const family = usual >= 500 ? 'DEFAULT_5XX' : 'DEFAULT_4XX';
    const answer = answers.get(kind) ?? answers.get(family);
    const status = forced ?? answers.get(kind)?.status ?? usual;
    const values = {
      requestId,
      'error.responseType': kind,
      'error.message': message,
      'error.messageString': JSON.stringify(message),
      'error.validationErrorString': validation,
    };
    const body = answer?.template ? fill(answer.template, values) : JSON.stringify({ message });
    return {
      status,
      headers: {
        'content-type': 'application/json',
        ...answer?.headers,
        ...headers,
        'x-amzn-requestid': requestId,
        'x-amzn-errortype': kind,
      },
      body: Buffer.from(withMore(body, problem, status)),
    };
  };
};
