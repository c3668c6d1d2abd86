import { type Complain, isObject, type Json, SCHEMA } from './complaint.ts';
import { checkOutcome } from './expressions.ts';
import { onlyFields } from './fields.ts';
import { wholeIn } from './numbers.ts';

/** Retry and Catch. */

const checkErrors = (item: Json, place: string, last: boolean, complain: Complain): void => {
  const errors = item['ErrorEquals'];
  const at = `${place}/ErrorEquals`;
  if (!Array.isArray(errors) || errors.length === 0 || !errors.every((error) => typeof error === 'string')) {
    complain(SCHEMA, at, 'ErrorEquals is not a list of at least one error name.', 'Write ["States.ALL"] or the names you mean.');
    return;
  }
  for (const error of errors as string[]) {
    if (error === 'States.DataLimitExceeded' || error === 'States.Runtime') continue;
    if (error === 'States.ALL' && errors.length > 1) complain(SCHEMA, at, 'States.ALL stands beside other names.', 'Let it stand alone.');
    if (error === 'States.ALL' && !last)
      complain(SCHEMA, at, 'States.ALL is not in the last place, so what follows is never used.', 'Move it to the end.');
  }
};

const RETRIER = ['ErrorEquals', 'IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds', 'JitterStrategy', 'Comment'];

const checkRetrier = (item: Json, place: string, complain: Complain): void => {
  onlyFields(item, RETRIER, place, complain);
  wholeIn(item, 'IntervalSeconds', 1, 99_999_999, place, complain);
  wholeIn(item, 'MaxAttempts', 0, 99_999_999, place, complain);
  wholeIn(item, 'MaxDelaySeconds', 1, 31_622_399, place, complain);
  const { BackoffRate: rate, JitterStrategy: jitter, MaxDelaySeconds: most, IntervalSeconds: interval = 1 } = item;
  if (rate !== undefined && (typeof rate !== 'number' || rate < 1)) {
    complain(
      SCHEMA,
      `${place}/BackoffRate`,
      'BackoffRate is not a number of at least 1.',
      'Write 1.0 for equal intervals, 2.0 to double them.',
    );
  }
  if (typeof most === 'number' && typeof interval === 'number' && most >= 1 && most <= interval) {
    complain(SCHEMA, `${place}/MaxDelaySeconds`, 'MaxDelaySeconds is not more than IntervalSeconds.', 'Raise it or take it out.');
  }
  if (jitter !== undefined && jitter !== 'FULL' && jitter !== 'NONE') {
    complain(SCHEMA, `${place}/JitterStrategy`, 'JitterStrategy is neither FULL nor NONE.', 'Write FULL or NONE.');
  }
};

const checkCatcher = (item: Json, place: string, complain: Complain): void => {
  onlyFields(item, ['ErrorEquals', 'Next', 'Output', 'Assign', 'Comment'], place, complain);
  if (typeof item['Next'] !== 'string') complain(SCHEMA, `${place}/Next`, 'The Catcher has no Next.', 'Name the state to go to.');
  checkOutcome(item, place, { errorOutput: true }, complain);
};

const checkList = (list: unknown, place: string, complain: Complain, check: typeof checkCatcher): void => {
  if (list === undefined) return;
  if (!Array.isArray(list)) {
    complain(SCHEMA, place, 'It is not a list.', 'Write [ … ].');
    return;
  }
  list.forEach((item: unknown, index) => {
    const at = `${place}/${index}`;
    if (!isObject(item)) {
      complain(SCHEMA, at, 'It is not an object.', 'Write { "ErrorEquals": [ … ], … }.');
      return;
    }
    checkErrors(item, at, index === list.length - 1, complain);
    check(item, at, complain);
  });
};

export const checkRecovery = (state: Json, place: string, complain: Complain): void => {
  checkList(state['Retry'], `${place}/Retry`, complain, checkRetrier);
  checkList(state['Catch'], `${place}/Catch`, complain, checkCatcher);
};
