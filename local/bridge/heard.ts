import { createHash } from 'node:crypto';
import type { BusEntry } from '../../client/bus.ts';
import { envelope } from '../../client/envelope.ts';
import { adapt, formats } from '../../functions/ingest/formats/index.ts';
import { type Envelope, EventType } from '../../shared/contracts/event.ts';
import type { Source } from '../../shared/contracts/vocabulary.ts';
import { canonical } from '../../shared/lambda/ids.ts';
import { profileOf, sources } from '../../shared/sources/index.ts';

/** What a subsystem said, as entries for the bus. Pure: the same words give the same ids, so what a server repeats after a reconnect counts once. */

type Message = Readonly<Record<string, unknown>>;

const isMessage = (value: unknown): value is Message => typeof value === 'object' && value !== null && !Array.isArray(value);

const digest = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('hex').slice(0, 32);

const nameOf = (value: unknown): string | undefined =>
  typeof value === 'number' || (typeof value === 'string' && value !== '') ? String(value).slice(0, 256) : undefined;

const timeOf = (...values: unknown[]): number | undefined =>
  values.map((value) => (typeof value === 'string' ? Date.parse(value) : Number.NaN)).find((at) => !Number.isNaN(at));

/** A message with words of its own: its type, its id and its time where it has them, and all of it as `data`. */
const wrapped = (source: Source, message: Message, type: string): BusEntry => {
  const { id, time, timestamp, data } = message;
  const detail = envelope({
    id: nameOf(id) ?? digest(message),
    source,
    type,
    at: timeOf(time, timestamp),
    data: isMessage(data) ? { ...data } : { ...message },
  });
  return { source, type, detail };
};

const isSpoken = (source: Source, message: Message): boolean =>
  formats.some(({ name, recognises }) => sources[source].speaks.includes(name) && recognises(message));

/** The events that a message carries; those of them that ingest would refuse are left out. */
const eventsIn = (source: Source, message: unknown, busTime: number): Envelope[] =>
  adapt(sources[source], message, busTime).flatMap((one) => (one.ok ? [one.envelope] : []));

/** Ingest's own word on what a message in a vendor's format is, so that a grave one travels in the lane of the grave. */
const spokenType = (source: Source, message: Message): string | undefined => {
  const types = eventsIn(source, message, 0).map(({ type }) => type);
  return types.find((type) => profileOf(source, type).priority === 'CRITICAL') ?? types[0];
};

/** What cannot be an event travels all the same and ends as a dead letter, where somebody sees it and why: nothing is dropped here. */
export const unreadable = (source: Source, why: string, text: string): BusEntry => ({
  source,
  type: 'bridge.unreadable',
  detail: { unreadable: why, bytes: Buffer.byteLength(text), digest: digest(text), beginning: text.slice(0, 2000) },
});

const entryOf = (source: Source, message: unknown, usual: string | undefined): BusEntry => {
  if (!isMessage(message)) return unreadable(source, 'it is not a JSON object', JSON.stringify(message));
  const own = EventType.safeParse(message['type']).data;
  if (message['specversion'] !== undefined) return { source, type: own ?? 'raw', detail: message };
  if (isSpoken(source, message)) return { source, type: spokenType(source, message) ?? usual ?? 'raw', detail: message };
  const type = own ?? usual;
  return type ? wrapped(source, message, type) : unreadable(source, 'it names no type, and --type gave none', JSON.stringify(message));
};

/** What one PutEvents entry may weigh; ingest takes half of it. */
const LARGEST_BYTES = 240_000;

/** One message, or a list of them. `usual` is the type of what names none. */
export const entriesOf = (source: Source, message: unknown, usual?: string): BusEntry[] =>
  (Array.isArray(message) ? message : [message]).map((one) => {
    const entry = entryOf(source, one, usual);
    const text = JSON.stringify(entry.detail);
    return Buffer.byteLength(text) > LARGEST_BYTES ? unreadable(source, `it is larger than ${LARGEST_BYTES} bytes`, text) : entry;
  });

/** CRITICAL by its type's family, or because it says so: what goes first and is never given up. */
export const isCritical = ({ source, detail }: BusEntry, now: number): boolean => {
  const known = source as Source;
  return eventsIn(known, detail, now).some(
    ({ type, data }) => data.priority === 'CRITICAL' || profileOf(known, type).priority === 'CRITICAL',
  );
};
