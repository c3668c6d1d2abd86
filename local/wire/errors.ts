import { AwsError } from '../kernel/aws-error.ts';

/** The statuses of errors that are not 400, by name; anything of ours is 500. */
const STATUS: Readonly<Record<string, number>> = {
  AccessDenied: 403,
  AccessDeniedException: 403,
  ConflictException: 409,
  ExpiredTokenException: 403,
  ForbiddenException: 403,
  GoneException: 410,
  LimitExceededException: 429,
  NoSuchBucket: 404,
  NoSuchEntity: 404,
  NoSuchKey: 404,
  NotFoundException: 404,
  NotImplemented: 501,
  PayloadTooLargeException: 413,
  PreconditionFailed: 412,
  RequestTooLargeException: 413,
  ResourceConflictException: 409,
  ResourceNotFoundException: 404,
  ServiceQuotaExceededException: 402,
  ThrottlingException: 429,
  TooManyRequestsException: 429,
  UnrecognizedClientException: 403,
  UnsupportedMediaTypeException: 415,
};

/** How REST and query services say it; AWS JSON knows 400 and 500 alone. */
export const statusOf = ({ name, $fault }: AwsError): number => STATUS[name] ?? ($fault === 'client' ? 400 : 500);

/** Errors that the query protocol, and SDKs of SQS that come from it, know by another name. */
const QUERY_NAMES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'BatchEntryIdsNotDistinct',
      'BatchRequestTooLong',
      'EmptyBatchRequest',
      'InvalidBatchEntryId',
      'MessageNotInflight',
      'PurgeQueueInProgress',
      'QueueDeletedRecently',
      'TooManyEntriesInBatchRequest',
      'UnsupportedOperation',
    ].map((name) => [name, `AWS.SimpleQueueService.${name}`]),
  ),
  AccessDeniedException: 'AccessDenied',
  ExpiredTokenException: 'ExpiredToken',
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueNameExists: 'QueueAlreadyExists',
  UnknownOperationException: 'InvalidAction',
  UnrecognizedClientException: 'InvalidClientTokenId',
};

/** An error's code in the query protocol. */
export const queryName = (name: string): string => {
  return QUERY_NAMES[name] ?? name;
};

/** Any error in AWS's shape. What is not AWS's is ours: its text is not told. */
export const awsError = (error: unknown): AwsError =>
  error instanceof AwsError ? error : new AwsError('InternalFailure', 'The local machine failed; the reason is in swoe.log.', {}, 'server');

export const faultOf = ({ $fault }: AwsError): 'Sender' | 'Receiver' => ($fault === 'client' ? 'Sender' : 'Receiver');
