import { AwsError } from '../../../kernel/aws-error.ts';
import { pick } from '../attributes.ts';
import { batch } from '../batch.ts';
import { attributesOf, bodyOf, delayOf, idOf, missing, numberOf } from '../check.ts';
import { handleOf, type Message, type MessageAttributes, md5, md5OfAttributes, readHandle, systemAttributes } from '../message.ts';
import type { Queue } from '../queue.ts';
import type { Desk, Input, Operations } from './operation.ts';

const MAX_VISIBILITY_SECONDS = 43_200;
const MAX_IN_FLIGHT = { standard: 120_000, fifo: 20_000 };

const handleIn = (input: Input): { id: string; count: number } => {
  const text = input['ReceiptHandle'];
  if (typeof text !== 'string') throw missing('ReceiptHandle');
  const handle = readHandle(text);
  if (!handle) throw new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${text}" is not a valid receipt handle.`);
  return handle;
};

/** A message's own view in `ReceiveMessage`. */
const received = (message: Message, input: Input, account: string): Record<string, unknown> => {
  const system = input['MessageSystemAttributeNames'] ?? input['AttributeNames'];
  const own = message.attributes && pick(message.attributes, input['MessageAttributeNames']);
  return {
    MessageId: message.id,
    ReceiptHandle: handleOf(message),
    Body: message.body,
    MD5OfBody: md5(message.body),
    Attributes: pick(systemAttributes(message, account), system),
    ...(own ? { MessageAttributes: own, MD5OfMessageAttributes: md5OfAttributes(own as MessageAttributes) } : {}),
  };
};

/** Of the system attributes a sender may only set the trace header. */
const systemIn = (input: Input): Record<string, string> | undefined => {
  const attributes = attributesOf(input['MessageSystemAttributes']);
  const other = Object.keys(attributes ?? {}).find((name) => name !== 'AWSTraceHeader');
  if (other) throw new AwsError('InvalidParameterValue', `Message system attribute name '${other}' is invalid.`);
  const header = attributes?.['AWSTraceHeader']?.StringValue;
  return header === undefined ? undefined : { AWSTraceHeader: header };
};

export const messageOperations = ({ ground, registry, store, waiting }: Desk): Operations => {
  const { scheduler, account } = ground;
  const queueIn = (input: Input): Queue => registry.byUrl(input['QueueUrl']).queue;

  const send = (queue: Queue, input: Input): Record<string, unknown> => {
    const attributes = attributesOf(input['MessageAttributes']);
    const body = bodyOf(input['MessageBody'], attributes, queue.definition.maxBytes);
    const { id, sequence } = store.send(queue, body, {
      attributes,
      delaySeconds: delayOf(input['DelaySeconds']),
      system: systemIn(input),
      groupId: idOf(input['MessageGroupId'], 'MessageGroupId'),
      deduplicationId: idOf(input['MessageDeduplicationId'], 'MessageDeduplicationId'),
    });
    return {
      MessageId: id,
      MD5OfMessageBody: md5(body),
      MD5OfMessageAttributes: md5OfAttributes(attributes),
      MD5OfMessageSystemAttributes: md5OfAttributes(input['MessageSystemAttributes'] as MessageAttributes | undefined),
      SequenceNumber: sequence,
    };
  };
  const remove = (queue: Queue, input: Input): Record<string, unknown> => {
    const { id, count } = handleIn(input);
    const message = queue.messages.get(id);
    if (message?.count !== count) return {};
    if (queue.definition.fifo && message.state !== 'in-flight')
      throw new AwsError('InvalidParameterValue', 'Value for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.');
    store.drop(queue, [id]);
    return {};
  };
  const changeVisibility = (queue: Queue, input: Input): Record<string, unknown> => {
    const { id, count } = handleIn(input);
    const seconds = numberOf(input['VisibilityTimeout'], 'VisibilityTimeout', 0, MAX_VISIBILITY_SECONDS);
    if (seconds === undefined) throw missing('VisibilityTimeout');
    const message = queue.messages.get(id);
    if (message?.count !== count || message.state !== 'in-flight')
      throw new AwsError('MessageNotInflight', 'The message referred to is not in flight.');
    queue.showAt(message, scheduler.now() + seconds * 1000);
    return {};
  };
  const receive = async (input: Input): Promise<Record<string, unknown>> => {
    const queue = queueIn(input);
    const max = numberOf(input['MaxNumberOfMessages'], 'MaxNumberOfMessages', 1, 10) ?? 1;
    const wait = numberOf(input['WaitTimeSeconds'], 'WaitTimeSeconds', 0, 20);
    const visibility = numberOf(input['VisibilityTimeout'], 'VisibilityTimeout', 0, MAX_VISIBILITY_SECONDS);
    if (queue.counts().inFlight >= (queue.definition.fifo ? MAX_IN_FLIGHT.fifo : MAX_IN_FLIGHT.standard))
      throw new AwsError('OverLimit', 'Too many messages in flight: delete what was received, or wait.');
    const waitMs = wait === undefined ? queue.definition.waitMs : wait * 1000;
    const messages = await waiting.poll(queue, max, waitMs, visibility === undefined ? undefined : visibility * 1000);
    return messages.length === 0 ? {} : { Messages: messages.map((message) => received(message, input, account)) };
  };

  return {
    SendMessage: (input) => send(queueIn(input), input),
    SendMessageBatch: (input) => {
      const queue = queueIn(input);
      return batch(input, (entry) => send(queue, entry));
    },
    ReceiveMessage: receive,
    DeleteMessage: (input) => remove(queueIn(input), input),
    DeleteMessageBatch: (input) => {
      const queue = queueIn(input);
      return batch(input, (entry) => remove(queue, entry));
    },
    ChangeMessageVisibility: (input) => changeVisibility(queueIn(input), input),
    ChangeMessageVisibilityBatch: (input) => {
      const queue = queueIn(input);
      return batch(input, (entry) => changeVisibility(queue, entry));
    },
  };
};
