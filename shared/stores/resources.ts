import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import ngeohash from 'ngeohash';
import { type Booking, Resource } from '../contracts/resource.ts';
import { ResourcePreempted } from '../contracts/resource-allocation.ts';
import { Reservation } from '../contracts/resource-reservation.ts';
import type { AllocationPriority, ResourceType } from '../contracts/vocabulary.ts';
import type { Span } from '../domain/cells.ts';
import { grants } from './resource-grants.ts';
import { line } from './resource-line.ts';
import { turns } from './resource-turns.ts';
import { type Item, type Key, type Paged, table, type Write } from './table.ts';

/** A unit's lease as sweep and finish find it. */
export interface Lease {
  resourceId: string;
  executionId: string;
  step: string;
  fence: number;
  until: string;
  priority: AllocationPriority;
  /** For a unit that came from another run: whose step sent it. */
  origin?: { executionId: string; step: string } | undefined;
}

const CELL = 9;
const pk = (id: string): string => `RES#${id}`;
/** Where a unit is listed by type and place: the free ones apart from all others. */
const rowKey = ({ id, type, status, location: { lat, lon } }: Resource): Key => ({
  pk: `${status === 'FREE' ? 'FREE' : 'BUSY'}#${type}`,
  sk: `${ngeohash.encode(lat, lon, CELL)}#${id}`,
});
const displacedKey = ({ resourceId, fence }: ResourcePreempted): Key => ({ pk: 'DISPLACED', sk: `${resourceId}#${fence}` });
const reservationKey = ({ id, to }: Reservation): Key => ({ pk: 'RESERVATIONS', sk: `${to}#${id}` });
const isSame = (a: Key, b: Key): boolean => a.pk === b.pk && a.sk === b.sk;

/** A row says all that its unit's head says, and is written with it. */
const ofRow = ({ pk: _pk, sk: _sk, ...resource }: Item): Resource => resource as unknown as Resource;

/** A unit as it is under a lease; what its former holder had it do is over. */
const under = (unit: Resource, lease: Lease, at: string): Resource => ({
  ...unit,
  status: 'HELD',
  activity: undefined,
  holder: lease.executionId,
  step: lease.step,
  leaseUntil: lease.until,
  fence: lease.fence,
  priority: lease.priority,
  since: at,
});

/** A unit that nobody holds. */
const unheld = (unit: Resource, status: 'FREE' | 'UNKNOWN'): Resource => ({
  ...unit,
  status,
  activity: undefined,
  holder: undefined,
  step: undefined,
  leaseUntil: undefined,
  priority: undefined,
  since: undefined,
});

/**
 * Units, and each once more by type and place, the free ones in a list of their own: a free unit's row goes with the transaction that
 * claims it and comes back when it is free, so reads are strong and cost grows with the units asked for, not with the fleet.
 * Whatever is written of a unit is written on the condition that it stands as it was read.
 */
export const resourcesStore = (client: DynamoDBDocumentClient, name: string) => {
  const resources = table(client, name);
  const get = async (id: string): Promise<Resource | undefined> => {
    const item = await resources.get(pk(id), 'HEAD');
    return item && Resource.parse(item);
  };
  const head = (resource: Resource): Item & Key => ({ ...resource, pk: pk(resource.id), sk: 'HEAD' });
  const row = (resource: Resource): Write => resources.put({ ...resource, ...rowKey(resource) });
  const near = async (list: 'FREE' | 'BUSY', type: ResourceType, [first, last]: Span, limit?: number): Promise<Resource[]> =>
    (await resources.between(`${list}#${type}`, first, `${last}~`, limit)).map(ofRow);

  /** The next state of a unit, in place of the one that was read and of no other. */
  const turn = (was: Resource, now: Resource, be: Record<string, unknown[]> = {}, remove = resources.remove): Write[] => {
    const next = { ...now, revision: was.revision + 1 };
    const [from, to] = [rowKey(was), rowKey(next)];
    return [
      resources.putOver(head(next), { revision: [was.revision], ...be }),
      ...(isSame(from, to) ? [] : [remove(from.pk, from.sk)]),
      row(next),
    ];
  };
  const listed = (lease: Lease): Write[] => [
    resources.put({ ...lease, pk: `HELD#${lease.executionId}`, sk: lease.resourceId }),
    resources.put({ ...lease, pk: 'LEASES', sk: `${lease.until}#${lease.resourceId}` }),
  ];
  /** Takes a unit's lease off the lists, but for what the next one is put over. It is listed as the unit says: it may have been renewed since it was read. */
  const delisted = ({ id, leaseUntil }: Resource, was: Lease, now?: Lease): Write[] => {
    const until = leaseUntil ?? was.until;
    return [
      ...(was.executionId === now?.executionId ? [] : [resources.remove(`HELD#${was.executionId}`, id)]),
      ...(until === now?.until ? [] : [resources.remove('LEASES', `${until}#${id}`)]),
    ];
  };
  const by = ({ fence, executionId }: Lease): Record<string, unknown[]> => ({ status: ['HELD'], fence: [fence], holder: [executionId] });

  return {
    ...grants(client, name),
    ...turns(client, name),
    ...line(client, name),
    get,

    /** Free units of a type in the cells from `first` to `last`, geohashes of one length. */
    free: (type: ResourceType, span: Span): Promise<Resource[]> => near('FREE', type, span),

    /** The same of units that are not free, at most `limit` of them. */
    busy: (type: ResourceType, span: Span, limit: number): Promise<Resource[]> => near('BUSY', type, span, limit),

    many: async (ids: string[]): Promise<Resource[]> =>
      (await resources.batchGet(ids.map((id) => ({ pk: pk(id), sk: 'HEAD' })))).map((item) => Resource.parse(item)),

    register: (resource: Resource): Write[] => [
      resources.putNew(head(resource)),
      resources.put({ pk: 'FLEET', sk: resource.id }),
      row(resource),
    ],

    /** A unit's own word on itself. Fails where it was claimed or changed meanwhile. */
    update: (was: Resource, now: Resource): Write[] => turn(was, now, { status: [was.status], fence: [was.fence] }),

    /** One unit of a bundle: free, and unchanged since it was read; its fence grows by one. */
    claim: (unit: Resource, lease: Lease, at: string): Write[] => [
      ...turn(unit, under(unit, lease, at), { status: ['FREE'], fence: [unit.fence] }, resources.removeExisting),
      ...listed(lease),
    ],

    /** HELD by one run → HELD by another, under a fence one higher; only from the holder with this fence. */
    rehold: (unit: Resource, was: Lease, now: Lease, at: string): Write[] => [
      ...turn(unit, under(unit, now, at), by(was)),
      ...delisted(unit, was, now),
      ...listed(now),
    ],

    /** A unit that its holder keeps, under the same fence: for another step, or for longer. */
    keep: (unit: Resource, was: Lease, now: Lease): Write[] => [
      ...turn(unit, { ...unit, step: now.step, leaseUntil: now.until, priority: now.priority }, { ...by(was), step: [was.step] }),
      ...delisted(unit, was, now),
      ...listed(now),
    ],

    /** HELD → FREE, or UNKNOWN where the lease lapsed; only for the holder with this fence. */
    release: (unit: Resource, lease: Lease, status: 'FREE' | 'UNKNOWN'): Write[] => [
      ...turn(unit, unheld(unit, status), by(lease)),
      ...delisted(unit, lease),
    ],

    heldBy: async (executionId: string): Promise<Lease[]> => (await resources.under(`HELD#${executionId}`)) as unknown as Lease[],

    /** The lease that a unit is held under as it stands; undefined where nobody holds it. */
    leaseOf: async ({ id, holder }: Pick<Resource, 'id' | 'holder'>): Promise<Lease | undefined> =>
      holder === undefined ? undefined : ((await resources.get(`HELD#${holder}`, id)) as unknown as Lease | undefined),

    /** That a unit was taken stands here until its former holder has planned anew: the word of it may be lost on the way. */
    displace: (one: ResourcePreempted): Write => resources.put({ ...one, ...displacedKey(one) }),
    replanned: (one: ResourcePreempted): Write => resources.remove(displacedKey(one).pk, displacedKey(one).sk),
    isDisplaced: async (one: ResourcePreempted): Promise<boolean> =>
      (await resources.get(displacedKey(one).pk, displacedKey(one).sk)) !== undefined,
    displaced: async (): Promise<ResourcePreempted[]> => (await resources.under('DISPLACED')).map((item) => ResourcePreempted.parse(item)),

    /** A unit is promised, or no longer. */
    book: (unit: Resource, bookings: Booking[]): Write[] => turn(unit, { ...unit, bookings }),
    reserve: (reservation: Reservation): Write => resources.putNew({ ...reservation, ...reservationKey(reservation) }),
    unreserve: (reservation: Reservation): Write =>
      resources.removeExisting(reservationKey(reservation).pk, reservationKey(reservation).sk),
    /** Reservations that end up to a time (all, where none is given), the first to end first. */
    reservations: async (upTo?: string): Promise<Reservation[]> => {
      const items = upTo === undefined ? resources.under('RESERVATIONS') : resources.between('RESERVATIONS', '0', upTo);
      return (await items).map((item) => Reservation.parse(item));
    },

    lapsed: async (before: string): Promise<Lease[]> => (await resources.between('LEASES', '0', before)) as unknown as Lease[],

    fleet: async (page: { limit: number; cursor?: string }): Promise<Paged<Resource>> => {
      const { items, next } = await resources.page('FLEET', page);
      const heads = await resources.batchGet(items.map((item) => ({ pk: pk(String(item['sk'])), sk: 'HEAD' })));
      return { items: heads.map((item) => Resource.parse(item)), next };
    },
  };
};

export type ResourcesStore = ReturnType<typeof resourcesStore>;
