import { eventKey, isStatement, MAX_EVENT_BYTES, type NormalizedEvent } from '../../shared/contracts/event.ts';
import { Source } from '../../shared/contracts/vocabulary.ts';
import { normalised } from '../../shared/domain/normalise.ts';
import { timeRefusal } from '../../shared/domain/time.ts';
import type { BusEvent } from '../../shared/lambda/doors.ts';
import { sources } from '../../shared/sources/index.ts';
import { shapeRefusal } from '../../shared/sources/shape.ts';
import { adapt } from './formats/index.ts';

export type Normalised = { ok: true; key: string; event: NormalizedEvent } | { ok: false; reason: string; path?: string };

/** What a source may not speak of. Units, subsystems and facts are stated by any; who is believed about a fact is asked where it is recorded. */
const categoryRefusal = ({ source, type, category }: NormalizedEvent): Normalised | undefined => {
  const { categories } = sources[source];
  if (categories === 'any' || isStatement(type) || categories.includes(category)) return undefined;
  const reason = `data.category: ${source} does not speak of ${category}; it speaks of ${categories.join(', ')}`;
  return { ok: false, path: 'data.category', reason };
};

/** A raw event of the bus as one `NormalizedEvent`, or the reason why not, naming the field. `now` is ms since the epoch. */
export const normalise = (raw: BusEvent, now: number): Normalised => {
  const source = Source.safeParse(raw.source);
  if (!source.success) return { ok: false, path: 'source', reason: `source: "${raw.source.slice(0, 60)}" is not a registered source` };
  if (Buffer.byteLength(JSON.stringify(raw.detail) ?? '') > MAX_EVENT_BYTES) {
    return { ok: false, path: 'detail', reason: `detail: larger than ${MAX_EVENT_BYTES} bytes` };
  }
  const busTime = Date.parse(raw.time);
  const adapted = adapt(sources[source.data], raw.detail, busTime);
  if (!adapted.ok) return adapted;
  const broken = shapeRefusal(sources[source.data], adapted.envelope);
  if (broken) return { ok: false, ...broken };
  const refusal = timeRefusal(adapted.envelope.time ? Date.parse(adapted.envelope.time) : busTime, now);
  if (refusal) return { ok: false, path: 'time', reason: refusal };
  const event = normalised(source.data, adapted.envelope, busTime, now);
  return categoryRefusal(event) ?? { ok: true, key: eventKey(event), event };
};
