import type { Incident, IncidentGroup, JoinReason } from '../../shared/contracts/incident.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import { outgrown } from '../../shared/domain/fusion/index.ts';
import { ageOf, groupOf, type Head, together } from '../../shared/domain/head.ts';
import type { EventsStore } from '../../shared/stores/events.ts';
import type { IncidentsStore, Merging } from '../../shared/stores/incidents.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';
import { type Cut, cut, type Merge, type Split } from './cut.ts';
import { mergedEntry, splitEntry } from './entries.ts';

const ATTEMPTS = 50;

export interface ForestDeps {
  incidents: IncidentsStore;
  journal: JournalStore;
  events: Pick<EventsStore, 'among' | 'waits'>;
}

/** What people must hear of incidents that were united: which are part of another now, and which lost members to another. */
export interface Told {
  readonly merges: readonly Merge[];
  readonly splits: readonly Split[];
}

const NOTHING: Told = { merges: [], splits: [] };

/** The groups of a head as they stand: one that was not split is one group. */
const groupsOf = async ({ incidents }: ForestDeps, { incident, version, split }: Head, isTold: boolean): Promise<IncidentGroup[]> => {
  const { id } = incident;
  if (split) return incidents.groups(id);
  const known = isTold ? [id] : [];
  if (version === 0) return [{ incident, members: [id], known, lost: [] }];
  return [{ incident, members: await incidents.nodes(id), known: [...known, ...(await incidents.absorbed(id))], lost: [] }];
};

/**
 * The incidents as the ingester of one batch knows them: a head is read once and believed until a transaction fails on it. `first` are the
 * nodes of events that this very batch stored: as long as nobody has fused such a one, and it is alone, it joins another without being told.
 */
export const forest = (deps: ForestDeps, first: Iterable<string>) => {
  const { incidents, journal, events } = deps;
  const heads = new Map<string, Head>();
  /** Groups of the roots that outgrew their span. */
  const parted = new Map<string, IncidentGroup[]>();
  const untold = new Set(first);
  const isTold = ({ incident, version }: Head): boolean => version > 0 || !untold.has(incident.id);

  /** The head above a node. */
  const root = async (node: string): Promise<Head> => {
    const head = heads.get(node) ?? (await incidents.get(node));
    if (!head) throw new Error(`Incident ${node} is not stored; its event will be delivered again`);
    heads.set(node, head);
    return head.incident.parent ? root(head.incident.parent) : head;
  };
  const forget = (...ids: string[]): void => {
    for (const id of ids) {
      heads.delete(id);
      parted.delete(id);
    }
  };

  const groups = async (id: string): Promise<IncidentGroup[]> => {
    const found = parted.get(id) ?? (await incidents.groups(id));
    parted.set(id, found);
    return found;
  };

  /** The two as parts of what outgrew its span; undefined where together they are one incident. */
  const cutUp = async (older: Head, younger: Head, as: Head, reason: JoinReason): Promise<Cut | undefined> => {
    if (!as.split && !(as.loose && outgrown(as.summary))) return undefined;
    const before = [...(await groupsOf(deps, older, isTold(older))), ...(await groupsOf(deps, younger, isTold(younger)))];
    const found = cut(before, await events.among(before.flatMap(({ members }) => members)), reason);
    return as.split || found.groups.length > 1 ? found : undefined;
  };

  const entriesOf = (into: string, { merges, splits }: Told, about: { from: string; eventKey: string; reason: JoinReason }): Entry[] => {
    const told = merges.map((merge) => mergedEntry(true, merge.into, { ...about, from: merge.from }));
    const parts = splits.length > 0 ? [splitEntry(splits)] : [];
    return told.length + parts.length > 0 ? [...told, ...parts] : [mergedEntry(false, into, about)];
  };

  /** Files one head under the other; undefined where one of them changed meanwhile. */
  const merge = async (older: Head, younger: Head, merging: Merging): Promise<Told | undefined> => {
    const { told, reason, by } = merging;
    const [into, from] = [older.incident.id, younger.incident.id];
    const whole = together(older, younger, reason);
    const parts = await cutUp(older, younger, whole, reason);
    const as = { ...whole, split: parts !== undefined };
    const toTell: Told = parts ?? { merges: told ? [{ into, from }] : [], splits: [] };
    const about = { from, eventKey: younger.incident.eventKey, reason };
    const entries = entriesOf(groupOf(parts?.groups ?? [], by)?.incident.id ?? into, toTell, about);
    const silent = (parts ? [older, younger] : [younger]).filter((head) => !isTold(head)).map(({ incident }) => incident.id);
    const writes = incidents.merge(older, younger, as, merging, parts?.groups);
    const done = await journal.commit(into, entries, [...writes, ...silent.map(events.waits)]);
    forget(into, from);
    if (!done.ok) {
      for (const index of done.failed) untold.delete(silent[index - writes.length] ?? '');
      return undefined;
    }
    heads.set(into, as);
    heads.set(from, { ...younger, incident: { ...younger.incident, parent: into }, version: younger.version + 1 });
    if (parts) parted.set(into, parts.groups);
    return toTell;
  };

  /**
   * Makes the node of an event and another one incident: the root opened first takes the other, under a condition on both, so that any number of ingesters in any order
   * end with the same sets, and with the same groups where these outgrew their span. Returns what somebody must be told.
   */
  const unite = async (a: string, b: string, reason: JoinReason): Promise<Told> => {
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const [one, other] = [await root(a), await root(b)];
      if (one.incident.id === other.incident.id) return NOTHING;
      const [older, younger] = ageOf(one.incident) < ageOf(other.incident) ? [one, other] : [other, one];
      const toTell = await merge(older, younger, { told: isTold(younger), by: a, reason });
      if (toTell) return toTell;
    }
    throw new Error(`Incidents ${a} and ${b} changed ${ATTEMPTS} times while they were being united; the event will be delivered again`);
  };

  /**
   * Makes the incident of an event that was corrected anew of its members: what no longer hangs together are incidents of their own. From then
   * on it is known by its groups, so that whoever unites it with another looks at its members as they are.
   */
  const recut = async (node: string): Promise<Told> => {
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const head = await root(node);
      const { id } = head.incident;
      const before = await groupsOf(deps, head, true);
      const found = cut(before, await events.among(before.flatMap(({ members }) => members)));
      const entries = found.splits.length > 0 ? [splitEntry(found.splits)] : [];
      const done = await journal.commit(id, entries, incidents.recut(head, found.groups));
      forget(id);
      if (done.ok) return found;
    }
    throw new Error(`Incident of ${node} changed ${ATTEMPTS} times while an event of it was corrected; it will be delivered again`);
  };

  /** The incident that a node is in. */
  const incidentOf = async (node: string): Promise<Incident> => {
    const { incident, split } = await root(node);
    return (split ? groupOf(await groups(incident.id), node)?.incident : undefined) ?? incident;
  };

  /** What an earlier delivery of the event may have done without telling anybody: it was cut short. */
  const doneBefore = async (node: string): Promise<Told> => {
    const { incident, split } = await root(node);
    if (split) return asItStands(await groups(incident.id), incidents.members);
    return { merges: (await incidents.absorbed(incident.id, node)).map((from) => ({ into: incident.id, from })), splits: [] };
  };

  return { root, forget, unite, recut, incidentOf, doneBefore };
};

/** All that can be told of an incident that was split, as it stands: what is part of what, and what lost members to what. */
const asItStands = async (groups: readonly IncidentGroup[], members: (id: string) => Promise<string[]>): Promise<Told> => {
  const lost = groups.flatMap(({ incident: { id: from }, lost: all }) => all.map((into) => ({ from, into })));
  return {
    merges: groups.flatMap(({ incident: { id: into }, known }) => known.filter((from) => from !== into).map((from) => ({ into, from }))),
    splits: await Promise.all(lost.map(async (one) => ({ ...one, members: await members(one.into) }))),
  };
};

export type Forest = ReturnType<typeof forest>;
