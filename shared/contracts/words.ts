import * as z from 'zod';
import { Standing } from './channel.ts';
import { Filter, filters } from './filter.ts';
import { Channel } from './vocabulary.ts';

const Seq = z.int().min(1);

/** What a client may say on a channel. */
export const clientWords = (channel: Channel) =>
  z.discriminatedUnion('action', [
    z.strictObject({ action: z.literal('ping') }),
    z.strictObject({ action: z.literal('resume'), from: Seq }),
    z.strictObject({ action: z.literal('snapshot') }),
    z.strictObject({ action: z.literal('subscribe'), filter: filters[channel].default({}) }),
  ]);
export type ClientWord = z.infer<ReturnType<typeof clientWords>>;

const said = { channel: Channel };

/** What SWOE says beside frames. `next` is the number of the message that comes next. */
export const Pong = z.strictObject({ ...said, pong: z.literal(true), at: z.iso.datetime(), next: Seq });
/** From message `next` on, what is told fits the filter. */
export const Subscribed = z.strictObject({ ...said, subscribed: Filter, next: Seq });
export const Resumed = z.strictObject({ ...said, resumed: z.literal(true), next: Seq });
/** There is more than one answer holds: resume from here. */
export const More = z.strictObject({ ...said, more: z.literal(true), from: Seq });
/** What was asked for is not there (any more): what is there begins with `from`. A snapshot follows. */
export const Gap = z.strictObject({ ...said, gap: z.literal(true), from: Seq, detail: z.string() });
/**
 * Part `part` of `of` of what stands as of message `next`, newest first; what comes from there on is told on top of it.
 * `whole` is false where there is more than a snapshot holds: REST has the rest.
 */
export const Snapshot = z.strictObject({
  ...said,
  snapshot: z.array(Standing),
  part: z.int().min(1),
  of: z.int().min(1),
  whole: z.boolean(),
  next: Seq,
});
export const Refused = z.strictObject({ ...said, error: z.string(), accepted: z.array(z.string()).optional() });

export const ServerWord = z.union([Pong, Subscribed, Resumed, More, Gap, Snapshot, Refused]);
export type ServerWord = z.infer<typeof ServerWord>;
