import { AwsError } from '../kernel/aws-error.ts';

/** Which service and operation a request means, and how its answer is labelled. */
export interface Target {
  readonly service: string;
  readonly operation: string;
  readonly contentType: string;
}

/** The prefix of X-Amz-Target by service, with the protocol's version. */
const PREFIXES: Readonly<Record<string, readonly [service: string, version: '1.0' | '1.1']>> = {
  AWSEvents: ['events', '1.1'],
  AWSStepFunctions: ['states', '1.0'],
  AmazonSQS: ['sqs', '1.0'],
  DynamoDB_20120810: ['dynamodb', '1.0'],
};

export const targetOf = (header: string | undefined): Target | undefined => {
  const [prefix = '', operation = ''] = header?.split('.') ?? [];
  const known = Object.hasOwn(PREFIXES, prefix) ? PREFIXES[prefix] : undefined;
  return known && operation ? { service: known[0], operation, contentType: `application/x-amz-json-${known[1]}` } : undefined;
};

/** What this endpoint speaks, for whoever spoke something else. */
export const SPOKEN =
  'This endpoint speaks the AWS JSON protocols of EventBridge, Step Functions, DynamoDB and SQS, and STS GetCallerIdentity';

const malformed = (why: string): AwsError => new AwsError('SerializationException', why);

/** The body of a JSON protocol request: one object, or nothing. */
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
