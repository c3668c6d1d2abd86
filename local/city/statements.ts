import type { UnitStatus } from '../../shared/contracts/resource.ts';
import type { Source } from '../../shared/contracts/vocabulary.ts';
import type { BusEntry } from '../client/bus.ts';
import { envelope } from '../client/envelope.ts';
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

/** `what` is `registered` once a run; other reports carry the time, so that two reports are two events. */
export const unitStatus = (unit: RosterUnit, { status, place, fence }: Standing, what: string, run: string, at: number): BusEntry => {
  const data = {
    unit: {
      id: unit.id,
      type: unit.type,
      name: unit.name,
      capabilities: [...unit.capabilities],
      status,
      ...(fence === undefined ? {} : { fence }),
    },
    location: { ...place, radiusM: RADIUS_M },
  } satisfies UnitStatus;
  const id = what === 'registered' ? `unit/${unit.id}/${run}/registered` : `unit/${unit.id}/${run}/${what}/${at}`;
  return entry(unit.owner, id, 'unit.status', at, { ...data, summary: `${unit.name}: ${what}` });
};

export const heartbeat = (subsystem: Source, run: string, at: number): BusEntry =>
  entry(subsystem, `heartbeat/${subsystem}/${run}/${at}`, 'subsystem.heartbeat', at, { subsystem });
