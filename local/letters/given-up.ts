import {
  GetQueueAttributesCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { Refusal } from '../kernel/refusal.ts';
import { reasonOf } from '../tools/given-up.ts';

/** A dead-letter queue: how much lies in it, in all, and the queues that give up into it. */
export interface DeadQueue {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly depth: number;
  readonly from: readonly string[];
}

/** A message that was given up, with the reason and what stands in it. */
export interface GivenUp {
  readonly at: string;
  readonly reason: string;
  readonly body: string;
}

/** How long a message that was looked at is seen by nobody else (seconds). */
const LOOK_S = 5;
const BATCH = 10;

const nameOf = (urlOrArn: string): string => urlOrArn.split(/[:/]/).at(-1) ?? urlOrArn;

const depthOf = (attributes: Readonly<Record<string, string>>): number =>
  ['', 'NotVisible', 'Delayed'].reduce((sum, part) => sum + Number(attributes[`ApproximateNumberOfMessages${part}`] ?? 0), 0);

const queueAt = async (sqs: SQSClient, url: string): Promise<DeadQueue> => {
  const [{ Attributes = {} }, { queueUrls = [] }] = await Promise.all([
    sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] })),
    sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: url })),
  ]);
  return { name: nameOf(url), url, arn: Attributes['QueueArn'] ?? '', depth: depthOf(Attributes), from: queueUrls.map(nameOf) };
};

/** Every dead-letter queue of a stage (`dev`), by name. */
export const deadQueues = async (sqs: SQSClient, stage: string): Promise<DeadQueue[]> => {
  const urls: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: `swoe-${stage}-`, MaxResults: 1000, NextToken }));
    urls.push(...(page.QueueUrls ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  const dead = urls.filter((url) => url.endsWith('-dlq')).sort();
  return Promise.all(dead.map((url) => queueAt(sqs, url)));
};

/** By its whole name, or what follows the stage: `ingest-dlq`. */
export const deadQueue = async (sqs: SQSClient, stage: string, name: string): Promise<DeadQueue> => {
  const all = await deadQueues(sqs, stage);
  const found = all.find((queue) => queue.name === name || queue.name === `swoe-${stage}-${name}`);
  if (found) return found;
  throw new Refusal(`There is no dead-letter queue ${name}. There are: ${all.map((queue) => queue.name).join(', ')}.`);
};

/** Looks at up to `most` messages and leaves them there: for five seconds nobody else sees them. */
export const givenUpIn = async (sqs: SQSClient, { url }: DeadQueue, most: number): Promise<GivenUp[]> => {
  const seen = new Map<string, GivenUp>();
  while (seen.size < most) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: Math.min(BATCH, most - seen.size),
        VisibilityTimeout: LOOK_S,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
    );
    const fresh = Messages.filter(({ MessageId }) => !seen.has(MessageId ?? ''));
    if (fresh.length === 0) break;
    for (const { MessageId = '', Attributes = {}, MessageAttributes = {}, Body = '' } of fresh)
      seen.set(MessageId, {
        at: new Date(Number(Attributes['SentTimestamp'])).toISOString(),
        reason: reasonOf(Attributes, MessageAttributes),
        body: Body,
      });
  }
  return [...seen.values()];
};

/** Has SQS move everything back to the one queue that gives up into this one; what rules and schedules could not deliver goes there too. */
export const moveBack = async (sqs: SQSClient, { name, arn, from }: DeadQueue): Promise<string> => {
  const [home, ...others] = from;
  if (!home || others.length > 0)
    throw new Refusal(
      `${name} takes what ${others.length > 0 ? from.join(', ') : 'no queue'} gave up, so nothing says where it belongs: see docs/dead-letters.md.`,
    );
  const destination = `${arn.slice(0, arn.lastIndexOf(':') + 1)}${home}`;
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arn, DestinationArn: destination }));
  return home;
};

/** How the newest move out of a queue stands, and how many messages went; undefined where there was none. */
export const moveOf = async (sqs: SQSClient, { arn }: DeadQueue): Promise<{ status: string; moved: number; why?: string } | undefined> => {
  const [task] = (await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: arn, MaxResults: 1 }))).Results ?? [];
  if (!task) return undefined;
  return {
    status: task.Status ?? '',
    moved: Number(task.ApproximateNumberOfMessagesMoved ?? 0),
    ...(task.FailureReason ? { why: task.FailureReason } : {}),
  };
};
