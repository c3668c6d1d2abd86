import type { Incident, JoinReason } from '../../shared/contracts/incident.ts';
import { priorityRank } from '../../shared/contracts/vocabulary.ts';
import type { Head, IncidentsStore, Merging } from '../../shared/stores/incidents.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';
import { mergedEntry } from './entries.ts';

const ATTEMPTS = 50;
const REASONS_KEPT = 8;

export interface Merge {
  into: string;
  from: string;
}

/** Two incidents as one, under the older one's name. Pure. */
export const combine = (older: Incident, younger: Incident, reason?: JoinReason): Incident => ({
  ...older,
  firstAt: older.firstAt < younger.firstAt ? older.firstAt : younger.firstAt,
  lastAt: older.lastAt > younger.lastAt ? older.lastAt : younger.lastAt,
  priority: priorityRank(older.priority) <= priorityRank(younger.priority) ? older.priority : younger.priority,
  sources: [...new Set([...older.sources, ...younger.sources])].sort(),
  events: older.events + younger.events,
  confidence: Math.max(older.confidence, younger.confidence),
  joined: [...older.joined, ...(reason ? [reason] : []), ...younger.joined].slice(-REASONS_KEPT),
});

/** What sorts incidents by when they were opened. */
export const age = ({ openedAt, id }: Pick<Incident, 'openedAt' | 'id'>): string => `${openedAt} ${id}`;

/**
 * The incidents as the ingester of one batch knows them: a head is read once and believed until a merge fails on it. `untold` are the nodes of
 * events that this batch stored and nobody has heard of yet: an incident of none but those joins another without being told.
 */
export const forest = ({ incidents, journal }: { incidents: IncidentsStore; journal: JournalStore }, untold: Iterable<string>) => {
  const heads = new Map<string, Head>();
  /** Incidents that hold nothing but untold events, by the version at which they did. */
  const silent = new Map([...untold].map((node) => [node, 0]));
  const isSilent = ({ incident, version }: Head): boolean => silent.get(incident.id) === version;

  /** The incident that a node has become. */
  const root = async (node: string): Promise<Head> => {
    const head = heads.get(node) ?? (await incidents.get(node));
    if (!head) throw new Error(`Incident ${node} is not stored; its event will be delivered again`);
    heads.set(node, head);
    return head.incident.parent ? root(head.incident.parent) : head;
  };

  const merge = async (older: Head, younger: Head, merging: Merging): Promise<boolean> => {
    const { told, reason } = merging;
    const [into, from] = [older.incident.id, younger.incident.id];
    const merged = combine(older.incident, younger.incident, reason);
    const entry = mergedEntry(told, into, { from, eventKey: younger.incident.eventKey, reason });
    const done = await journal.commit(into, [entry], incidents.merge(older, younger, merged, merging));
    if (!done.ok) {
      for (const id of [into, from]) heads.delete(id);
      return false;
    }
    heads.set(into, { incident: merged, version: older.version + 1 });
    heads.set(from, { incident: { ...younger.incident, parent: into }, version: younger.version + 1 });
    if (!told && isSilent(older)) silent.set(into, older.version + 1);
    return true;
  };

  /**
   * Makes the node of an event and another one incident: the root opened first takes the other, under a condition on both, so that any number of ingesters in any order
   * end with the same sets. Returns what was merged away, where somebody may have been told of it.
   */
  const unite = async (a: string, b: string, reason: JoinReason): Promise<Merge | undefined> => {
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const [one, other] = [await root(a), await root(b)];
      if (one.incident.id === other.incident.id) return undefined;
      const [older, younger] = age(one.incident) < age(other.incident) ? [one, other] : [other, one];
      const told = !isSilent(younger);
      if (await merge(older, younger, { told, by: a, reason }))
        return told ? { into: older.incident.id, from: younger.incident.id } : undefined;
    }
    throw new Error(`Incidents ${a} and ${b} changed ${ATTEMPTS} times while they were being united; the event will be delivered again`);
  };

  /** What an earlier delivery of the event may have merged away without telling anybody: it was cut short. */
  const mergedBefore = async (node: string): Promise<Merge[]> => {
    const { incident } = await root(node);
    return (await incidents.absorbed(incident.id, node)).map((from) => ({ into: incident.id, from }));
  };

  return { root, unite, mergedBefore };
};

export type Forest = ReturnType<typeof forest>;
