import { type Entity, type Envelope, isStatement, type NormalizedEvent } from '../contracts/event.ts';
import type { Source } from '../contracts/vocabulary.ts';
import { iso } from '../lambda/ids.ts';
import { labelsOf } from '../restricted/labels.ts';
import { profileOf } from '../sources/index.ts';
import { spelled } from './fusion/spelling.ts';
import { firstNumberNot, isKept } from './kept-numbers.ts';
import { clampTime } from './time.ts';

/** Fields of `data` that are lifted into the event; the rest stays in its `data` as it came. */
const LIFTED = new Set(['category', 'priority', 'location', 'entities', 'threatLevel', 'confidence', 'summary', 'agency', 'restricted']);

/**
 * Where an envelope has a number that no table keeps: in what is lifted into the event, or anywhere in a statement, whose `data` becomes what is
 * known of a unit or a fact. The rest of an event's `data` is kept as text, whatever its numbers.
 */
export const unkeptNumber = ({ type, data }: Envelope): string | undefined =>
  firstNumberNot(isKept, isStatement(type) ? data : Object.fromEntries(Object.entries(data).filter(([name]) => LIFTED.has(name))), 'data');

/** One spelling per thing: plates, telephones and units without punctuation, everything in capitals. */
export const normaliseEntity = ({ kind, id }: Entity): Entity => ({ kind, id: spelled(kind, id) });

/** A source's envelope as a `NormalizedEvent`. `busTime` stands where it gives no time of its own; both times are ms since the epoch. */
export const normalised = (source: Source, envelope: Envelope, busTime: number, now: number): NormalizedEvent => {
  const { data } = envelope;
  const profile = profileOf(source, envelope.type);
  // A correction changes what it says and no more, so what it says must be told from what its source usually means.
  const keepsWhole = data['corrects'] !== undefined || data['retracts'] !== undefined;
  const { at, clamped } = clampTime(envelope.time ? Date.parse(envelope.time) : busTime, now);
  const category = data.category ?? profile.category;
  const kinds = (data.entities ?? []).map(({ kind }) => kind);
  const labels = labelsOf({ source, type: envelope.type, category, kinds }, data.restricted);
  return {
    id: envelope.id,
    source,
    type: envelope.type,
    category,
    priority: data.priority ?? profile.priority,
    occurredAt: iso(at),
    receivedAt: iso(now),
    location: data.location,
    entities: (data.entities ?? []).map(normaliseEntity),
    threatLevel: data.threatLevel ?? 0,
    confidence: data.confidence ?? profile.confidence,
    summary: data.summary ?? `${envelope.type} from ${source}`,
    agency: data.agency ?? 'riviera-beach-pd',
    data: Object.fromEntries(Object.entries(data).filter(([name]) => keepsWhole || !LIFTED.has(name))),
    flags: clamped ? ['time-clamped'] : [],
    ...(labels.length > 0 ? { restricted: { labels } } : {}),
  };
};
