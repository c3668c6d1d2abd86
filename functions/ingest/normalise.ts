import { type Envelope, eventKey, isStatement, MAX_EVENT_BYTES, type NormalizedEvent } from '../../shared/contracts/event.ts';
import { Source } from '../../shared/contracts/vocabulary.ts';
import { UNKEPT } from '../../shared/domain/kept-numbers.ts';
import { normalised, unkeptNumber } from '../../shared/domain/normalise.ts';
import { timeRefusal } from '../../shared/domain/time.ts';
import type { BusEvent } from '../../shared/lambda/doors.ts';
import { sources } from '../../shared/sources/index.ts';
import { shapeRefusal } from '../../shared/sources/shape.ts';
import type { Adapted } from './formats/format.ts';
import { adapt } from './formats/index.ts';
import { inside } from './formats/refuse.ts';

export type Normalised = { ok: true; key: string; event: NormalizedEvent } | { ok: false; reason: string; path: string };

type Refused = Extract<Normalised, { ok: false }>;

/** What a source may not speak of. Units, subsystems and facts are stated by any; who is believed about a fact is asked where it is recorded. */
const categoryRefusal = ({ source, type, category }: NormalizedEvent): Refused | undefined => {
  const { categories } = sources[source];
  if (categories === 'any' || isStatement(type) || categories.includes(category)) return undefined;
  const reason = `data.category: ${source} does not speak of ${category}; it speaks of ${categories.join(', ')}`;
  return { ok: false, path: 'data.category', reason };
};

/** When the bus took it, and what time it is (ms since the epoch). */
interface Times {
  readonly busTime: number;
  readonly now: number;
}

const ofEnvelope = (source: Source, envelope: Envelope, { busTime, now }: Times): Normalised => {
  const broken = shapeRefusal(sources[source], envelope);
  if (broken) return { ok: false, ...broken };
  const unkept = unkeptNumber(envelope);
  if (unkept) return { ok: false, path: unkept, reason: `${unkept}: ${UNKEPT}` };
  const refusal = timeRefusal(envelope.time ? Date.parse(envelope.time) : busTime, now);
  if (refusal) return { ok: false, path: 'time', reason: refusal };
  const event = normalised(source, envelope, busTime, now);
  return categoryRefusal(event) ?? { ok: true, key: eventKey(event), event };
};

const ofAdapted = (source: Source, adapted: Adapted, times: Times): Normalised => {
  if (!adapted.ok) return adapted;
  const one = ofEnvelope(source, adapted.envelope, times);
  return one.ok || adapted.place === undefined ? one : inside(adapted.place, one);
};

/**
 * What a raw event of the bus says: for each event that it carries a `NormalizedEvent`, or the reason why not, naming the place. `now` is ms
 * since the epoch. Never none, and as many as it has been whenever it was read before.
 */
export const normalise = (raw: BusEvent, now: number): readonly Normalised[] => {
  const source = Source.safeParse(raw.source);
  if (!source.success) return [{ ok: false, path: 'source', reason: `source: "${raw.source.slice(0, 60)}" is not a registered source` }];
  if (Buffer.byteLength(JSON.stringify(raw.detail) ?? '') > MAX_EVENT_BYTES) {
    return [{ ok: false, path: 'detail', reason: `detail: larger than ${MAX_EVENT_BYTES} bytes` }];
  }
  const times = { busTime: Date.parse(raw.time), now };
  return adapt(sources[source.data], raw.detail, times.busTime).map((one) => ofAdapted(source.data, one, times));
};
