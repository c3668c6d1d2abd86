import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { isStatement } from '../contracts/event.ts';
import { type Incident, IncidentGroup, type JoinReason } from '../contracts/incident.ts';
import { type Observation, observe, rowsOf, summaryOf } from '../domain/fusion/index.ts';
import { groupOf, type Head } from '../domain/head.ts';
import { openedBy } from '../domain/opened.ts';
import { canonical, sha256 } from '../lambda/ids.ts';
import type { EventsStore } from './events.ts';
import { headOf, itemOf } from './incident-item.ts';
import { type Item, table, ttl, type Write } from './table.ts';

/** Why an incident joins another: `told`, whether somebody may have heard of it; `by`, the node of the event that brought them together. */
export interface Merging {
  told: boolean;
  by: string;
  reason: JoinReason;
}

const pk = (id: string): string => `INC#${id}`;
const HEAD = 'HEAD';
const GROUPS = 'GROUPS';

const toObservation = ({ pk: _pk, sk: _sk, ttl: _ttl, ...rest }: Item): Observation => rest as unknown as Observation;
/** A row of its own for whatever else a second delivery of an event says: it must not take the place of what is stored. */
const rowKey = ({ openedAt: _, ...seen }: Observation): string => `${seen.at}#${seen.node}#${sha256(canonical(seen)).slice(0, 8)}`;
const toGroups = (item: Item | undefined): IncidentGroup[] => IncidentGroup.array().parse(JSON.parse(String(item?.['groups'] ?? '[]')));
const childOf = (row: Item): string => String(row['child']);

/** What an id has become: an incident, other ids that it may be known by, and the incidents into which members of it went. */
export interface Standing {
  incident: Incident;
  absorbed: string[];
  lost?: string[];
}

const standingOf = ({ incident, known, lost }: IncidentGroup): Standing => ({
  incident,
  absorbed: known.filter((id) => id !== incident.id),
  lost,
});

/**
 * Incidents as a forest: every event is a node that opened an incident, a merge sets a parent once, and neighbour rows are how events meet.
 * An incident of one event has no item: its head is told by the event. A root that outgrew its span has its groups beside it, and whoever asks
 * for one of its nodes is answered with the group.
 */
export const incidentsStore = (client: DynamoDBDocumentClient, name: string, events: Pick<EventsStore, 'at' | 'among'>) => {
  const incidents = table(client, name);

  /** The head of an incident whose own event is all there is of it. */
  const lone = async (id: string): Promise<Head | undefined> => {
    const stored = await events.at(id);
    if (!stored || isStatement(stored.event.type)) return undefined;
    const summary = summaryOf(observe(id, stored.key, stored.event));
    return { incident: openedBy(id, stored.key, stored.event), summary, version: 0, loose: false, split: false };
  };

  const get = async (id: string): Promise<Head | undefined> => {
    const item = await incidents.get(pk(id), HEAD);
    return item ? headOf(item) : lone(id);
  };

  /** The head above all, whether or not it was split. */
  const top = async (id: string): Promise<Head | undefined> => {
    let head = await get(id);
    while (head?.incident.parent) head = await get(head.incident.parent);
    return head;
  };

  const groups = async (root: string): Promise<IncidentGroup[]> => toGroups(await incidents.get(pk(root), GROUPS));

  /** A head as it is to be; the next change must find it so. `was`: what it was read as, where it was. */
  const write = (head: Head, was?: Pick<Head, 'version'>): Write => {
    const version = was?.version ?? 0;
    const item = { pk: pk(head.incident.id), sk: HEAD, ...itemOf(head), version: version + 1 };
    return version === 0 ? incidents.putNew(item) : incidents.putOver(item, { version: [version], parent: [undefined] });
  };

  /** These rows of children, and theirs. */
  const below = async (rows: Item[]): Promise<Item[]> => {
    const deeper = await Promise.all(rows.map((row) => merged(childOf(row))));
    return [...rows, ...deeper.flat()];
  };
  const merged = async (id: string): Promise<Item[]> => below(await incidents.under(pk(id), 'MERGED#'));

  /** Nodes of everything filed under a head, itself first. */
  const nodes = async (id: string): Promise<string[]> => {
    const found: string[] = [];
    const open = [id];
    for (let next = open.pop(); next; next = open.pop()) {
      found.push(next);
      for (const row of await incidents.under(pk(next))) if (row['child']) open.push(childOf(row));
    }
    return found;
  };

  /** What `id` has become; undefined where there is no such incident. */
  const standing = async (id: string): Promise<Standing | undefined> => {
    for (let next = id; ; ) {
      const items = await incidents.between(pk(next), GROUPS, 'MERGED$');
      const item = items.find(({ sk }) => sk === HEAD);
      const head = item ? headOf(item) : await lone(next);
      if (!head) return undefined;
      const {
        incident,
        incident: { parent },
      } = head;
      if (parent) next = parent;
      else {
        const group = head.split ? groupOf(toGroups(items.find(({ sk }) => sk === GROUPS)), id) : undefined;
        return group ? standingOf(group) : { incident, absorbed: (await below(items.filter((row) => row['child']))).map(childOf) };
      }
    }
  };

  return {
    get,
    top,
    groups,
    nodes,
    write,
    standing,

    /** Puts rows by which later and racing events find these. Plain writes: a row is a hint, and what counts is the event it leads to. */
    appear: (all: readonly Observation[]): Promise<void> =>
      incidents.batchPut(
        all.flatMap((seen) =>
          rowsOf(seen).map(({ partition, expires }) => ({ pk: partition, sk: rowKey(seen), ...seen, ttl: ttl(expires) })),
        ),
      ),

    /** What was seen from `from` to `to` (ISO 8601 UTC, both included) in a partition. */
    seen: async (partition: string, from: string, to: string): Promise<Observation[]> =>
      (await incidents.between(partition, from, `${to}~`)).map(toObservation),

    /** The incident that `id` has become: itself, what it was merged into, or the group it is in. Its event stored it, so it must be there. */
    root: async (id: string): Promise<{ incident: Incident }> => {
      const found = await standing(id);
      if (!found) throw new Error(`Incident ${id} is not stored; its event will be delivered again`);
      return found;
    },

    /** Holds a transaction to it that the incident was neither merged away nor cut up since it was read; what joined it meanwhile does no harm. */
    stands: ({ incident: { id }, version, split }: Head): Write =>
      version === 0
        ? incidents.checkAbsent(pk(id), HEAD)
        : incidents.check(pk(id), HEAD, { parent: [undefined], ...(split ? { version: [version] } : { split: [undefined] }) }),

    /** Files `child` under `parent`, once, if neither changed since it was read. `parts`: the groups that the two then are, where they outgrew their span. */
    merge: (parent: Head, child: Head, as: Head, { told, by, reason }: Merging, parts?: readonly IncidentGroup[]): Write[] => [
      write({ ...child, incident: { ...child.incident, parent: parent.incident.id, joined: [] } }, child),
      incidents.put({
        pk: pk(parent.incident.id),
        sk: `${told ? 'MERGED' : 'CHILD'}#${child.incident.id}`,
        eventKey: child.incident.eventKey,
        child: child.incident.id,
        by,
        reason,
      }),
      write(as, parent),
      ...(parts ? [incidents.put({ pk: pk(parent.incident.id), sk: GROUPS, groups: JSON.stringify(parts) })] : []),
    ],

    /** What hangs together under a head, as it is now; unless the head changed since it was read. */
    recut: (head: Head, parts: readonly IncidentGroup[]): Write[] => [
      write({ ...head, split: true }, head),
      incidents.put({ pk: pk(head.incident.id), sk: GROUPS, groups: JSON.stringify(parts) }),
    ],

    /** Ids that may have been told of before they became what `id` is; where `by` is given, those that this event brought there. */
    absorbed: async (id: string, by?: string): Promise<string[]> => {
      if (by === undefined) return (await standing(id))?.absorbed ?? [];
      return (await merged(id)).filter((row) => row['by'] === by).map(childOf);
    },

    /** Keys of all events of the incident that `id` has become. */
    members: async (id: string): Promise<string[]> => {
      const head = await top(id);
      if (!head) return [];
      const group = head.split ? groupOf(await groups(head.incident.id), id) : undefined;
      return (await events.among(group?.members ?? (await nodes(head.incident.id)))).map(({ key }) => key);
    },
  };
};

export type IncidentsStore = ReturnType<typeof incidentsStore>;
