import { AwsError } from '../../kernel/aws-error.ts';
import { type Asked, bodyOf } from '../asked.ts';
import { statusOf } from '../errors.ts';
import { headerOf, urlOf, type WireRequest, type WireResponse } from '../request.ts';
import { encode, parseBody } from './json.ts';

/** One operation of a REST-JSON service. */
export interface RestRoute {
  readonly service: string;
  readonly operation: string;
  readonly method: string;
  /** `/2015-03-31/functions/{FunctionName}/invocations`: what stands in braces becomes a member of the input. */
  readonly path: string;
  /** Query parameters, and headers in lower case, by the input's member. */
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The member that is the whole body; without it the body's members are the input's. */
  readonly payload?: string;
  /** 200 unless told. */
  readonly status?: number;
  readonly answer?: (output: Record<string, unknown>) => Partial<WireResponse>;
}

const segments = (path: string): string[] => path.split('/').filter(Boolean);

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The values of the braces, or undefined where the path is another. */
const match = (pattern: string, path: readonly string[]): Record<string, string> | undefined => {
  const wanted = segments(pattern);
  if (wanted.length !== path.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, want] of wanted.entries()) {
    const given = path[index] ?? '';
    if (want.startsWith('{')) values[want.slice(1, -1)] = decoded(given);
    else if (want !== given) return undefined;
  }
  return values;
};

const inputOf = (request: WireRequest, { query = {}, headers = {}, payload }: RestRoute, path: Record<string, string>) => {
  const { search } = urlOf(request);
  const body = bodyOf(request);
  const said = [
    ...Object.entries(query).map(([name, parameter]) => [name, search.get(parameter)] as const),
    ...Object.entries(headers).map(([name, header]) => [name, headerOf(request, header)] as const),
  ].filter(([, value]) => value !== null && value !== undefined);
  return { ...(payload ? { [payload]: body } : parseBody(body)), ...Object.fromEntries(said), ...path };
};

const JSON_TYPE = 'application/json';

/** REST-JSON: the method and the path name the operation. */
export const readRest = (routes: readonly RestRoute[], request: WireRequest): Asked | undefined => {
  const path = segments(urlOf(request).pathname);
  for (const route of routes) {
    const values = route.method === request.method ? match(route.path, path) : undefined;
    if (!values) continue;
    return {
      service: route.service,
      operation: route.operation,
      input: () => inputOf(request, route, values),
      answer: (output, requestId) => {
        const { status = route.status ?? 200, headers, body = Buffer.from(encode(output)) } = route.answer?.(output) ?? {};
        return { status, headers: { 'content-type': JSON_TYPE, 'x-amzn-requestid': requestId, ...headers }, body };
      },
      refuse: restRefusal,
    };
  }
  return undefined;
};

export const restRefusal: Asked['refuse'] = (error, requestId) => ({
  status: statusOf(error),
  headers: { 'content-type': JSON_TYPE, 'x-amzn-requestid': requestId, 'x-amzn-errortype': error.name },
  body: Buffer.from(
    encode({ ...error.extra, Type: error.$fault === 'client' ? 'User' : 'Service', message: error.message, Message: error.message }),
  ),
});

/** Whatever nobody here understands, refused in the shape its service would most likely use. */
export const unknownRest = (sentence: string): Asked => ({
  service: 'unknown',
  operation: 'unknown',
  input: () => {
    throw new AwsError('UnknownOperationException', sentence);
  },
  answer: () => {
    throw new Error('nothing unknown is answered');
  },
  refuse: restRefusal,
});
