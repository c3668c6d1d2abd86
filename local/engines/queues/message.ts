import { createHash, hash } from 'node:crypto';

interface AttributeValue {
  DataType: string;
  StringValue?: string;
  BinaryValue?: string | Uint8Array;
}
export type MessageAttributes = Readonly<Record<string, AttributeValue>>;

/** One message in one queue. Times in milliseconds since the epoch. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  readonly attributes: MessageAttributes | undefined;
  /** System attributes besides those computed: `MessageGroupId`, `SequenceNumber`, `DeadLetterQueueSourceArn` … */
  readonly system: Readonly<Record<string, string>> | undefined;
  state: 'delayed' | 'visible' | 'in-flight' | 'gone';
  visibleAt: number;
  /** Receives so far; each has the next number. */
  count: number;
  /** Of those, the ones that ended because this machine died. SQS outlives its consumers, so they are not held against a message. */
  cutOff: number;
  /** A receive is going on. */
  held: boolean;
  firstReceivedAt: number | undefined;
  /** A fault wants it received again although it is deleted. */
  again: boolean;
}

/** How often a message was received and not deleted, as its consumers see it. */
export const receives = ({ count, cutOff }: Message): number => count - cutOff;

export const md5 = (text: string): string => hash('md5', text);

const sized = (bytes: Buffer): Buffer => {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(bytes.length);
  return Buffer.concat([size, bytes]);
};

export const binaryOf = (value: string | Uint8Array | undefined): Buffer =>
  typeof value === 'string' ? Buffer.from(value, 'base64') : Buffer.from(value ?? []);

/** SQS's digest over message attributes: names sorted, every part preceded by its length, a type byte before the value. */
export const md5OfAttributes = (attributes: MessageAttributes | undefined): string | undefined => {
  if (!attributes || Object.keys(attributes).length === 0) return undefined;
  const digest = createHash('md5');
  for (const name of Object.keys(attributes).sort()) {
    const { DataType = '', StringValue, BinaryValue } = attributes[name] ?? {};
    const binary = StringValue === undefined;
    const value = binary ? binaryOf(BinaryValue) : Buffer.from(StringValue);
    digest.update(Buffer.concat([sized(Buffer.from(name)), sized(Buffer.from(DataType)), Buffer.from([binary ? 2 : 1]), sized(value)]));
  }
  return digest.digest('hex');
};

/** A receipt handle names the message and which receive it came from, so it outlives a restart. */
export const handleOf = ({ id, count }: Message): string => `${id}:${count}`;

const UUID_LENGTH = 36;

export const readHandle = (handle: string): { id: string; count: number } | undefined => {
  const count = Number(handle.slice(UUID_LENGTH + 1));
  return handle[UUID_LENGTH] === ':' && Number.isInteger(count) && count > 0 ? { id: handle.slice(0, UUID_LENGTH), count } : undefined;
};

export const systemAttributes = (message: Message, account: string): Record<string, string> => ({
  SenderId: account,
  SentTimestamp: String(message.sentAt),
  ApproximateReceiveCount: String(receives(message)),
  ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? 0),
  ...message.system,
});
