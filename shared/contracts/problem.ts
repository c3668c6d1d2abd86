import * as z from 'zod';

/** RFC 9457. `type` is stable; `errors` name the fields; `detail` says what to do; where a question's facts have changed they stand beside it as they are now. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  factsHash: z.string().optional(),
  facts: z.record(z.string(), z.unknown()).optional(),
});
export type Problem = z.infer<typeof Problem>;
