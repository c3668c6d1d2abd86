import * as z from 'zod';
import { Label, Restricted } from './restricted.ts';
import { Category, Priority, Source } from './vocabulary.ts';

/** WGS 84 degrees; `radiusM` is the error radius in metres. */
export const Location = z.object({
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
  radiusM: z.number().min(0).max(100_000).default(0),
});
export type Location = z.infer<typeof Location>;

/** Something with an identity: a plate, a CAD number, a phone, a unit. Kind is lower case; id is normalised by ingest. */
export const Entity = z.object({
  kind: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a lower-case kind such as plate or cad-incident'),
  id: z.string().min(1).max(128),
});
export type Entity = z.infer<typeof Entity>;

/** Dotted, lower case, a past fact: `gunshot.detected`. */
export const EventType = z
  .string()
  .max(100)
  .regex(/^[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+$/, 'a dotted, lower-case type such as gunshot.detected');

/** An earlier event, by the id its producer gave it; of the same source unless one is named. */
export const Reference = z.object({ source: Source.optional(), id: z.string().min(1).max(256) });
export type Reference = z.infer<typeof Reference>;

/** SWOE's own fields inside the envelope's `data`. Whatever else `data` holds is kept as it came. */
export const EventData = z.looseObject({
  category: Category.optional(),
  priority: z
    .union([
      Priority,
      z
        .int()
        .min(1)
        .max(5)
        .transform((rank) => Priority.options[rank - 1] ?? 'INFO'),
    ])
    .optional(),
  location: Location.optional(),
  entities: z.array(Entity).max(50).optional(),
  threatLevel: z.number().min(0).max(1).optional(),
  confidence: z.number().min(0).max(1).optional(),
  summary: z.string().max(500).optional(),
  agency: z.string().min(1).max(60).optional(),
  /** Labels that it has beside those that SWOE gives it. */
  restricted: z.array(Label).max(4).optional(),
  /** This is a word on an earlier event: what else stands here is so instead, or the earlier one was a false alarm. */
  corrects: Reference.optional(),
  retracts: Reference.optional(),
});
export type EventData = z.infer<typeof EventData>;

/** CloudEvents 1.0, JSON form, as a producer puts it in `detail`. `time` is RFC 3339; without it the bus's own time stands. */
export const Envelope = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(256),
  source: z.string().min(1).max(256),
  type: EventType,
  time: z.iso.datetime({ offset: true }).optional(),
  subject: z.string().min(1).max(256).optional(),
  datacontenttype: z.string().optional(),
  data: EventData.default({}),
});
export type Envelope = z.infer<typeof Envelope>;

/** The body of `POST /events/ingest`: an envelope whose source is a registered one. */
export const IngestRequest = Envelope.extend({ source: Source });
export type IngestRequest = z.infer<typeof IngestRequest>;

/** What makes an event unique: the registered source and the producer's id. */
export const eventKey = (event: { source: string; id: string }): string => `${event.source}#${event.id}`;

/** Times are ISO 8601 UTC with milliseconds. `threatLevel` and `confidence` are 0 to 1. `flags` say what ingest mended (`time-clamped`). */
export const NormalizedEvent = z.object({
  id: z.string(),
  source: Source,
  type: EventType,
  category: Category,
  priority: Priority,
  occurredAt: z.iso.datetime(),
  receivedAt: z.iso.datetime(),
  location: Location.optional(),
  entities: z.array(Entity),
  threatLevel: z.number(),
  confidence: z.number(),
  summary: z.string(),
  agency: z.string(),
  data: z.record(z.string(), z.unknown()),
  flags: z.array(z.string()),
  /** Of one that holds restricted data: `summary`, free members of `data` and who is named are sealed, and stand under the token. */
  restricted: Restricted.optional(),
  incidentId: z.string().optional(),
});
export type NormalizedEvent = z.infer<typeof NormalizedEvent>;

/** Types that state what is (a unit, a subsystem, a fact) rather than what happened: they open no incident and join none. */
export const isStatement = (type: string): boolean => /^(unit|subsystem|fact)\./.test(type);

/**
 * The detail of `event.normalized` on the bus: the event with the incident as it stood when the event opened or joined it (`change`).
 * `confidence` (0 to 1) is that of the incident's surest event. A statement carries none.
 */
export const NormalizedDetail = NormalizedEvent.extend({
  incidentId: z.string(),
  incident: z.object({
    id: z.string(),
    change: z.enum(['opened', 'joined']),
    sources: z.array(Source),
    independentSources: z.int(),
    events: z.int(),
    confidence: z.number(),
  }),
});
export type NormalizedDetail = z.infer<typeof NormalizedDetail>;

/** Raw events up to this many bytes of JSON. */
export const MAX_EVENT_BYTES = 128 * 1024;
