import * as z from 'zod';
import { Location } from './event.ts';
import { Category, Priority, Source } from './vocabulary.ts';

/** Why one event joined another: the rule, and the values that satisfied it. */
export const JoinReason = z.object({ rule: z.string(), with: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) });
export type JoinReason = z.infer<typeof JoinReason>;

const Point = z.tuple([z.int(), z.int(), z.int()]);

/**
 * Where members are, as a fold: places are points on the unit sphere, in whole billionths (6 mm), so that sums are exact in any order and the
 * antimeridian is a place like others. `radiusM` is the largest error in metres.
 */
export const Extent = z.object({ places: z.int(), sum: Point, low: Point, high: Point, radiusM: z.number() });
export type Extent = z.infer<typeof Extent>;

/** CAD's last word on each of its numbers: when, by which event, and whether it was cleared. */
export const CadWords = z.record(z.string(), z.object({ at: z.string(), key: z.string(), cleared: z.boolean() }));
export type CadWords = z.infer<typeof CadWords>;

/**
 * What is kept of an incident's members without keeping them: a fold that is commutative and associative over disjoint sets, so it is the same
 * however the incident came together. Times are ISO 8601; `stirredAt` is when something last happened, records and reviews left out, and empty
 * where nothing did; `heard` is the best confidence of each source.
 */
export const IncidentSummary = z.object({
  events: z.int(),
  firstAt: z.string(),
  lastAt: z.string(),
  stirredAt: z.string(),
  priority: Priority,
  threatLevel: z.number(),
  heard: z.partialRecord(Source, z.number()),
  families: z.array(z.string()),
  extent: Extent.optional(),
  cad: CadWords,
});
export type IncidentSummary = z.infer<typeof IncidentSummary>;

/**
 * Every event opens an incident of its own; related incidents merge and the one opened first (then the smaller id) keeps its id.
 * `parent` is set once, when this incident was merged away. An incident's members are its own event and those of its children.
 * What it says of all its members is a function of them: `confidence` and `threatLevel` (0 to 1), `state` (CLOSED where CAD has cleared it), and
 * `centroid`, within whose `radiusM` (metres) every member lies with its error. `location` is where the event was that opened it.
 */
export const Incident = z.object({
  id: z.string(),
  eventKey: z.string(),
  parent: z.string().optional(),
  openedAt: z.iso.datetime(),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  category: Category,
  priority: Priority,
  type: z.string(),
  summary: z.string(),
  agency: z.string(),
  location: Location.optional(),
  sources: z.array(Source),
  events: z.int(),
  confidence: z.number(),
  threatLevel: z.number(),
  state: z.enum(['OPEN', 'CLOSED', 'MERGED']),
  centroid: z.object({ lat: z.number(), lon: z.number(), radiusM: z.number() }).optional(),
  joined: z.array(JoinReason),
});
export type Incident = z.infer<typeof Incident>;

/**
 * A part of an incident that outgrew its span, as people see it: an incident of its own. `members` are nodes; `known` are those of them under which it,
 * or what it took in, may have been told of; `lost` the incidents into which members of it went.
 */
export const IncidentGroup = z.object({
  incident: Incident,
  members: z.array(z.string()),
  known: z.array(z.string()),
  lost: z.array(z.string()),
});
export type IncidentGroup = z.infer<typeof IncidentGroup>;

/** An incident's fused state, as CONDITION triggers see it. `facts` are the live facts about it, by kind; of several of a kind the one that lives longest. */
export const IncidentState = z.object({
  type: z.string(),
  category: Category,
  priority: Priority,
  agency: z.string(),
  sources: z.array(Source),
  independentSources: z.int(),
  events: z.int(),
  facts: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
});
export type IncidentState = z.infer<typeof IncidentState>;
