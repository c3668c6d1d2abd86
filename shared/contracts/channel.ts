import * as z from 'zod';
import { JournalKind } from './journal.ts';
import { Topic } from './topic.ts';
import { Category, Priority, Source } from './vocabulary.ts';

/** What a message says it is about, as far as it is known; filters look at nothing else but this and the ids. */
export const About = z.object({
  category: Category.optional(),
  priority: Priority.optional(),
  source: Source.optional(),
  agency: z.string().optional(),
  workflow: z.string().optional(),
});
export type About = z.infer<typeof About>;

/** One message of a channel: a projection of one journal entry. */
export const Message = z.object({
  seq: z.int(),
  topic: Topic,
  kind: JournalKind,
  at: z.iso.datetime(),
  incidentId: z.string().optional(),
  executionId: z.string().optional(),
  about: About,
  data: z.record(z.string(), z.unknown()),
});
export type Message = z.infer<typeof Message>;

/** What is pushed: channel sequence numbers `from` to `to`, both included. Filtering leaves no gap in the range. */
export const Frame = z.object({ channel: z.string(), from: z.int(), to: z.int(), messages: z.array(Message) });
export type Frame = z.infer<typeof Frame>;

/** What stands now, in the words in which a channel tells it: the newest word on a run, a question or an incident. It has no number. */
export const Standing = Message.omit({ seq: true });
export type Standing = z.infer<typeof Standing>;
