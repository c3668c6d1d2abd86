import { AwsError } from '../kernel/aws-error.ts';
import type { Context } from './context.ts';
import { dynamodb } from './needs-of-dynamodb.ts';
import { events, executeApi, kms, lambda, s3, scheduler, sqs, states } from './needs-of-others.ts';

/** One thing a call must be allowed to do. Where any of several resources would do, `resources` names them all. */
export interface Need {
  readonly action: string;
  readonly resources: readonly string[];
  readonly context: Context;
  /** What must be allowed as well: the use of the key that encrypts the resource. */
  readonly besides: readonly Need[];
  /** Made for this call alone, so its verdict is not worth keeping. */
  readonly once?: true;
}

export interface Places {
  readonly region: string;
  readonly account: string;
  /** The partition key's name of a table. */
  readonly partitionKey: (table: string) => string | undefined;
  /** The ARN of a KMS key by its id, ARN or alias. */
  readonly keyArn?: (name: string) => string | undefined;
  /** ARNs of all state machines: a task token does not say whose it is. */
  readonly stateMachines: readonly string[];
}

export type Input = Readonly<Record<string, unknown>>;

export interface Ask extends Places {
  /** The need of this action on this resource: the same object each time, unless `context` makes it one of a kind. */
  need(action: string, resource: string | readonly string[], context?: Context): Need;
  /** Whether any policy looks at a condition key (`dynamodb:leadingkeys`). */
  heeds(key: string): boolean;
}
export type NeedsOf = (operation: string, input: Input, ask: Ask, service: string) => Need[];

const SERVICES: Readonly<Record<string, NeedsOf>> = {
  dynamodb,
  events,
  states,
  sqs,
  lambda,
  scheduler,
  kms,
  s3,
  dynamodbstreams: dynamodb,
  'execute-api': executeApi,
  sts: () => [],
};

/** What a call needs to be allowed, in IAM's words. A service that is not here throws. */
export const needsOf: NeedsOf = (operation, input, ask, service) => {
  const space = service.indexOf(' ');
  const of = SERVICES[space < 0 ? service : service.slice(0, space)];
  if (!of) throw new AwsError('UnknownServiceException', `The local machine runs no service called ${service}`);
  return of(operation, input, ask, service);
};
