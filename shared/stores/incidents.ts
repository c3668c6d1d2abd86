import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Incident, type JoinReason } from '../contracts/incident.ts';
import type { Observation } from '../domain/relate.ts';
import { type Item, type Paged, table, ttl, type Write } from './table.ts';

/** An incident's head with the version its next change must find. */
export interface Head {
  incident: Incident;
  version: number;
}

const pk = (id: string): string => `INC#${id}`;
const cellKey = (cell: string, hour: string): string => `CELL#${cell}#${hour}`;
const entityKey = (kind: string, id: string): string => `ENT#${kind}#${id}`;

const toHead = (item: Item): Head => ({ incident: Incident.parse(item), version: Number(item['version']) });
const toObservation = ({ pk: _pk, sk: _sk, ttl: _ttl, ...rest }: Item): Observation => rest as unknown as Observation;

/** Incidents as a forest: every event is a node that opened an incident, a merge sets a parent once, and neighbour rows are how events meet. */
export const incidentsStore = (client: DynamoDBDocumentClient, name: string) => {
  const incidents = table(client, name);

  const get = async (id: string): Promise<Head | undefined> => {
    const item = await incidents.get(pk(id), 'HEAD');
    return item && toHead(item);
  };

  /** What `id` has become; undefined where there is no such incident. */
  const become = async (id: string): Promise<Head | undefined> => {
    let head = await get(id);
    while (head?.incident.parent) head = await get(head.incident.parent);
    return head;
  };

  /** The children that these rows of a partition tell of, and theirs. */
  const below = async (rows: Item[]): Promise<string[]> => {
    const children = rows.map((row) => String(row['child']));
    const deeper = await Promise.all(children.map(absorbed));
    return [...children, ...deeper.flat()];
  };
  /** Ids of incidents that had been announced before they were merged into `id`, at any depth. */
  const absorbed = async (id: string): Promise<string[]> => below(await incidents.under(pk(id), 'MERGED#'));

  return {
    get,

    open: (incident: Incident): Write =>
      incidents.putNew({
        pk: pk(incident.id),
        sk: 'HEAD',
        ...incident,
        version: 1,
        day: incident.openedAt.slice(0, 10),
        order: `${incident.openedAt}#${incident.id}`,
      }),

    /** `expires` (ms) is when the row can no longer matter: its rule's window and then some. */
    beNear: (cell: string, hour: string, row: Observation, expires: number): Write =>
      incidents.put({ pk: cellKey(cell, hour), sk: `${row.at}#${row.node}`, ...row, ttl: ttl(expires) }),

    beNamed: (kind: string, id: string, row: Observation, expires: number): Write =>
      incidents.put({ pk: entityKey(kind, id), sk: `${row.at}#${row.node}`, ...row, ttl: ttl(expires) }),

    near: async (cell: string, hour: string, from: string, to: string): Promise<Observation[]> =>
      (await incidents.between(cellKey(cell, hour), from, `${to}~`)).map(toObservation),

    named: async (kind: string, id: string, from: string, to: string): Promise<Observation[]> =>
      (await incidents.between(entityKey(kind, id), from, `${to}~`)).map(toObservation),

    /** The incident that `id` has become: itself, or what it was merged into. Its event stored it, so it must be there. */
    root: async (id: string): Promise<Head> => {
      const head = await become(id);
      if (!head) throw new Error(`Incident ${id} is not stored; its event will be delivered again`);
      return head;
    },

    /** Files `child` under `parent`, once, if neither changed since it was read. */
    merge: (parent: Head, child: Head, merged: Incident, reason: JoinReason): Write[] => [
      incidents.change(
        pk(child.incident.id),
        'HEAD',
        { parent: parent.incident.id, version: child.version + 1, day: undefined, order: undefined },
        { version: [child.version], parent: [undefined] },
      ),
      incidents.put({
        pk: pk(parent.incident.id),
        sk: `${child.incident.announced ? 'MERGED' : 'CHILD'}#${child.incident.id}`,
        eventKey: child.incident.eventKey,
        child: child.incident.id,
        reason,
      }),
      incidents.change(
        pk(parent.incident.id),
        'HEAD',
        {
          version: parent.version + 1,
          events: merged.events,
          sources: merged.sources,
          firstAt: merged.firstAt,
          lastAt: merged.lastAt,
          priority: merged.priority,
          joined: merged.joined,
        },
        { version: [parent.version], parent: [undefined] },
      ),
    ],

    /** The incident was told to the world, so from now on it merges rather than joins. */
    announce: ({ incident, version }: Head): Write =>
      incidents.change(pk(incident.id), 'HEAD', { announced: true, version: version + 1 }, { version: [version] }),

    absorbed,

    /** What `id` has become, and the ids that had been announced before they were merged into that, at any depth. */
    standing: async (id: string): Promise<{ incident: Incident; absorbed: string[] } | undefined> => {
      for (let next = id; ; ) {
        const [head, ...rows] = await incidents.between(pk(next), 'HEAD', 'MERGED$');
        if (!head) return undefined;
        const { incident } = toHead(head);
        if (!incident.parent) return { incident, absorbed: await below(rows) };
        next = incident.parent;
      }
    },

    /** Keys of all events of an incident: its own and those of everything filed under it. */
    members: async (id: string): Promise<string[]> => {
      const keys: string[] = [];
      const open = [id];
      for (let next = open.pop(); next; next = open.pop()) {
        for (const row of await incidents.under(pk(next))) {
          if (row['sk'] === 'HEAD') keys.push(String(row['eventKey']));
          else open.push(String(row['child']));
        }
      }
      return keys;
    },

    ofDay: async (day: string, page: { limit: number; cursor?: string }): Promise<Paged<Incident>> => {
      const { items, next } = await incidents.page(day, { index: { name: 'byDay', pk: 'day' }, ...page });
      return { items: items.map((item) => toHead(item).incident).filter((incident) => !incident.parent), next };
    },
  };
};

export type IncidentsStore = ReturnType<typeof incidentsStore>;
