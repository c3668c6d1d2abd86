import { createHash } from 'node:crypto';

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
  /** System attributes besides those computed, such as `DeadLetterQueueSourceArn`. */
  readonly system: Readonly<Record<string, string>>;
  state: 'delayed' | 'visible' | 'in-flight';
  visibleAt: number;
  count: number;
  firstReceivedAt: number | undefined;
  /** Calls off the timer that makes it visible. */
  cancel: (() => void) | undefined;
}

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

const sized = (bytes: Buffer): Buffer => {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(bytes.length);
  return Buffer.concat([size, bytes]);
};

/** SQS's digest over message attributes: names sorted, every part preceded by its length, a type byte before the value. */
export const md5OfAttributes = (attributes: MessageAttributes | undefined): string | undefined => {
  if (!attributes || Object.keys(attributes).length === 0) return undefined;
  const hash = createHash('md5');
  for (const name of Object.keys(attributes).sort()) {
    const { DataType = '', StringValue, BinaryValue } = attributes[name] ?? {};
    const binary = StringValue === undefined;
    const value = binary
      ? Buffer.from((BinaryValue ?? '') as string, typeof BinaryValue === 'string' ? 'base64' : undefined)
      : Buffer.from(StringValue);
    hash.update(Buffer.concat([sized(Buffer.from(name)), sized(Buffer.from(DataType)), Buffer.from([binary ? 2 : 1]), sized(value)]));
  }
  return hash.digest('hex');
};

/** A receipt handle names the message and which receive it came from, so it outlives a restart. */
export const handleOf = ({ id, count }: Message): string => Buffer.from(`${id} ${count}`).toString('base64');

export const readHandle = (handle: string): { id: string; count: number } | undefined => {
  const [, id, count] = /^([0-9a-f-]{36}) (\d+)$/.exec(Buffer.from(handle, 'base64').toString()) ?? [];
  return id === undefined ? undefined : { id, count: Number(count) };
};

export const systemAttributes = (message: Message, account: string): Record<string, string> => ({
  SenderId: account,
  SentTimestamp: String(message.sentAt),
  ApproximateReceiveCount: String(message.count),
  ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? 0),
  ...message.system,
});
