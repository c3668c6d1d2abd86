import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import ngeohash from 'ngeohash';
import { Resource } from '../contracts/resource.ts';
import type { ResourceType } from '../contracts/vocabulary.ts';
import type { Span } from '../domain/cells.ts';
import { type Item, type Paged, table, type Write } from './table.ts';

/** A unit's lease as sweep and finish find it. */
export interface Lease {
  resourceId: string;
  executionId: string;
  step: string;
  fence: number;
  until: string;
  /** For a unit that came from another run: whose step sent it. */
  origin?: { executionId: string; step: string } | undefined;
}

const CELL = 9;
const pk = (id: string): string => `RES#${id}`;
const freePk = (type: ResourceType): string => `FREE#${type}`;
const freeSk = (resource: Resource): string => `${ngeohash.encode(resource.location.lat, resource.location.lon, CELL)}#${resource.id}`;

/**
 * Units, and the free ones once more by type and place. A free unit's row is deleted by the transaction that claims it
 * and written again when it is free, so reads are strong and cost grows with the units asked for, not with the fleet.
 */
export const resourcesStore = (client: DynamoDBDocumentClient, name: string) => {
  const resources = table(client, name);
  const get = async (id: string): Promise<Resource | undefined> => {
    const item = await resources.get(pk(id), 'HEAD');
    return item && Resource.parse(item);
  };
  const freeRow = (resource: Resource): Write =>
    resources.put({
      pk: freePk(resource.type),
      sk: freeSk(resource),
      id: resource.id,
      lat: resource.location.lat,
      lon: resource.location.lon,
    });
  const head = (resource: Resource): Item & { pk: string; sk: string } => ({ pk: pk(resource.id), sk: 'HEAD', ...resource });

  return {
    get,

    /** Free units of a type in the cells from `first` to `last`, geohashes of one length. */
    free: async (type: ResourceType, [first, last]: Span): Promise<{ id: string; lat: number; lon: number }[]> =>
      (await resources.between(freePk(type), first, `${last}~`)).map((row) => ({
        id: String(row['id']),
        lat: Number(row['lat']),
        lon: Number(row['lon']),
      })),

    many: async (ids: string[]): Promise<Resource[]> =>
      (await resources.batchGet(ids.map((id) => ({ pk: pk(id), sk: 'HEAD' })))).map((item) => Resource.parse(item)),

    register: (resource: Resource): Write[] => [
      resources.putNew(head(resource)),
      resources.put({ pk: 'FLEET', sk: resource.id }),
      ...(resource.status === 'FREE' ? [freeRow(resource)] : []),
    ],

    /** A unit's own word on itself. Fails where it was claimed or changed meanwhile. */
    update: (was: Resource, now: Resource): Write[] => [
      resources.change(
        pk(was.id),
        'HEAD',
        { status: now.status, location: now.location, locatedAt: now.locatedAt, capabilities: now.capabilities, name: now.name },
        { status: [was.status], fence: [was.fence], locatedAt: [was.locatedAt] },
      ),
      ...(was.status === 'FREE' && (now.status !== 'FREE' || freeSk(was) !== freeSk(now))
        ? [resources.remove(freePk(was.type), freeSk(was))]
        : []),
      ...(now.status === 'FREE' ? [freeRow(now)] : []),
    ],

    /** One unit of a bundle: free, and unchanged since it was read; its fence grows by one. */
    claim: (unit: Resource, lease: Lease): Write[] => [
      resources.change(
        pk(unit.id),
        'HEAD',
        { status: 'HELD', holder: lease.executionId, step: lease.step, leaseUntil: lease.until, fence: lease.fence },
        { status: ['FREE'], fence: [unit.fence] },
      ),
      resources.removeExisting(freePk(unit.type), freeSk(unit)),
      resources.put({ pk: `HELD#${lease.executionId}`, sk: unit.id, ...lease }),
      resources.put({ pk: 'LEASES', sk: `${lease.until}#${unit.id}`, ...lease }),
    ],

    /** HELD by one run → HELD by another, under a fence one higher; only from the holder with this fence. */
    rehold: (unit: Resource, was: Lease, now: Lease): Write[] => [
      resources.change(
        pk(unit.id),
        'HEAD',
        { holder: now.executionId, step: now.step, leaseUntil: now.until, fence: now.fence },
        { status: ['HELD'], fence: [was.fence], holder: [was.executionId] },
      ),
      resources.remove(`HELD#${was.executionId}`, unit.id),
      resources.put({ pk: `HELD#${now.executionId}`, sk: unit.id, ...now }),
      ...(was.until === now.until ? [] : [resources.remove('LEASES', `${was.until}#${unit.id}`)]),
      resources.put({ pk: 'LEASES', sk: `${now.until}#${unit.id}`, ...now }),
    ],

    /** A unit that its holder keeps for another step: the same fence, under the lease as it is to be. */
    reassign: (was: Lease, now: Lease): Write[] => [
      resources.change(
        pk(was.resourceId),
        'HEAD',
        { step: now.step, leaseUntil: now.until },
        { status: ['HELD'], fence: [was.fence], holder: [was.executionId], step: [was.step] },
      ),
      ...(was.until === now.until ? [] : [resources.remove('LEASES', `${was.until}#${was.resourceId}`)]),
      resources.put({ ...now, pk: `HELD#${now.executionId}`, sk: now.resourceId }),
      resources.put({ ...now, pk: 'LEASES', sk: `${now.until}#${now.resourceId}` }),
    ],

    /** HELD → FREE, or UNKNOWN where the lease lapsed; only for the holder with this fence. */
    release: (unit: Resource, lease: Lease, status: 'FREE' | 'UNKNOWN'): Write[] => [
      resources.change(
        pk(unit.id),
        'HEAD',
        { status, holder: undefined, step: undefined, leaseUntil: undefined },
        { status: ['HELD'], fence: [lease.fence], holder: [lease.executionId], locatedAt: [unit.locatedAt] },
      ),
      resources.remove(`HELD#${lease.executionId}`, unit.id),
      resources.remove('LEASES', `${lease.until}#${unit.id}`),
      ...(status === 'FREE' ? [freeRow(unit)] : []),
    ],

    heldBy: async (executionId: string): Promise<Lease[]> => (await resources.under(`HELD#${executionId}`)) as unknown as Lease[],

    lapsed: async (before: string): Promise<Lease[]> => (await resources.between('LEASES', '0', before)) as unknown as Lease[],

    fleet: async (page: { limit: number; cursor?: string }): Promise<Paged<Resource>> => {
      const { items, next } = await resources.page('FLEET', page);
      const heads = await resources.batchGet(items.map((item) => ({ pk: pk(String(item['sk'])), sk: 'HEAD' })));
      return { items: heads.map((item) => Resource.parse(item)), next };
    },
  };
};

export type ResourcesStore = ReturnType<typeof resourcesStore>;
