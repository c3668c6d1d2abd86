import type { NormalizedEvent } from '../../shared/contracts/event.ts';
import { cellOf, cellsAround, hoursOf } from '../../shared/domain/cells.ts';
import { ENTITY_WINDOW_MS, type Observation, PLACE, relate } from '../../shared/domain/relate.ts';
import { iso } from '../../shared/lambda/ids.ts';
import { familyOf } from '../../shared/sources/index.ts';
import type { IncidentsStore, Row } from '../../shared/stores/incidents.ts';

const SLACK_MS = 24 * 3600_000;

const cellKey = (cell: string, hour: string): string => `CELL#${cell}#${hour}`;
const entityKey = (kind: string, id: string): string => `ENT#${kind}#${id}`;

/** Entities that can join, each once: a producer may name the same plate twice. */
const joining = ({ entities }: NormalizedEvent): Observation['entities'] => [
  ...new Map(
    entities.filter(({ kind }) => ENTITY_WINDOW_MS[kind] !== undefined).map((entity) => [`${entity.kind}#${entity.id}`, entity]),
  ).values(),
];

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
  entities: joining(event),
});

/** The rows under which later and racing events will find this one. They outlive the rule's window on the engine's clock, old records included. */
export const rowsOf = (seen: Observation, receivedAt: string): Row[] => {
  const from = Math.max(Date.parse(receivedAt), Date.parse(seen.at)) + SLACK_MS;
  const rows = seen.entities.map(({ kind, id }) => ({
    partition: entityKey(kind, id),
    seen,
    expires: from + (ENTITY_WINDOW_MS[kind] ?? 0),
  }));
  if (seen.lat === undefined || seen.lon === undefined) return rows;
  const partition = cellKey(cellOf(seen.lat, seen.lon), seen.at.slice(0, 13));
  return [...rows, { partition, seen, expires: from + PLACE.windowMs }];
};

/** A partition of rows, and from when to when (ISO 8601 UTC) it is read. */
interface Lookup {
  partition: string;
  from: string;
  to: string;
}

const around = (at: string, windowMs: number): { from: string; to: string } => ({
  from: iso(Date.parse(at) - windowMs),
  to: iso(Date.parse(at) + windowMs),
});

/** Where those that this one is related to have their rows. */
const lookupsOf = (seen: Observation): Lookup[] => {
  const named = seen.entities.map(({ kind, id }) => ({
    partition: entityKey(kind, id),
    ...around(seen.at, ENTITY_WINDOW_MS[kind] ?? 0),
  }));
  if (seen.lat === undefined || seen.lon === undefined) return named;
  const when = around(seen.at, PLACE.windowMs);
  const hours = hoursOf(Date.parse(when.from), Date.parse(when.to));
  const cells = cellsAround(seen.lat, seen.lon, PLACE.limitM);
  return [...named, ...cells.flatMap((cell) => hours.map((hour) => ({ partition: cellKey(cell, hour), ...when })))];
};

/** Lookups of one partition whose times overlap are one. */
const shared = (lookups: readonly Lookup[]): Lookup[] => {
  const merged: Lookup[] = [];
  for (const next of [...lookups].sort((a, b) => (`${a.partition} ${a.from}` < `${b.partition} ${b.from}` ? -1 : 1))) {
    const open = merged.at(-1);
    if (open?.partition === next.partition && next.from <= open.to) open.to = open.to < next.to ? next.to : open.to;
    else merged.push({ ...next });
  }
  return merged;
};

/**
 * For each node, the nodes whose rows say that they are related to it; strongly consistent, after these events' own rows were written.
 * Partitions are read once for all. A row is a hint: what counts is the stored event it leads to.
 */
export const neighbours =
  (incidents: IncidentsStore) =>
  async (all: readonly Observation[]): Promise<Map<string, Set<string>>> => {
    const read = await Promise.all(shared(all.flatMap(lookupsOf)).map(({ partition, from, to }) => incidents.seen(partition, from, to)));
    const rows = read.flat();
    return new Map(
      all.map((one) => [one.node, new Set(rows.filter((row) => row.node !== one.node && relate(one, row)).map(({ node }) => node))]),
    );
  };
