import type { Resource, Template } from '../template/index.ts';
import type { Place } from '../template/place.ts';
import type { Need } from './needs.ts';

/** The customer managed key of each encrypted table and queue, by the ARN of what it encrypts. Keys of AWS ask nothing of callers. */
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
    ...template.ofType('AWS::SQS::Queue').flatMap((queue) => entry(queue, queue.properties['KmsMasterKeyId'])),
  ]);
};

const DATA_OF_TABLES =
  /^dynamodb:(GetItem|BatchGetItem|Query|Scan|ConditionCheckItem|PutItem|UpdateItem|DeleteItem|BatchWriteItem|GetRecords)$/;

/** What DynamoDB and SQS ask of KMS in their caller's name: every item is read or written under the table's key, a message is sealed and opened. */
const CIPHERS: readonly (readonly [actions: RegExp, asks: readonly string[]])[] = [
  [DATA_OF_TABLES, ['kms:Decrypt']],
  [/^sqs:SendMessage$/, ['kms:GenerateDataKey', 'kms:Decrypt']],
  [/^sqs:ReceiveMessage$/, ['kms:Decrypt']],
];

const tableOf = (arn: string): string => arn.replace(/^(arn:[^/]*:table\/[^/]+).*$/, '$1');

/** What else a call needs because what it touches is encrypted. */
export const cipherNeeds = (
  keys: ReadonlyMap<string, string>,
  { region, account }: Place,
): ((action: string, resource: string) => readonly Need[]) => {
  if (keys.size === 0) return () => [];
  return (action, resource) => {
    const key = keys.get(action.startsWith('dynamodb:') ? tableOf(resource) : resource);
    const asks = key === undefined ? [] : (CIPHERS.find(([actions]) => actions.test(action))?.[1] ?? []);
    const [service = ''] = action.split(':');
    const context = {
      'kms:viaservice': `${service}.${region}.amazonaws.com`,
      'kms:calleraccount': account,
      ...(service === 'sqs'
        ? { 'kms:encryptioncontext:aws:sqs:arn': resource }
        : { 'kms:encryptioncontext:aws:dynamodb:tablename': tableOf(resource).split('/')[1] ?? '' }),
    };
    return asks.map((ask) => ({ action: ask, resources: [key ?? ''], context, besides: [] }));
  };
};
