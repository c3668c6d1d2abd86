import type { Waiting } from '../../contracts/kernel.ts';
import { Priority, priorityRank } from '../../contracts/vocabulary.ts';
import { iso } from '../../lambda/ids.ts';

/** Whoever has waited so long (ms) goes as if of the next higher priority. */
export const AGING_MS = 10 * 60_000;

/** CRITICAL is a class of its own: nothing that is older goes before it, and nothing ages into it. */
const isCritical = (priority: Priority): boolean => priority === 'CRITICAL';

/**
 * The place of what waits, as text that sorts: CRITICAL by age; then the others by `since + AGING_MS × levels below HIGH`. So within a
 * priority the oldest goes first, and a lower one goes before a higher one that came `AGING_MS` a level later: whoever may still come
 * before it came within a bounded time of it, so nothing starves. It does not change with time, so the queue is never sorted anew.
 */
export const orderOf = ({
  priority,
  since,
  executionId,
  step = '',
}: Pick<Waiting, 'priority' | 'since' | 'executionId' | 'step'>): string => {
  const below = isCritical(priority) ? 0 : priorityRank(priority) - priorityRank('HIGH');
  return [isCritical(priority) ? '0' : '1', iso(Date.parse(since) + below * AGING_MS), executionId, step].join('#');
};

/** As what it goes by now: a level higher for each `AGING_MS` it has waited, up to HIGH. */
export const effectivePriority = ({ priority, since }: Pick<Waiting, 'priority' | 'since'>, now: number): Priority => {
  if (isCritical(priority)) return priority;
  const levels = Math.floor(Math.max(0, now - Date.parse(since)) / AGING_MS);
  return Priority.options[Math.max(priorityRank('HIGH'), priorityRank(priority) - levels) - 1] ?? priority;
};
