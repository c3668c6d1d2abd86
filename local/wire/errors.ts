import { AwsError } from '../kernel/aws-error.ts';

export interface WireError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

/** The namespaces with which services qualify `__type`. */
const SHAPES: Readonly<Record<string, string>> = {
  dynamodb: 'com.amazonaws.dynamodb.v20120810#',
  sqs: 'com.amazonaws.sqs#',
};

/** The query protocol's name of an error is what older SDKs look for in SQS. */
const QUERY_NAMES: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
};

/** Any error as AWS JSON answers it: 4xx for the caller's, 500 for ours, whose text is not told. */
export const wireError = (error: unknown, service: string): WireError => {
  const known =
    error instanceof AwsError
      ? error
      : new AwsError('InternalFailure', 'The local machine failed; the reason is in swoe.log.', {}, 'server');
  const { name, message, extra, $fault } = known;
  const query: Record<string, string> =
    service === 'sqs' ? { 'x-amzn-query-error': `${QUERY_NAMES[name] ?? name};${$fault === 'client' ? 'Sender' : 'Receiver'}` } : {};
  return {
    status: $fault === 'client' ? 400 : 500,
    headers: { 'x-amzn-errortype': name, ...query },
    body: { ...extra, __type: `${SHAPES[service] ?? ''}${name}`, message, Message: message },
  };
};
