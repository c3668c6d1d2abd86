import type { Queue } from './queue.ts';

/** `GetQueueAttributes`: all attributes SQS would show, as strings. */
export const queueAttributes = (queue: Queue): Record<string, string> => {
  const { visible, inFlight, delayed } = queue.counts();
  const { arn, visibilityMs, retentionMs, delayMs, waitMs, redrive } = queue.definition;
  return {
    QueueArn: arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    VisibilityTimeout: String(visibilityMs / 1000),
    MessageRetentionPeriod: String(retentionMs / 1000),
    DelaySeconds: String(delayMs / 1000),
    ReceiveMessageWaitTimeSeconds: String(waitMs / 1000),
    MaximumMessageSize: '262144',
    ...(redrive
      ? { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: redrive.deadLetterArn, maxReceiveCount: redrive.maxReceiveCount }) }
      : {}),
  };
};

/** The ones a request names (`All`, a name, or `prefix.*`); undefined where it names none, as SQS then leaves the member out. */
export const pick = <T>(all: Readonly<Record<string, T>>, names: unknown): Record<string, T> | undefined => {
  if (!Array.isArray(names) || names.length === 0) return undefined;
  const wanted = names as string[];
  const matches = (name: string): boolean =>
    wanted.some((want) => want === 'All' || want === '.*' || want === name || (want.endsWith('.*') && name.startsWith(want.slice(0, -2))));
  const entries = Object.entries(all).filter(([name]) => matches(name));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
};
