import * as z from 'zod';
import type { Delivery } from '../../shared/lambda/doors.ts';

/** The sources that each other account may speak for; our own account's principals are told apart by the bus's policy alone. */
const Speakers = z.record(z.string(), z.array(z.string()));
export type Speakers = z.infer<typeof Speakers>;

export const speakersIn = (text: string): Speakers => Speakers.parse(JSON.parse(text));

/** The account of the queue that brought it is ours: `arn:aws:sqs:<region>:<account>:<queue>`. */
const ourAccount = ({ record }: Delivery): string | undefined => record.eventSourceARN.split(':')[4];

/**
 * Why an event does not count as its source's word, or undefined. EventBridge stamps the account of whoever put it; which role of an account did
 * is not in an event, so inside our own account the bus's policy is the check. Pure.
 */
export const foreignRefusal = (speakers: Speakers, delivery: Delivery): string | undefined => {
  const { source, account } = delivery.raw;
  if (account === undefined || account === ourAccount(delivery)) return undefined;
  const own = speakers[account] ?? [];
  if (own.includes(source)) return undefined;
  return `source: account ${account.slice(0, 12)} speaks for ${own.join(', ') || 'no source'}, not for ${source.slice(0, 60)}`;
};
