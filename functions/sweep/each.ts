import { errorFields, say } from '../../shared/lambda/log.ts';
import type { LogSink } from '../../shared/lambda/runtime.ts';

/**
 * Does each part in its order, whatever becomes of the others: a table that fails for one keeps the minute from none of the rest. Throws in the
 * end where any failed, so that the alarm sees the invocation.
 */
export const eachOf = async (log: LogSink, parts: Readonly<Record<string, () => Promise<unknown>>>): Promise<void> => {
  const failed = new Map<string, unknown>();
  for (const [part, work] of Object.entries(parts)) {
    try {
      await work();
    } catch (error) {
      say(log, 'error', 'sweep.found', { finding: 'unfinished', part, ...errorFields(error) });
      failed.set(part, error);
    }
  }
  if (failed.size > 0) throw new AggregateError(failed.values(), `Not done in this minute: ${[...failed.keys()].join(', ')}`);
};
