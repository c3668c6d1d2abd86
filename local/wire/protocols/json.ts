import { crc32 } from 'node:zlib';
import { AwsError } from '../../kernel/aws-error.ts';
import { type Asked, bodyOf, SPOKEN } from '../asked.ts';
import { faultOf, queryName } from '../errors.ts';
import { headerOf, type WireRequest, type WireResponse } from '../request.ts';

/** The prefix of X-Amz-Target by service, with the protocol's version. */
const PREFIXES: Readonly<Record<string, readonly [service: string, version: '1.0' | '1.1']>> = {
  AWSEvents: ['events', '1.1'],
  AWSStepFunctions: ['states', '1.0'],
  AmazonSQS: ['sqs', '1.0'],
  DynamoDB_20120810: ['dynamodb', '1.0'],
  DynamoDBStreams_20120810: ['dynamodbstreams', '1.0'],
  TrentService: ['kms', '1.1'],
  Logs_20140328: ['logs', '1.1'],
};

/** The namespaces with which services qualify `__type`. */
const SHAPES: Readonly<Record<string, string>> = {
  dynamodb: 'com.amazonaws.dynamodb.v20120810#',
  dynamodbstreams: 'com.amazonaws.dynamodb.v20120810#',
  sqs: 'com.amazonaws.sqs#',
};

const malformed = (why: string): AwsError => new AwsError('SerializationException', why);

/** The body of a JSON request: one object, or nothing. */
export const parseBody = (body: Buffer): Record<string, unknown> => {
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw malformed(`The body is not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed('The body must be a JSON object');
  return value as Record<string, unknown>;
};

/** Blobs as base64 and times as epoch seconds, as AWS JSON writes them. */
export const encode = (output: unknown): string =>
  JSON.stringify(output, function (this: Record<string, unknown>, key, value: unknown) {
    const raw = this[key];
    if (raw instanceof Date) return raw.getTime() / 1000;
    if (raw instanceof Uint8Array) return Buffer.from(raw).toString('base64');
    return value;
  });

const respond = (
  status: number,
  contentType: string,
  requestId: string,
  output: unknown,
  headers: Readonly<Record<string, string>> = {},
): WireResponse => {
  const body = Buffer.from(encode(output));
  return {
    status,
    headers: { 'content-type': contentType, 'x-amzn-requestid': requestId, 'x-amz-crc32': String(crc32(body)), ...headers },
    body,
  };
};

const refusal = (service: string, contentType: string): Asked['refuse'] => {
  return (error, requestId) => {
    const { name, message, extra, $fault } = error;
    const query: Record<string, string> = service === 'sqs' ? { 'x-amzn-query-error': `${queryName(name)};${faultOf(error)}` } : {};
    const body = { ...extra, __type: `${SHAPES[service] ?? ''}${name}`, message, Message: message };
    return respond($fault === 'client' ? 400 : 500, contentType, requestId, body, { 'x-amzn-errortype': name, ...query });
  };
};

/** AWS JSON 1.0 and 1.1: `X-Amz-Target: <service>.<operation>`, objects in and out. */
export const readJson = (request: WireRequest): Asked | undefined => {
  const target = headerOf(request, 'x-amz-target');
  if (target === undefined) return undefined;
  const [prefix = '', operation = ''] = target.split('.');
  const known = Object.hasOwn(PREFIXES, prefix) ? PREFIXES[prefix] : undefined;
  const [service, version] = known ?? [prefix, '1.0'];
  const contentType = `application/x-amz-json-${version}`;
  return {
    service,
    operation,
    input: () => {
      if (!known || !operation) throw new AwsError('UnknownOperationException', `${target} is not served here. ${SPOKEN}.`);
      return parseBody(bodyOf(request));
    },
    answer: (output, requestId) => respond(200, contentType, requestId, output),
    refuse: refusal(service, contentType),
  };
};
