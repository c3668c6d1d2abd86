import { type Entity, type Envelope, eventKey, MAX_EVENT_BYTES, type NormalizedEvent } from '../../shared/contracts/event.ts';
import { Source } from '../../shared/contracts/vocabulary.ts';
import { profileOf } from '../../shared/domain/sources.ts';
import { clampTime, timeRefusal } from '../../shared/domain/time.ts';
import type { BusEvent } from '../../shared/lambda/doors.ts';
import { iso } from '../../shared/lambda/ids.ts';
import { cloudEvent } from './sources/cloud-event.ts';

export type Normalised = { ok: true; key: string; event: NormalizedEvent } | { ok: false; reason: string; path?: string };

/** Fields of `data` that are lifted into the event; the rest stays in its `data` as it came. */
const LIFTED = new Set(['category', 'priority', 'location', 'entities', 'threatLevel', 'confidence', 'summary', 'agency']);

const KEEP_ALNUM = new Set(['plate', 'phone']);

/** One spelling per thing: plates and phone numbers without punctuation, everything in capitals. */
export const normaliseEntity = ({ kind, id }: Entity): Entity => {
  const bare = KEEP_ALNUM.has(kind) ? id.replace(/[^\p{L}\p{N}]/gu, '') : id.trim();
  return { kind, id: bare.toUpperCase() || id };
};

const build = (source: Source, envelope: Envelope, busTime: number, now: number): NormalizedEvent => {
  const { data } = envelope;
  const profile = profileOf(source, envelope.type);
  const { at, clamped } = clampTime(envelope.time ? Date.parse(envelope.time) : busTime, now);
  return {
    id: envelope.id,
    source,
    type: envelope.type,
    category: data.category ?? profile.category,
    priority: data.priority ?? profile.priority,
    occurredAt: iso(at),
    receivedAt: iso(now),
    location: data.location,
    entities: data.entities.map(normaliseEntity),
    threatLevel: data.threatLevel ?? 0,
    confidence: data.confidence ?? profile.confidence,
    summary: data.summary ?? `${envelope.type} from ${source}`,
    agency: data.agency ?? 'riviera-beach-pd',
    data: Object.fromEntries(Object.entries(data).filter(([name]) => !LIFTED.has(name))),
    flags: clamped ? ['time-clamped'] : [],
  };
};

/** A raw event of the bus as one `NormalizedEvent`, or the reason why not, naming the field. `now` is ms since the epoch. */
export const normalise = (raw: BusEvent, now: number): Normalised => {
  const source = Source.safeParse(raw.source);
  if (!source.success) return { ok: false, path: 'source', reason: `source: "${raw.source.slice(0, 60)}" is not a registered source` };
  if (Buffer.byteLength(JSON.stringify(raw.detail) ?? '') > MAX_EVENT_BYTES) {
    return { ok: false, path: 'detail', reason: `detail: larger than ${MAX_EVENT_BYTES} bytes` };
  }
  const adapted = cloudEvent(raw.detail);
  if (!adapted.ok) return adapted;
  const busTime = Date.parse(raw.time);
  const refusal = timeRefusal(adapted.envelope.time ? Date.parse(adapted.envelope.time) : busTime, now);
  if (refusal) return { ok: false, path: 'time', reason: refusal };
  const event = build(source.data, adapted.envelope, busTime, now);
  return { ok: true, key: eventKey(event), event };
};
