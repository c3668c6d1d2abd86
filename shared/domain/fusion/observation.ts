import type { NormalizedEvent } from '../../contracts/event.ts';
import type { Category, Priority, Source } from '../../contracts/vocabulary.ts';
import { familyOf } from '../../sources/index.ts';
import { rules } from './rules/index.ts';
import { identity } from './spelling.ts';

/**
 * What fusion needs of an event, and what a neighbour row holds of it. `node` is the incident that the event opened; `at` is when it was
 * observed, `openedAt` when it was received (both ISO 8601). `threatLevel` and `confidence` are 0 to 1; lat and lon are degrees, `radiusM` the
 * error in metres. `entities` are `kind#identity`, spelled as they are compared.
 */
export interface Observation {
  readonly node: string;
  readonly eventKey: string;
  readonly at: string;
  readonly openedAt: string;
  readonly source: Source;
  readonly type: string;
  readonly family: string;
  readonly category: Category;
  readonly priority: Priority;
  readonly lat?: number;
  readonly lon?: number;
  readonly radiusM?: number;
  readonly threatLevel: number;
  readonly confidence: number;
  readonly entities: readonly string[];
  /** It was a false alarm: a member still, which bears nothing out. */
  readonly retracted?: true;
}

/** How grave an event is where its source did not say so: what its priority is worth. */
const THREAT: Readonly<Record<Priority, number>> = { CRITICAL: 0.8, HIGH: 0.5, MEDIUM: 0.2, LOW: 0.1, INFO: 0 };

/** Kinds that some rule reads, the most telling first. */
const KINDS: readonly string[] = [
  ...new Set(rules.flatMap(({ kinds = {}, agree = [], against = [] }) => [...Object.keys(kinds), ...agree, ...against])),
];

/** So many entities are compared at the most: a row stays small, whatever a producer lists. */
const MOST_ENTITIES = 16;

const comparable = ({ entities, agency }: NormalizedEvent): string[] => {
  const known = entities
    .map((entity) => ({ place: KINDS.indexOf(entity.kind), kind: entity.kind, id: identity(entity, agency) }))
    .filter(({ place, id }) => place >= 0 && id !== undefined)
    .sort((a, b) => a.place - b.place || (String(a.id) < String(b.id) ? -1 : 1));
  return [...new Set(known.map(({ kind, id }) => `${kind}#${id}`))].slice(0, MOST_ENTITIES);
};

/** An event as its neighbours see it. A pure function of the event as it is stored. */
export const observe = (node: string, eventKey: string, event: NormalizedEvent): Observation => ({
  node,
  eventKey,
  at: event.occurredAt,
  openedAt: event.receivedAt,
  source: event.source,
  type: event.type,
  family: familyOf(event.type),
  category: event.category,
  priority: event.priority,
  ...(event.location ? { lat: event.location.lat, lon: event.location.lon, radiusM: event.location.radiusM } : {}),
  threatLevel: Math.max(event.threatLevel, THREAT[event.priority]),
  confidence: event.confidence,
  entities: comparable(event),
  ...(event.flags.includes('retracted') ? { retracted: true as const } : {}),
});

export const kindOf = (entity: string): string => entity.slice(0, entity.indexOf('#'));

/** When an observation was made (ms), parsed once: an event is compared with many. */
const times = new WeakMap<Observation, number>();
const timeOf = (seen: Observation): number => {
  const known = times.get(seen) ?? Date.parse(seen.at);
  times.set(seen, known);
  return known;
};

/** Milliseconds between two observations. */
export const apartMs = (a: Observation, b: Observation): number => Math.abs(timeOf(a) - timeOf(b));

/** Observation order: by time, then by key. It is the same for everyone who knows the members. */
export const inOrder = (a: Observation, b: Observation): number =>
  a.at < b.at ? -1 : a.at > b.at ? 1 : a.eventKey < b.eventKey ? -1 : a.eventKey > b.eventKey ? 1 : 0;

/** The oldest by receipt, then by id: its node names the incident. */
export const older = (a: Observation, b: Observation): number =>
  a.openedAt < b.openedAt ? -1 : a.openedAt > b.openedAt ? 1 : a.node < b.node ? -1 : a.node > b.node ? 1 : 0;
