import { AwsError } from '../../kernel/aws-error.ts';
import { type Asked, bodyOf, SPOKEN } from '../asked.ts';
import { statusOf } from '../errors.ts';
import { credentialOf, headerOf, urlOf, type WireRequest, type WireResponse } from '../request.ts';
import { elements } from './xml.ts';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

type Route = Pick<Asked, 'operation' | 'input' | 'answer'>;

const identified = (requestId: string): Record<string, string> => ({ 'x-amz-request-id': requestId });

const xml = (status: number, requestId: string, name: string, body: string): WireResponse => ({
  status,
  headers: { 'content-type': 'application/xml', ...identified(requestId) },
  body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<${name}${body}</${name}>`),
});

/** S3's errors, which are XML. */
export const s3Refusal: Asked['refuse'] = (error, requestId) => {
  const Code = error.name === 'AccessDeniedException' ? 'AccessDenied' : error.name;
  return xml(statusOf(error), requestId, 'Error', `>${elements({ Code, Message: error.message, ...error.extra, RequestId: requestId })}`);
};

const list = (Bucket: string, search: URLSearchParams): Route => ({
  operation: 'ListObjectsV2',
  input: () => {
    const asked = { Prefix: 'prefix', StartAfter: 'start-after', ContinuationToken: 'continuation-token', MaxKeys: 'max-keys' };
    const said = Object.entries(asked).flatMap(([name, parameter]) => {
      const value = search.get(parameter);
      return value === null ? [] : [[name, value] as const];
    });
    return { Bucket, ...Object.fromEntries(said) };
  },
  answer: (output, requestId) =>
    xml(200, requestId, 'ListBucketResult', ` xmlns="${NAMESPACE}">${elements(output, { flat: { Contents: 'Contents' } })}`),
});

const get = (Bucket: string, Key: string): Route => ({
  operation: 'GetObject',
  input: () => ({ Bucket, Key }),
  answer: ({ Body, ContentType, ETag, LastModified }, requestId) => ({
    status: 200,
    headers: {
      'content-type': String(ContentType),
      etag: String(ETag),
      'last-modified': (LastModified as Date).toUTCString(),
      ...identified(requestId),
    },
    body: Body as Buffer,
  }),
});

const put = (Bucket: string, Key: string, request: WireRequest): Route => ({
  operation: 'PutObject',
  input: () => {
    if (/aws-chunked/.test(headerOf(request, 'content-encoding') ?? ''))
      throw new AwsError('NotImplemented', 'The local S3 takes a body whole, not in signed chunks.');
    const [IfNoneMatch, ContentType] = [headerOf(request, 'if-none-match'), headerOf(request, 'content-type')];
    return { Bucket, Key, Body: bodyOf(request), ...(IfNoneMatch ? { IfNoneMatch } : {}), ...(ContentType ? { ContentType } : {}) };
  },
  answer: ({ ETag }, requestId) => ({ status: 200, headers: { etag: String(ETag), ...identified(requestId) }, body: Buffer.alloc(0) }),
});

/** Nothing serves it, so that what the bucket's policy says of it is the answer. */
const remove = (Bucket: string, Key: string): Route => ({
  operation: 'DeleteObject',
  input: () => ({ Bucket, Key }),
  answer: () => {
    throw new Error('nothing is deleted here');
  },
});

const unknown = (request: WireRequest): Route => ({
  operation: 'unknown',
  input: () => {
    throw new AwsError('NotImplemented', `${request.method} ${urlOf(request).pathname} of s3 is not served here. ${SPOKEN}.`);
  },
  answer: () => {
    throw new Error('nothing unknown is answered');
  },
});

const routeOf = (request: WireRequest): Route => {
  const { pathname, search } = urlOf(request);
  const [bucket = '', ...rest] = pathname.slice(1).split('/').map(decodeURIComponent);
  const key = rest.join('/');
  if (request.method === 'GET' && bucket && key === '' && search.get('list-type') === '2') return list(bucket, search);
  // A sub-resource (`?acl`, `?versions`) is another operation.
  const plain = [...search.keys()].every((name) => name === 'x-id');
  if (!plain || key === '') return unknown(request);
  if (request.method === 'GET') return get(bucket, key);
  if (request.method === 'PUT') return put(bucket, key, request);
  return request.method === 'DELETE' ? remove(bucket, key) : unknown(request);
};

/** S3, told by what a request is signed for: buckets as the first part of the path, REST with XML. */
export const readS3 = (request: WireRequest): Asked | undefined =>
  credentialOf(request).service === 's3' ? { service: 's3', refuse: s3Refusal, ...routeOf(request) } : undefined;
