import type { Active, Execution } from '../execution.ts';
import { queryFailure } from '../failure.ts';
import { textOf } from '../template.ts';
import { startTimer } from '../timers.ts';
import { stringOf, wholeOf } from '../values.ts';

const MAX_SECONDS = 99_999_999;

/** RFC 3339 as AWS takes it: `T` and `Z` in upper case, any number of fraction digits. */
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds since the epoch, or undefined when the text is no timestamp. Fractions beyond milliseconds are cut off. */
export const instantOf = (text: string): number | undefined => {
  if (!TIMESTAMP.test(text)) return undefined;
  const ms = Date.parse(text.replace(/(\.\d{3})\d+/, '$1'));
  return Number.isNaN(ms) ? undefined : ms;
};

const dueOf = async (execution: Execution, active: Active): Promise<number> => {
  const { seconds, timestamp } = active.state;
  const wait = await wholeOf(execution, active, seconds, 0, MAX_SECONDS);
  if (wait !== undefined) return execution.now + wait * 1000;
  const text = (await stringOf(execution, active, timestamp)) ?? '';
  const due = instantOf(text);
  if (due !== undefined) return due;
  const subject = timestamp ? `The JSONata expression '${textOf(timestamp)}' specified for the field 'Timestamp'` : 'The Wait state';
  throw queryFailure(`${subject} was expected to return an ISO-8601 timestamp, but was '${text}'.`, 'Timestamp');
};

export const wait = async (execution: Execution, active: Active): Promise<void> => {
  const due = await dueOf(execution, active);
  active.timer = startTimer(execution, due, { why: 'wait', active });
};
