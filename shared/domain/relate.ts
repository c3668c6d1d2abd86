import distance from '@turf/distance';
import type { Entity } from '../contracts/event.ts';
import type { JoinReason } from '../contracts/incident.ts';

/**
 * Fusion as a relation: two events are related when a rule's predicate holds, whatever order they came in.
 * Time alone never joins; place needs time and the same family; an entity needs a kind that means one thing.
 */

/** One event as its neighbours find it, by cell and hour or by entity. `node` is the incident it opened; `at` is when it was observed. */
export interface Observation {
  node: string;
  eventKey: string;
  at: string;
  source: string;
  family: string;
  lat?: number;
  lon?: number;
  radiusM?: number;
  /** Those that can join, each once. */
  entities: Entity[];
}

/** Same place and time: within 5 minutes, and within 150 m plus both error radii, 500 m at the most. */
export const PLACE = { windowMs: 5 * 60_000, distanceM: 150, limitM: 500 };

/** Kinds whose id means one thing, and for how long (ms) a second sight of it is the same incident. Persons are not here: a person match needs two identifiers. */
export const ENTITY_WINDOW_MS: Record<string, number> = {
  'cad-incident': 72 * 3600_000,
  case: 30 * 24 * 3600_000,
  plate: 30 * 60_000,
  phone: 30 * 60_000,
};

/** Geodesic metres between two places, on the sphere of radius 6,371,008.8 m. */
export const metres = (a: { lat: number; lon: number }, b: { lat: number; lon: number }): number =>
  distance([a.lon, a.lat], [b.lon, b.lat], { units: 'meters' });

const apart = (a: Observation, b: Observation): number => Math.abs(Date.parse(a.at) - Date.parse(b.at));

const placeOf = ({ lat, lon }: Observation) => (lat === undefined || lon === undefined ? undefined : { lat, lon });

/** How far apart two events of this error may lie and still be one (metres). */
export const reach = (a: Observation, b: Observation): number =>
  Math.min(PLACE.distanceM + (a.radiusM ?? 0) + (b.radiusM ?? 0), PLACE.limitM);

/** Related by place and time, and why; undefined where they are not. */
export const samePlace = (a: Observation, b: Observation): JoinReason | undefined => {
  const [here, there] = [placeOf(a), placeOf(b)];
  if (!here || !there || a.family !== b.family || apart(a, b) > PLACE.windowMs) return undefined;
  const distanceM = Math.round(metres(here, there));
  const limitM = Math.round(reach(a, b));
  if (distanceM > limitM) return undefined;
  return { rule: 'GEOLOCATION', with: b.eventKey, values: { distanceM, limitM, apartS: apart(a, b) / 1000, family: a.family } };
};

/** Related by an entity that both name, within that kind's window. */
export const sameEntity = (a: Observation, b: Observation, entity: { kind: string; id: string }): JoinReason | undefined => {
  const window = ENTITY_WINDOW_MS[entity.kind];
  if (window === undefined || apart(a, b) > window) return undefined;
  return { rule: 'ENTITY_ID', with: b.eventKey, values: { kind: entity.kind, id: entity.id, apartS: apart(a, b) / 1000 } };
};

/** Related, and why: by an entity that both name, else by place and time. Symmetric but for whom the reason names. */
export const relate = (a: Observation, b: Observation): JoinReason | undefined => {
  const shared = a.entities.filter((one) => b.entities.some(({ kind, id }) => kind === one.kind && id === one.id));
  for (const entity of shared) {
    const reason = sameEntity(a, b, entity);
    if (reason) return reason;
  }
  return samePlace(a, b);
};
