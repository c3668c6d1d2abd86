import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { isStatement } from '../contracts/event.ts';
import { Incident, type JoinReason } from '../contracts/incident.ts';
import { openedBy } from '../domain/opened.ts';
import type { Observation } from '../domain/relate.ts';
import type { EventsStore } from './events.ts';
import { type Item, table, ttl, type Write } from './table.ts';

/** An incident's head with the version its next change must find. 0: it is told by its event alone, nothing of it is stored. */
export interface Head {
  incident: Incident;
  version: number;
}

/** A row under which an event is found, in a partition (cell and hour, or entity). `expires` (ms) is when it can no longer matter: its rule's window and then some. */
export interface Row {
  partition: string;
  seen: Observation;
  expires: number;
}

/** Why an incident joins another: `told`, whether somebody may have heard of it; `by`, the node of the event that brought them together. */
export interface Merging {
  told: boolean;
  by: string;
  reason: JoinReason;
}

const pk = (id: string): string => `INC#${id}`;

const toHead = (item: Item): Head => ({ incident: Incident.parse(item), version: Number(item['version']) });
const toObservation = ({ pk: _pk, sk: _sk, ttl: _ttl, ...rest }: Item): Observation => rest as unknown as Observation;

/**
 * Incidents as a forest: every event is a node that opened an incident, a merge sets a parent once, and neighbour rows are how events meet.
 * An incident of one event has no item: its head is told by the event.
 */
export const incidentsStore = (client: DynamoDBDocumentClient, name: string, events: Pick<EventsStore, 'at'>) => {
  const incidents = table(client, name);

  /** The head of an incident whose own event is all there is of it. */
  const lone = async (id: string): Promise<Head | undefined> => {
    const stored = await events.at(id);
    if (!stored || isStatement(stored.event.type)) return undefined;
    return { incident: openedBy(id, stored.key, stored.event), version: 0 };
  };

  const get = async (id: string): Promise<Head | undefined> => {
    const item = await incidents.get(pk(id), 'HEAD');
    return item ? toHead(item) : lone(id);
  };

  /** A head as it is to be; the next change must find it so. `was`: what it was read as, where it was. */
  const write = (incident: Incident, was?: Head): Write => {
    const version = was?.version ?? 0;
    const item = { pk: pk(incident.id), sk: 'HEAD', ...incident, version: version + 1 };
    return version === 0 ? incidents.putNew(item) : incidents.putOver(item, { version: [version], parent: [undefined] });
  };

  /** These rows of children, and theirs. */
  const below = async (rows: Item[]): Promise<Item[]> => {
    const deeper = await Promise.all(rows.map((row) => merged(String(row['child']))));
    return [...rows, ...deeper.flat()];
  };
  const merged = async (id: string): Promise<Item[]> => below(await incidents.under(pk(id), 'MERGED#'));
  const childOf = (row: Item): string => String(row['child']);

  return {
    get,
    write,

    /** Puts rows by which later and racing events find these. Plain writes: a row is a hint, and what counts is the event it leads to. */
    appear: (rows: readonly Row[]): Promise<void> =>
      incidents.batchPut(
        rows.map(({ partition, seen, expires }) => ({ pk: partition, sk: `${seen.at}#${seen.node}`, ...seen, ttl: ttl(expires) })),
      ),

    /** What was seen from `from` to `to` (ISO 8601 UTC, both included) in a partition. */
    seen: async (partition: string, from: string, to: string): Promise<Observation[]> =>
      (await incidents.between(partition, from, `${to}~`)).map(toObservation),

    /** The incident that `id` has become: itself, or what it was merged into. Its event stored it, so it must be there. */
    root: async (id: string): Promise<Head> => {
      let head = await get(id);
      while (head?.incident.parent) head = await get(head.incident.parent);
      if (!head) throw new Error(`Incident ${id} is not stored; its event will be delivered again`);
      return head;
    },

    /** Files `child` under `parent`, once, if neither changed since it was read. */
    merge: (parent: Head, child: Head, together: Incident, { told, by, reason }: Merging): Write[] => [
      write({ ...child.incident, parent: parent.incident.id }, child),
      incidents.put({
        pk: pk(parent.incident.id),
        sk: `${told ? 'MERGED' : 'CHILD'}#${child.incident.id}`,
        eventKey: child.incident.eventKey,
        child: child.incident.id,
        by,
        reason,
      }),
      write(together, parent),
    ],

    /** Ids of incidents that may have been told of before they were merged into `id`, at any depth; where `by` is given, those that this event brought there. */
    absorbed: async (id: string, by?: string): Promise<string[]> =>
      (await merged(id)).filter((row) => by === undefined || row['by'] === by).map(childOf),

    /** What `id` has become, and the ids that may have been told of before they were merged into that, at any depth. */
    standing: async (id: string): Promise<{ incident: Incident; absorbed: string[] } | undefined> => {
      for (let next = id; ; ) {
        const [item, ...rows] = await incidents.between(pk(next), 'HEAD', 'MERGED$');
        const head = item ? toHead(item) : await lone(next);
        if (!head?.incident.parent) return head && { incident: head.incident, absorbed: (await below(rows)).map(childOf) };
        next = head.incident.parent;
      }
    },

    /** Keys of all events of an incident: its own and those of everything filed under it. */
    members: async (id: string): Promise<string[]> => {
      const keys: string[] = [];
      const open = [id];
      for (let next = open.pop(); next; next = open.pop()) {
        const rows = await incidents.under(pk(next));
        const head = rows.length === 0 ? await lone(next) : undefined;
        if (head) keys.push(head.incident.eventKey);
        for (const row of rows) {
          if (row['sk'] === 'HEAD') keys.push(String(row['eventKey']));
          else open.push(String(row['child']));
        }
      }
      return keys;
    },
  };
};

export type IncidentsStore = ReturnType<typeof incidentsStore>;
