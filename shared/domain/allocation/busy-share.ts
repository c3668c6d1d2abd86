import type { JournalEntry } from '../../contracts/journal.ts';
import type { Resource } from '../../contracts/resource.ts';
import { ResourceType } from '../../contracts/vocabulary.ts';

type Told = Pick<JournalEntry, 'kind' | 'at' | 'data'>;

/** What ends a claim, and under which name its number stands. */
const ENDS: Partial<Record<JournalEntry['kind'], 'fence' | 'was'>> = {
  'resource.released': 'fence',
  'resource.unknown': 'fence',
  'resource.handed-over': 'was',
  'resource.preempted': 'was',
};

const claimOf = (unit: unknown, fence: unknown): string => `${unit}#${fence}`;

/** Claims that began in the window, by unit and fence, with when (ms). */
const begins = (entries: readonly Told[]): Map<string, number> => {
  const began = new Map<string, number>();
  for (const { kind, at, data } of entries) {
    const claimed = kind === 'resource.allocated' ? ((data['units'] ?? []) as { id: string; fence: number }[]) : [];
    for (const { id, fence } of claimed) began.set(claimOf(id, fence), Date.parse(at));
    if (ENDS[kind] === 'was') began.set(claimOf(data['resourceId'], data['fence']), Date.parse(at));
  }
  return began;
};

/**
 * How long units of each type were held (ms) from `from` on: claims that the journal's entries of that time end, from when they began or
 * from `from`, and those that `held` units are under at `now`. Pure.
 */
export const heldMs = (entries: readonly Told[], held: readonly Resource[], from: number, now: number): Map<ResourceType, number> => {
  const began = begins(entries);
  const sums = new Map<ResourceType, number>();
  const add = (type: ResourceType, since: number, until: number): void => {
    sums.set(type, (sums.get(type) ?? 0) + Math.max(0, until - Math.max(since, from)));
  };
  for (const { kind, at, data } of entries) {
    const number = ENDS[kind];
    const type = ResourceType.safeParse(data['type']);
    if (number && type.success) add(type.data, began.get(claimOf(data['resourceId'], data[number])) ?? from, Date.parse(at));
  }
  for (const { type, since } of held) add(type, since ? Date.parse(since) : from, now);
  return sums;
};
