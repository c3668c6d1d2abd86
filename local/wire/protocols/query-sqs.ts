import type { Lists } from './xml.ts';

type Fields = Record<string, unknown>;

/** Lists of the form by the member that the JSON protocol has for them. */
const LISTS: Readonly<Record<string, string>> = {
  AttributeName: 'AttributeNames',
  AWSAccountId: 'AWSAccountIds',
  ActionName: 'Actions',
  ChangeMessageVisibilityBatchRequestEntry: 'Entries',
  DeleteMessageBatchRequestEntry: 'Entries',
  MessageAttributeName: 'MessageAttributeNames',
  MessageSystemAttributeName: 'MessageSystemAttributeNames',
  SendMessageBatchRequestEntry: 'Entries',
  TagKey: 'TagKeys',
};

/** Maps of the form (`Attribute.1.Name=…&Attribute.1.Value=…`), likewise. */
const MAPS: Readonly<Record<string, readonly [member: string, key: string]>> = {
  Attribute: ['Attributes', 'Name'],
  MessageAttribute: ['MessageAttributes', 'Name'],
  MessageSystemAttribute: ['MessageSystemAttributes', 'Name'],
  Tag: ['Tags', 'Key'],
};

const NUMBERS = new Set([
  'DelaySeconds',
  'MaxNumberOfMessages',
  'MaxNumberOfMessagesPerSecond',
  'MaxResults',
  'VisibilityTimeout',
  'WaitTimeSeconds',
]);

const list = (value: unknown): Fields[] => (Array.isArray(value) ? (value as Fields[]) : []);

const number = (value: unknown): unknown => (/^-?\d+$/.test(String(value)) ? Number(value) : value);

const member = ([name, value]: [string, unknown]): [string, unknown] => {
  const map = MAPS[name];
  if (map) return [map[0], Object.fromEntries(list(value).map((entry) => [String(entry[map[1]]), entry['Value']]))];
  const named = LISTS[name];
  if (named === 'Entries') return [named, list(value).map(members)];
  if (named) return [named, value];
  return [name, NUMBERS.has(name) ? number(value) : value];
};

const members = (fields: Fields): Fields => Object.fromEntries(Object.entries(fields).map(member));

/** SQS's form as its JSON input. A queue may also be named by the path. */
export const sqsInput = (tree: Fields, pathname: string): Fields => {
  const input = members(tree);
  return pathname.length > 1 && input['QueueUrl'] === undefined ? { ...input, QueueUrl: pathname } : input;
};

const pairs = (map: unknown, key: string): Fields[] | undefined =>
  map === undefined ? undefined : Object.entries(map as Fields).map(([name, Value]) => ({ [key]: name, Value }));

const message = (fields: Fields): Fields => ({
  ...fields,
  Attributes: pairs(fields['Attributes'], 'Name'),
  MessageAttributes: pairs(fields['MessageAttributes'], 'Name'),
});

/** An entry's kind in the answer of a batch: told by what it carries. */
const successful = (entries: Fields[]): Fields => {
  const kind = entries.some(({ MessageId }) => MessageId !== undefined) ? 'SendMessageBatchResultEntry' : undefined;
  return kind ? { [kind]: entries } : { DeleteMessageBatchResultEntry: entries, ChangeMessageVisibilityBatchResultEntry: entries };
};

const output = ({ Messages, Attributes, Tags, Successful, Failed, ...rest }: Fields): Fields => ({
  ...rest,
  ...(Messages ? { Messages: list(Messages).map(message) } : {}),
  ...(Attributes ? { Attributes: pairs(Attributes, 'Name') } : {}),
  ...(Tags ? { Tags: pairs(Tags, 'Key') } : {}),
  ...(Successful ? successful(list(Successful)) : {}),
  ...(Failed ? { Failed } : {}),
});

const flat: Lists['flat'] = {
  Attributes: 'Attribute',
  ChangeMessageVisibilityBatchResultEntry: 'ChangeMessageVisibilityBatchResultEntry',
  DeleteMessageBatchResultEntry: 'DeleteMessageBatchResultEntry',
  Failed: 'BatchResultErrorEntry',
  MessageAttributes: 'MessageAttribute',
  Messages: 'Message',
  QueueUrls: 'QueueUrl',
  Results: 'ListMessageMoveTasksResultEntry',
  SendMessageBatchResultEntry: 'SendMessageBatchResultEntry',
  Tags: 'Tag',
  queueUrls: 'QueueUrl',
};

/** SQS's JSON output as the elements of its XML. */
export const sqsOutput = { output, lists: { flat } };
