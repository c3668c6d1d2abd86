import * as z from 'zod';
import { Priority, Source } from './vocabulary.ts';

/** shedding: something was shed within the last minute. delaying: somebody waits. silent: longer without a word than this source ever is. */
export const BufferState = z.enum(['ok', 'delaying', 'shedding', 'silent']);
export type BufferState = z.infer<typeof BufferState>;

const ByPriority = z.partialRecord(Priority, z.int());

/**
 * One source's place before the gate. `perSecond` and `burst` are promised, `bound` may wait, `waiting` do at the most; `delayed`,
 * `shed`, `repeats`, `received` and `errors` count since the source was first heard. Times are ISO 8601 UTC; absent where it never was.
 */
export const SourceBuffer = z.object({
  source: Source,
  title: z.string(),
  state: BufferState,
  perSecond: z.number(),
  burst: z.int(),
  bound: z.int(),
  waiting: z.int(),
  perMinute: z.int(),
  received: z.int(),
  delayed: ByPriority,
  shed: ByPriority,
  repeats: ByPriority,
  errors: z.int(),
  lastSeenAt: z.iso.datetime().optional(),
  lastEventAt: z.iso.datetime().optional(),
  lastShedAt: z.iso.datetime().optional(),
  lastErrorAt: z.iso.datetime().optional(),
});
export type SourceBuffer = z.infer<typeof SourceBuffer>;
