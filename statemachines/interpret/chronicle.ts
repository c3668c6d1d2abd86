import type { Execution, Frame } from './execution.ts';
import type { HistoryEvent } from './protocol.ts';

/** AWS fails an execution whose history would grow past this; the failure is the last event. */
export const HISTORY_LIMIT = 25_000;

export class HistoryFull extends Error {
  constructor() {
    super(`The execution reached the maximum number of history events (${HISTORY_LIMIT}).`);
  }
}

type Details = Record<string, unknown>;

/** Members of GetExecutionHistory that do not follow from the event's type by lower-casing its first letter. */
const NAMED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['Pass', 'Task', 'Choice', 'Wait', 'Parallel', 'Map', 'Succeed', 'Fail'].map((type) => [`${type}StateEntered`, 'stateEntered']),
  ),
  ...Object.fromEntries(
    ['Pass', 'Task', 'Choice', 'Wait', 'Parallel', 'Map', 'Succeed'].map((type) => [`${type}StateExited`, 'stateExited']),
  ),
};

/** Types that carry no details in AWS either. */
const BARE = new Set([
  'ParallelStateStarted',
  'ParallelStateSucceeded',
  'ParallelStateFailed',
  'MapStateSucceeded',
  'MapStateFailed',
  'LambdaFunctionStarted',
  'MapRunSucceeded',
  'MapRunAborted',
]);

const MEMBERS = new Map<string, `${string}EventDetails`>();

const memberOf = (type: string): `${string}EventDetails` => {
  const known = MEMBERS.get(type);
  if (known) return known;
  const member: `${string}EventDetails` = `${NAMED[type] ?? type.charAt(0).toLowerCase() + type.slice(1)}EventDetails`;
  MEMBERS.set(type, member);
  return member;
};

const write = (execution: Execution, previousEventId: number, type: string, details?: Details): number => {
  const id = execution.history.length + 1;
  if (id >= HISTORY_LIMIT && !type.startsWith('Execution')) throw new HistoryFull();
  const event: HistoryEvent = { timestamp: execution.now, type, id, previousEventId };
  if (details && !BARE.has(type)) event[memberOf(type)] = details;
  execution.history.push(event);
  return id;
};

/** Adds an event to the history on `frame`'s line and returns its id. */
export const tell = (execution: Execution, frame: Frame, type: string, details?: Details): number => {
  if (!frame.hidden) frame.last = write(execution, frame.last, type, details);
  return frame.last;
};

/** Adds an event beside `frame`'s line: the next one on the line points past it. */
export const aside = (execution: Execution, frame: Frame, type: string, details?: Details): void => {
  if (!frame.hidden) write(execution, frame.last, type, details);
};

/** Error and cause, each only where there is one. */
export const faultOf = (error: string | undefined, cause: string | undefined): Details => ({
  ...(error === undefined ? {} : { error }),
  ...(cause === undefined ? {} : { cause }),
});

export const WHOLE = { truncated: false } as const;
