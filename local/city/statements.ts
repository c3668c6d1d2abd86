import type { BusEntry } from '../../client/bus.ts';
import { envelope } from '../../client/envelope.ts';
import type { UnitStatus } from '../../shared/contracts/resource.ts';
import type { ResourceType, Source } from '../../shared/contracts/vocabulary.ts';
import type { Standing } from './fleet.ts';
import type { RosterUnit } from './roster.ts';

/** What the city states on the bus beside its answers. `run` is when this run of the city began: ids are unique over restarts. */

/** GPS, give or take. */
const RADIUS_M = 5;

const entry = (source: Source, id: string, type: string, at: number, data: Record<string, unknown>): BusEntry => ({
  source,
  type,
  detail: envelope({ id, source, type, at, data }),
});

/** Two watches of twelve hours, from six to six in Florida's winter; one is still there for half an hour when the next has begun. */
const WATCH_MS = 12 * 3_600_000;
const WATCH_BEGINS_MS = 11 * 3_600_000;
const OVERLAP_MS = 30 * 60_000;
const CREWED: readonly ResourceType[] = ['OFFICER', 'VEHICLE', 'DISPATCH_UNIT', 'HELICOPTER', 'BOAT'];

/** The watch that is on at a moment (ms), for what has a crew. */
const watch = (type: ResourceType, at: number): Pick<UnitStatus['unit'], 'shift'> => {
  if (!CREWED.includes(type)) return {};
  const from = Math.floor((at - WATCH_BEGINS_MS) / WATCH_MS) * WATCH_MS + WATCH_BEGINS_MS;
  const iso = (ms: number): string => new Date(ms).toISOString();
  return { shift: { from: iso(from), to: iso(from + WATCH_MS + OVERLAP_MS) } };
};

/** `what` is `registered` once a run; other reports carry the time, so that two reports are two events. */
export const unitStatus = (
  unit: RosterUnit,
  { status, place, fence, activity, batteryPct }: Standing,
  what: string,
  run: string,
  at: number,
): BusEntry => {
  const data = {
    unit: {
      id: unit.id,
      type: unit.type,
      name: unit.name,
      capabilities: [...unit.capabilities],
      certifications: [...unit.certifications],
      status,
      ...watch(unit.type, at),
      ...(batteryPct === undefined ? {} : { health: { batteryPct } }),
      ...(activity === undefined ? {} : { activity }),
      ...(fence === undefined ? {} : { fence }),
    },
    location: { ...place, radiusM: RADIUS_M },
  } satisfies UnitStatus;
  const id = what === 'registered' ? `unit/${unit.id}/${run}/registered` : `unit/${unit.id}/${run}/${what}/${at}`;
  return entry(unit.owner, id, 'unit.status', at, { ...data, summary: `${unit.name}: ${what}` });
};

/** Once a run: that it is there, and how often (s) it will say so. */
export const registered = (subsystem: Source, run: string, at: number, everyS: number): BusEntry =>
  entry(subsystem, `registered/${subsystem}/${run}`, 'subsystem.registered', at, { subsystem, everyS });

export const heartbeat = (subsystem: Source, run: string, at: number): BusEntry =>
  entry(subsystem, `heartbeat/${subsystem}/${run}/${at}`, 'subsystem.heartbeat', at, { subsystem });
