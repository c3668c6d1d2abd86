import * as z from 'zod';
import { JournalKind } from './journal.ts';

/** One message of a channel: a projection of one journal entry. */
export const Message = z.object({
  seq: z.int(),
  kind: JournalKind,
  at: z.iso.datetime(),
  incidentId: z.string().optional(),
  executionId: z.string().optional(),
  data: z.record(z.string(), z.unknown()),
});
export type Message = z.infer<typeof Message>;

/** What is pushed: channel sequence numbers `from` to `to`, both included. Filtering leaves no gap in the range. */
export const Frame = z.object({ channel: z.string(), from: z.int(), to: z.int(), messages: z.array(Message) });
export type Frame = z.infer<typeof Frame>;
