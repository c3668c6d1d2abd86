import { eventKey, type NormalizedEvent } from '../contracts/event.ts';
import type { Execution } from '../contracts/execution.ts';
import type { Situation } from '../contracts/situation.ts';
import { Priority } from '../contracts/vocabulary.ts';

/** The graver of two priorities. */
const graver = (a: Priority, b: Priority): Priority => (Priority.options.indexOf(a) <= Priority.options.indexOf(b) ? a : b);

/** Where a run acts now, how urgently, and on what account: as it was started, or as later events of its incident have it. */
export const situationNow = ({ situation, input, priority }: Execution): Pick<Situation, 'location' | 'priority' | 'summary'> =>
  situation ?? { location: input.location, priority, summary: input.summary };

/** When something was observed, and by which event where two are equally late: a text that sorts. */
const moment = (at: string, key: string): string => `${at} ${key}`;

/** The event that a run was started by is the first word on its situation. */
const first = (execution: Execution): Situation => {
  const { event } = execution.input;
  const [at, key] = [event?.occurredAt ?? execution.createdAt, event ? eventKey(event) : ''];
  const now = situationNow(execution);
  return { ...now, eventKey: key, at, placed: now.location && moment(at, key) };
};

/**
 * A run's situation with one more event of its incident, or with one as it was corrected: the summary of the event that was observed last, the
 * place of the last one that knew a place, and the gravest priority of all, whatever order they came in.
 */
export const situationAfter = (execution: Execution, event: NormalizedEvent): Situation => {
  const before = execution.situation ?? first(execution);
  const key = eventKey(event);
  const seen = moment(event.occurredAt, key);
  const last = seen >= moment(before.at, before.eventKey);
  const isOwn = execution.input.event !== undefined && eventKey(execution.input.event) === key;
  const places = event.location !== undefined && seen >= (before.placed ?? '');
  return {
    ...before,
    priority: graver(before.priority, event.priority),
    ...(last ? { summary: event.summary, eventKey: key, at: event.occurredAt } : {}),
    ...(places ? { location: event.location, placed: seen } : {}),
    ...(isOwn && event.flags.includes('corrected') ? { entities: event.entities } : {}),
  };
};
