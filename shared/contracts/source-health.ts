import * as z from 'zod';
import { Category, Source } from './vocabulary.ts';

/** A registered source, what it may say and how fast, and how it does. Times are ISO 8601 UTC. */
export const SourceHealth = z.object({
  source: Source,
  title: z.string(),
  /** Beside CloudEvents 1.0. */
  formats: z.array(z.string()),
  categories: z.union([z.literal('any'), z.array(Category)]),
  rate: z.object({ perSecond: z.number(), burst: z.number() }),
  buffer: z.int(),
  /** `unheard`: never yet. `silent`: longer without a word than it is known for; one that speaks only when something happens is never silent. */
  state: z.enum(['heard', 'silent', 'unheard']),
  silentAfterS: z.number().optional(),
  /** When something of it last came, refused or not. */
  lastSeenAt: z.iso.datetime().optional(),
  /** When what it last told of was observed. */
  lastEventAt: z.string().optional(),
  /** Over the last sixty seconds, as they came. */
  eventsPerMinute: z.int(),
  /** Since it was first heard: what came, and what was refused. */
  received: z.int(),
  errors: z.int(),
  lastErrorAt: z.iso.datetime().optional(),
  delayed: z.int(),
  shed: z.int(),
  repeats: z.int(),
});
export type SourceHealth = z.infer<typeof SourceHealth>;
