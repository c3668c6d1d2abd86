import type { Known } from './registry.ts';

/** `GetQueueAttributes`: all attributes SQS would show, as strings. */
export const queueAttributes = ({ queue, policy, createdAt, modifiedAt }: Known): Record<string, string> => {
  const { visible, inFlight, delayed } = queue.counts();
  const { arn, attributes } = queue.definition;
  const seconds = (ms: number): string => String(Math.floor(ms / 1000));
  return {
    QueueArn: arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: seconds(createdAt),
    LastModifiedTimestamp: seconds(modifiedAt),
    ...(policy === undefined || attributes['Policy'] !== undefined ? {} : { Policy: policy }),
    // A policy that was taken away is not told.
    ...Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== '')),
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
