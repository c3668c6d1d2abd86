import type { NormalizedEvent } from '../../shared/contracts/event.ts';
import type { JoinReason } from '../../shared/contracts/incident.ts';
import { cellOf, cellsAround, hoursOf } from '../../shared/domain/cells.ts';
import { ENTITY_WINDOW_MS, type Observation, PLACE, sameEntity, samePlace } from '../../shared/domain/relate.ts';
import { iso } from '../../shared/lambda/ids.ts';
import { familyOf } from '../../shared/sources/index.ts';
import type { IncidentsStore } from '../../shared/stores/incidents.ts';
import type { Write } from '../../shared/stores/table.ts';

const SLACK_MS = 24 * 3600_000;

/** An event as its neighbours see it. */
export const observe = (node: string, eventKey: string, event: NormalizedEvent): Observation => ({
  node,
  eventKey,
  at: event.occurredAt,
  source: event.source,
  family: familyOf(event.type),
  lat: event.location?.lat,
  lon: event.location?.lon,
  radiusM: event.location?.radiusM,
});

/** Entities that can join, each once: a producer may name the same plate twice. */
const joining = (event: NormalizedEvent) => [
  ...new Map(
    event.entities.filter(({ kind }) => ENTITY_WINDOW_MS[kind] !== undefined).map((entity) => [`${entity.kind}#${entity.id}`, entity]),
  ).values(),
];

/** The rows under which later and racing events will find this one. They outlive the rule's window on the engine's clock, old records included. */
export const presence = (incidents: IncidentsStore, event: NormalizedEvent, seen: Observation): Write[] => {
  const from = Math.max(Date.parse(event.receivedAt), Date.parse(event.occurredAt));
  const writes = joining(event).map(({ kind, id }) => incidents.beNamed(kind, id, seen, from + (ENTITY_WINDOW_MS[kind] ?? 0) + SLACK_MS));
  if (seen.lat !== undefined && seen.lon !== undefined) {
    writes.push(incidents.beNear(cellOf(seen.lat, seen.lon), event.occurredAt.slice(0, 13), seen, from + PLACE.windowMs + SLACK_MS));
  }
  return writes;
};

const around = (at: string, windowMs: number): [string, string] => [iso(Date.parse(at) - windowMs), iso(Date.parse(at) + windowMs)];

const byPlace = async (incidents: IncidentsStore, seen: Observation): Promise<[Observation, JoinReason | undefined][]> => {
  if (seen.lat === undefined || seen.lon === undefined) return [];
  const [from, to] = around(seen.at, PLACE.windowMs);
  const cells = cellsAround(seen.lat, seen.lon, PLACE.limitM);
  const rows = await Promise.all(
    cells.flatMap((cell) => hoursOf(Date.parse(from), Date.parse(to)).map((hour) => incidents.near(cell, hour, from, to))),
  );
  return rows.flat().map((row) => [row, samePlace(seen, row)]);
};

const byEntity = async (
  incidents: IncidentsStore,
  event: NormalizedEvent,
  seen: Observation,
): Promise<[Observation, JoinReason | undefined][]> => {
  const found = await Promise.all(
    joining(event).map(async (entity) => {
      const [from, to] = around(seen.at, ENTITY_WINDOW_MS[entity.kind] ?? 0);
      const rows = await incidents.named(entity.kind, entity.id, from, to);
      return rows.map((row): [Observation, JoinReason | undefined] => [row, sameEntity(seen, row, entity)]);
    }),
  );
  return found.flat();
};

/** Every stored event that is related to this one, with the reason; strongly consistent, after this one's own rows were written. */
export const relatedTo = async (
  incidents: IncidentsStore,
  event: NormalizedEvent,
  seen: Observation,
): Promise<{ node: string; reason: JoinReason }[]> => {
  const found = [...(await byEntity(incidents, event, seen)), ...(await byPlace(incidents, seen))];
  const related = new Map<string, JoinReason>();
  for (const [row, reason] of found) {
    if (reason && row.node !== seen.node && !related.has(row.node)) related.set(row.node, reason);
  }
  return [...related].map(([node, reason]) => ({ node, reason })).sort((a, b) => (a.node < b.node ? -1 : 1));
};
