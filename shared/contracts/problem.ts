import * as z from 'zod';
import { Because } from './resource-allocation.ts';
import { ResourceType } from './vocabulary.ts';

/** RFC 9457. `type` is stable; `errors` name the fields; `detail` says what to do; where a question's facts have changed they stand beside it as they are now, and where units are short how many and why no others. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  factsHash: z.string().optional(),
  facts: z.record(z.string(), z.unknown()).optional(),
  short: z.partialRecord(ResourceType, z.int()).optional(),
  notNearer: z.array(Because).optional(),
});
export type Problem = z.infer<typeof Problem>;
