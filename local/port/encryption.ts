import type { Resource, Template } from '../template/index.ts';
import type { Place } from '../template/place.ts';
import type { Need } from './needs.ts';

/** The key of a bucket, where its template names one. */
const bucketKey = ({ properties }: Resource): unknown => {
  const { ServerSideEncryptionConfiguration: rules = [] } = (properties['BucketEncryption'] ?? {}) as Record<string, unknown[]>;
  const [rule] = rules as { ServerSideEncryptionByDefault?: { KMSMasterKeyID?: string } }[];
  return rule?.ServerSideEncryptionByDefault?.KMSMasterKeyID;
};

/** The customer managed key of each encrypted table, queue and bucket, by the ARN of what it encrypts. Keys of AWS ask nothing of callers. */
export const keysOf = (template: Pick<Template, 'ofType'>): ReadonlyMap<string, string> => {
  const names = new Map(
    template.ofType('AWS::KMS::Key').flatMap(({ ref, attributes }) => {
      const arn = attributes['Arn'] ?? ref;
      return [
        [ref, arn],
        [arn, arn],
      ] as const;
    }),
  );
  const entry = (resource: Resource, key: unknown): [string, string][] => {
    const arn = names.get(String(key));
    return arn ? [[resource.attributes['Arn'] ?? resource.ref, arn]] : [];
  };
  return new Map([
    ...template
      .ofType('AWS::DynamoDB::Table')
      .flatMap((table) => entry(table, (table.properties['SSESpecification'] as { KMSMasterKeyId?: string } | undefined)?.KMSMasterKeyId)),
    ...template.ofType('AWS::S3::Bucket').flatMap((bucket) => entry(bucket, bucketKey(bucket))),
    ...template.ofType('AWS::SQS::Queue').flatMap((queue) => entry(queue, queue.properties['KmsMasterKeyId'])),
  ]);
};

const DATA_OF_TABLES =
  /^dynamodb:(GetItem|BatchGetItem|Query|Scan|ConditionCheckItem|PutItem|UpdateItem|DeleteItem|BatchWriteItem|GetRecords)$/;

/** What DynamoDB, SQS and S3 ask of KMS in their caller's name: every item is read or written under the table's key, a message is sealed and opened, an object too. */
const CIPHERS: readonly (readonly [actions: RegExp, asks: readonly string[]])[] = [
  [DATA_OF_TABLES, ['kms:Decrypt']],
  [/^sqs:SendMessage$/, ['kms:GenerateDataKey', 'kms:Decrypt']],
  [/^sqs:ReceiveMessage$/, ['kms:Decrypt']],
  [/^s3:PutObject$/, ['kms:GenerateDataKey']],
  [/^s3:GetObject$/, ['kms:Decrypt']],
];

const tableOf = (arn: string): string => arn.replace(/^(arn:[^/]*:table\/[^/]+).*$/, '$1');

/** What is encrypted as a whole: a table, a queue, a bucket. */
const wholeOf = (arn: string): string => (arn.startsWith('arn:aws:s3:::') ? (arn.split('/')[0] ?? arn) : tableOf(arn));

const contextOf = (service: string, resource: string): Record<string, string> => {
  if (service === 'dynamodb') return { 'kms:encryptioncontext:aws:dynamodb:tablename': tableOf(resource).split('/')[1] ?? '' };
  return { [`kms:encryptioncontext:aws:${service}:arn`]: wholeOf(resource) };
};

/** What else a call needs because what it touches is encrypted. */
export const cipherNeeds = (
  keys: ReadonlyMap<string, string>,
  { region, account }: Place,
): ((action: string, resource: string) => readonly Need[]) => {
  if (keys.size === 0) return () => [];
  return (action, resource) => {
    const key = keys.get(wholeOf(resource));
    const asks = key === undefined ? [] : (CIPHERS.find(([actions]) => actions.test(action))?.[1] ?? []);
    const [service = ''] = action.split(':');
    const context = {
      'kms:viaservice': `${service}.${region}.amazonaws.com`,
      'kms:calleraccount': account,
      ...contextOf(service, resource),
    };
    return asks.map((ask) => ({ action: ask, resources: [key ?? ''], context, besides: [] }));
  };
};
