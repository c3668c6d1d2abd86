import { AwsError } from '../../kernel/aws-error.ts';
import type { Ground } from '../../kernel/engine.ts';
import { pick, queueAttributes } from './attributes.ts';
import { batch } from './batch.ts';
import { bodyOf, delayOf, missing, numberOf } from './check.ts';
import { handleOf, type Message, type MessageAttributes, md5, md5OfAttributes, readHandle, systemAttributes } from './message.ts';
import type { Queue } from './queue.ts';
import type { Registry } from './registry.ts';
import type { Store } from './store.ts';
import type { Waiting } from './waiting.ts';

type Input = Record<string, unknown>;
export type Operation = (input: Input) => Record<string, unknown> | Promise<Record<string, unknown>>;

const MAX_VISIBILITY_SECONDS = 43_200;

const handleIn = (input: Input): { id: string; count: number } => {
  const text = input.ReceiptHandle;
  if (typeof text !== 'string') throw missing('ReceiptHandle');
  const handle = readHandle(text);
  if (!handle) throw new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${text}" is not a valid receipt handle.`);
  return handle;
};

/** A message's own view in `ReceiveMessage`. */
const received = (message: Message, input: Input, account: string): Record<string, unknown> => {
  const system = input.MessageSystemAttributeNames ?? input.AttributeNames;
  const own = message.attributes && pick(message.attributes, input.MessageAttributeNames);
  return {
    MessageId: message.id,
    ReceiptHandle: handleOf(message),
    Body: message.body,
    MD5OfBody: md5(message.body),
    Attributes: pick(systemAttributes(message, account), system),
    ...(own ? { MessageAttributes: own, MD5OfMessageAttributes: md5OfAttributes(own as MessageAttributes) } : {}),
  };
};

export const operations = (
  registry: Registry,
  store: Store,
  waiting: Waiting,
  { account, scheduler }: Ground,
  port: number,
): Readonly<Record<string, Operation>> => {
  const urlOf = (queue: Queue): string => `http://127.0.0.1:${port}/${account}/${queue.definition.name}`;
  const queueIn = (input: Input): Queue => registry.byUrl(input.QueueUrl);
  const send = (queue: Queue, input: Input): Record<string, unknown> => {
    const body = bodyOf(input.MessageBody);
    const attributes = input.MessageAttributes as MessageAttributes | undefined;
    const message = store.send(queue, body, { delaySeconds: delayOf(input.DelaySeconds), attributes });
    return { MessageId: message.id, MD5OfMessageBody: md5(body), MD5OfMessageAttributes: md5OfAttributes(attributes) };
  };
  const remove = (queue: Queue, input: Input): Record<string, unknown> => {
    const { id, count } = handleIn(input);
    if (queue.messages.get(id)?.count === count) store.drop(queue, [id]);
    return {};
  };
  const changeVisibility = (queue: Queue, input: Input): Record<string, unknown> => {
    const { id, count } = handleIn(input);
    const seconds = numberOf(input.VisibilityTimeout, 'VisibilityTimeout', 0, MAX_VISIBILITY_SECONDS);
    if (seconds === undefined) throw missing('VisibilityTimeout');
    const message = queue.messages.get(id);
    if (message?.count !== count || message.state !== 'in-flight')
      throw new AwsError('MessageNotInflight', 'The message referred to is not in flight.');
    queue.showAt(message, scheduler.now() + seconds * 1000);
    return {};
  };

  return {
    SendMessage: (input) => send(queueIn(input), input),
    SendMessageBatch: (input) => batch(input, (entry) => send(queueIn(input), entry)),
    ReceiveMessage: async (input) => {
      const queue = queueIn(input);
      const max = numberOf(input.MaxNumberOfMessages, 'MaxNumberOfMessages', 1, 10) ?? 1;
      const wait = numberOf(input.WaitTimeSeconds, 'WaitTimeSeconds', 0, 20);
      const visibility = numberOf(input.VisibilityTimeout, 'VisibilityTimeout', 0, MAX_VISIBILITY_SECONDS);
      const waitMs = wait === undefined ? queue.definition.waitMs : wait * 1000;
      const messages = await waiting.poll(queue, max, waitMs, visibility === undefined ? undefined : visibility * 1000);
      return messages.length === 0 ? {} : { Messages: messages.map((message) => received(message, input, account)) };
    },
    DeleteMessage: (input) => remove(queueIn(input), input),
    DeleteMessageBatch: (input) => batch(input, (entry) => remove(queueIn(input), entry)),
    ChangeMessageVisibility: (input) => changeVisibility(queueIn(input), input),
    ChangeMessageVisibilityBatch: (input) => batch(input, (entry) => changeVisibility(queueIn(input), entry)),
    GetQueueUrl: (input) => ({ QueueUrl: urlOf(registry.byUrl(input.QueueName)) }),
    GetQueueAttributes: (input) => ({ Attributes: pick(queueAttributes(queueIn(input)), input.AttributeNames) }),
    ListQueues: ({ QueueNamePrefix: prefix = '' }) => ({
      QueueUrls: [...registry.all()].filter(({ definition }) => definition.name.startsWith(String(prefix))).map((queue) => urlOf(queue)),
    }),
    PurgeQueue: (input) => {
      store.purge(queueIn(input));
      return {};
    },
  };
};
