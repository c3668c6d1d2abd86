import { cellOf, cellsAround, hoursOf } from '../cells.ts';
import { placeOf } from './compare.ts';
import { kindOf, type Observation } from './observation.ts';
import type { FusionRule, Kind } from './rule.ts';
import { rules } from './rules/index.ts';

/** A row by which an event is found: its partition, and until when it can matter (ms since the epoch). */
export interface Row {
  readonly partition: string;
  readonly expires: number;
}

/** A partition to read, and from when to when (ISO 8601, both included), by when events were observed. */
export interface Lookup {
  readonly partition: string;
  readonly from: string;
  readonly to: string;
}

/** Rows outlive their window on the engine's clock: old records are replayed, and late events come late. */
const SLACK_MS = 24 * 3600_000;

const iso = (ms: number): string => new Date(ms).toISOString();
const cellPartition = (cell: string, hour: string): string => `CELL#${cell}#${hour}`;

const longestOf = ({ windowMs, longer }: Kind): number => Math.max(windowMs, longer?.windowMs ?? 0);

/** Kinds of entities that are looked up, each with its longest window. A person takes two kinds, so one of them may go without: the name, which is the commonest. */
const LOOKED_UP: ReadonlyMap<string, number> = new Map(
  rules.flatMap(({ kinds = {} }) =>
    Object.entries(kinds)
      .filter(([name]) => name !== 'person-name')
      .map(([name, kind]): [string, number] => [name, longestOf(kind)]),
  ),
);

const byPlace = (rule: FusionRule): boolean => rule.distance !== undefined;
const placeWindow = ({ windowMs, matters = [] }: FusionRule, family: string): number =>
  Math.max(0, ...matters.filter(({ families }) => families.includes(family)).map((matter) => matter.windowMs ?? windowMs));

/** How far back and ahead (ms) a neighbour in place may lie, by what the event is; 0 where no rule of place speaks of it. */
const reachInTime = ({ family, category, radiusM = 0 }: Observation): number =>
  Math.max(
    0,
    ...rules
      .filter(byPlace)
      .filter(
        ({ distance, notCategories = [], notFamilies = [] }) =>
          radiusM <= (distance?.vagueM ?? 0) && !notCategories.includes(category) && !notFamilies.includes(family),
      )
      .map((rule) => (rule.matters ? placeWindow(rule, family) : rule.windowMs)),
  );

const LIMIT_M = Math.max(...rules.map(({ distance }) => distance?.limitM ?? 0));

const entitiesOf = (seen: Observation): { entity: string; windowMs: number }[] =>
  seen.entities.flatMap((entity) => {
    const windowMs = LOOKED_UP.get(kindOf(entity));
    return windowMs === undefined ? [] : [{ entity, windowMs }];
  });

/** The rows that an event writes: one for its place and hour, one for each entity that can join. */
export const rowsOf = (seen: Observation): Row[] => {
  const from = Math.max(Date.parse(seen.openedAt), Date.parse(seen.at)) + SLACK_MS;
  const [place, windowMs] = [placeOf(seen), reachInTime(seen)];
  return [
    ...(place && windowMs > 0
      ? [{ partition: cellPartition(cellOf(place.lat, place.lon), seen.at.slice(0, 13)), expires: from + windowMs }]
      : []),
    ...entitiesOf(seen).map((found) => ({ partition: `ENT#${found.entity}`, expires: from + found.windowMs })),
  ];
};

/** What is read to find every event that may be related: as many partitions as its reach touches, however many events there are. */
export const lookupsOf = (seen: Observation): Lookup[] => {
  const at = Date.parse(seen.at);
  const around = (windowMs: number) => ({ from: iso(Math.max(0, at - windowMs)), to: iso(at + windowMs) });
  const [place, windowMs] = [placeOf(seen), reachInTime(seen)];
  const hours = hoursOf(Math.max(0, at - windowMs), at + windowMs);
  const cells = place && windowMs > 0 ? cellsAround(place.lat, place.lon, LIMIT_M) : [];
  return [
    ...cells.flatMap((cell) => hours.map((hour) => ({ partition: cellPartition(cell, hour), ...around(windowMs) }))),
    ...entitiesOf(seen).map((found) => ({ partition: `ENT#${found.entity}`, ...around(found.windowMs) })),
  ];
};
