import type { JournalEntry, JournalKind } from '../../../shared/contracts/journal.ts';
import type { Resource } from '../../../shared/contracts/resource.ts';
import type { Utilization } from '../../../shared/contracts/resource-requests.ts';
import { ResourceType } from '../../../shared/contracts/vocabulary.ts';
import { heldMs } from '../../../shared/domain/allocation/busy-share.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import type { JournalStore } from '../../../shared/stores/journal.ts';
import type { ResourcesStore } from '../../../shared/stores/resources.ts';
import type { Perform } from '../operation.ts';
import { byDay } from '../pages.ts';
import { ok } from '../reply.ts';

interface Deps {
  resources: ResourcesStore;
  journal: JournalStore;
  clock: Clock;
}

const HOUR_MS = 3600 * 1000;
/** One answer reads so many entries of the journal at most. */
const AT_ONCE = 200;
const READS = 50;
const KINDS: readonly JournalKind[] = [
  'resource.allocated',
  'resource.released',
  'resource.unknown',
  'resource.handed-over',
  'resource.preempted',
];
/** Every geohash. */
const EVERYWHERE = ['0', 'z'] as const;
const MOST_UNITS = 100_000;

/** What the journal says of claims from `from` to now, and from when on it was read. */
const entriesSince = async ({ journal, clock }: Deps, from: number): Promise<{ entries: JournalEntry[]; from: number }> => {
  const entries: JournalEntry[] = [];
  const days = (clock.now() - from) / (24 * HOUR_MS) + 1;
  let cursor: string | undefined;
  let oldest = clock.now();
  for (let reads = 0; reads < READS; reads += 1) {
    const list = await byDay({ limit: AT_ONCE, cursor }, clock.now(), journal.ofDay, days);
    if (!list.ok) break;
    entries.push(...list.page.items.filter(({ kind, at }) => KINDS.includes(kind) && Date.parse(at) >= from));
    oldest = Math.min(oldest, ...list.page.items.map(({ at }) => Date.parse(at)));
    cursor = list.page.next;
    if (!cursor || oldest < from) return { entries, from };
  }
  return { entries, from: Math.max(from, oldest) };
};

/** The whole fleet, type by type. */
const fleetByType = async ({ resources }: Deps): Promise<{ type: ResourceType; free: Resource[]; busy: Resource[] }[]> => {
  const fleet: { type: ResourceType; free: Resource[]; busy: Resource[] }[] = [];
  for (const type of ResourceType.options) {
    const [free, busy] = await Promise.all([resources.free(type, EVERYWHERE), resources.busy(type, EVERYWHERE, MOST_UNITS)]);
    fleet.push({ type, free, busy });
  }
  return fleet;
};

/** How the units of every type stand now, and how busy they were. It reads the whole fleet: a person asks this now and then. */
export const resourceUtilization =
  (deps: Deps): Perform<'resourceUtilization'> =>
  async ({ query: { hours } }) => {
    const now = deps.clock.now();
    const { entries, from } = await entriesSince(deps, now - hours * HOUR_MS);
    const fleet = await fleetByType(deps);
    const isHeld = ({ status }: Resource): boolean => status === 'HELD';
    const busyMs = heldMs(
      entries,
      fleet.flatMap(({ busy }) => busy.filter(isHeld)),
      from,
      now,
    );
    const types: Utilization['types'] = {};
    for (const { type, free, busy } of fleet) {
      const total = free.length + busy.length;
      if (total === 0) continue;
      const held = busy.filter(isHeld).length;
      const unknown = busy.filter(({ status }) => status === 'UNKNOWN').length;
      const busyShare = now > from ? Math.min(1, Math.round(((busyMs.get(type) ?? 0) / (total * (now - from))) * 1000) / 1000) : 0;
      types[type] = { total, free: free.length, held, out: busy.length - held - unknown, unknown, busyShare };
    }
    return ok({ from: iso(from), to: iso(now), types } satisfies Utilization);
  };
