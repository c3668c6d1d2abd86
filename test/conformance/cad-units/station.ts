import type { Resource } from '../../../shared/contracts/resource.ts';
import { allocate } from '../../../shared/domain/allocation/allocate.ts';
import { release } from '../../../shared/domain/release.ts';
import { ownBus } from '../../../shared/lambda/bus.ts';
import { noLending } from '../../support/lending.ts';
import { rooms } from '../../support/rooms.ts';
import { stage } from '../../support/scene.ts';

/** Beyond an allocation's reach of one another, so that each search finds one unit. */
const DEGREES_APART = 0.5;
const LEASE_S = 40 * 86_400;
const ACTOR = 'system/test';

/** Each unit has its own name as a capability, so that an allocation can ask for it and for nobody else. */
const fleetOf = (names: readonly string[]): Resource[] =>
  names.map((id, n) => ({
    id,
    type: 'DISPATCH_UNIT',
    name: id,
    agency: 'county-fire',
    status: 'FREE',
    location: { lat: 30 + DEGREES_APART * Math.floor(n / 20), lon: -120 + DEGREES_APART * (n % 20), radiusM: 5 },
    locatedAt: '2024-06-01T00:00:00.000Z',
    capabilities: [id],
    certifications: [],
    health: { faults: [], maintenance: [] },
    bookings: [],
    fence: 0,
    revision: 0,
  }));

/** A fleet on the real engine, whose units are sent and taken off by name, on the feed's own clock. */
export const station = async (names: readonly string[]) => {
  const ground = rooms();
  const fleet = fleetOf(names);
  await stage(ground, { executions: [], fleet });
  let now = 0;
  const { resources, journal } = ground.stores;
  const deps = { resources, journal, bus: ownBus(ground.runtime), lending: noLending, clock: { now: () => now } };
  const places = new Map(fleet.map(({ id, location }) => [id, location]));
  return {
    moveTo: (at: number): void => {
      now = at;
    },
    /** False where the unit is not free. */
    send: async (unit: string, call: string): Promise<boolean> => {
      const location = places.get(unit);
      if (!location) throw new Error(`${unit} is not of this fleet`);
      const requires = { DISPATCH_UNIT: { capabilities: [unit], certifications: [] } };
      const given = await allocate(deps)(
        { executionId: call, step: unit, needs: { DISPATCH_UNIT: 1 }, requires, location, priority: 'NORMAL', leaseS: LEASE_S },
        { incidentId: call, actor: ACTOR },
      );
      return given?.outcome === 'allocated' && given.units.length === 1 && given.units[0]?.id === unit;
    },
    takeOff: async (unit: string, call: string): Promise<boolean> =>
      (await release(deps)(call, ACTOR, ({ step }) => step === unit)).includes(unit),
    /** Who holds each unit that is held. */
    holders: async (): Promise<Map<string, string>> =>
      new Map((await resources.many([...names])).flatMap(({ id, holder }) => (holder ? [[id, holder] as const] : []))),
    claims: async (): Promise<number> => (await resources.many([...names])).reduce((sum, { fence }) => sum + fence, 0),
    entries: ground.entries,
  };
};

export type Station = Awaited<ReturnType<typeof station>>;
