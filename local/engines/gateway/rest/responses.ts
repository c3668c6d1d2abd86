import type { Resource } from '../../../template/index.ts';
import { KINDS, type KindName } from './kinds.ts';

export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

interface Said {
  /** The message, where it is more particular than the kind's. */
  readonly message?: string;
  /** The validator's own words. */
  readonly validation?: string;
  /** On one machine there is more to say than a template can. */
  readonly problem?: object;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Refuse = (kind: KindName, requestId: string, said?: Said) => Response;

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
      return header ? [[header.toLowerCase(), value]] : [];
    }),
  ),
  template: ((properties['ResponseTemplates'] ?? {}) as Record<string, string>)['application/json'],
});

/** What `$context.…` stands for. `messageString` comes in its own quotes, everything else is made fit to stand between them. */
const filled = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/\$context\.([A-Za-z.]+[A-Za-z])/g, (_whole, name: string) =>
    name === 'error.messageString' ? JSON.stringify(values['error.message']) : JSON.stringify(values[name] ?? '').slice(1, -1),
  );

/** A header's value is fixed (`'…'`) or taken from the context (`context.requestId`). */
const headerValue = (value: string, values: Readonly<Record<string, string>>): string => {
  const [, name] = /^context\.(.+)$/.exec(value) ?? [];
  return name ? (values[name] ?? '') : value.replace(/^'|'$/g, '');
};

const withMore = (body: string, problem: object | undefined, status: number): string => {
  if (!problem) return body;
  try {
    return JSON.stringify({ ...(JSON.parse(body) as object), status, ...problem });
  } catch {
    return body;
  }
};

const USUAL = '{"message":$context.error.messageString}';

/** Answers in API Gateway's own name, in the words of the template's GatewayResponses; a type that has none takes those of its family. */
export const refuser = (resources: readonly Resource[]): Refuse => {
  const answers = new Map(resources.map((resource) => [String(resource.properties['ResponseType']), answerOf(resource)]));
  return (kind, requestId, { message, validation = '', problem, status: forced, headers = {} } = {}) => {
    const usual = KINDS[kind];
    const own = answers.get(kind);
    const answer = own ?? answers.get(usual.status >= 500 ? 'DEFAULT_5XX' : 'DEFAULT_4XX');
    const status = forced ?? own?.status ?? usual.status;
    const values = {
      requestId,
      'error.responseType': kind,
      'error.message': message ?? usual.message,
      'error.validationErrorString': validation,
    };
    const named = Object.entries(answer?.headers ?? {}).map(([name, value]) => [name, headerValue(value, values)]);
    return {
      status,
      headers: {
        'content-type': 'application/json',
        ...(Object.fromEntries(named) as Record<string, string>),
        ...headers,
        'x-amzn-requestid': requestId,
        'x-amzn-errortype': usual.error,
      },
      body: Buffer.from(withMore(filled(answer?.template ?? USUAL, values), problem, status)),
    };
  };
};
