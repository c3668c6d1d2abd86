import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Correction } from '../contracts/correction.ts';
import { eventKey, NormalizedEvent } from '../contracts/event.ts';
import { asCorrected } from '../domain/correction.ts';
import { nodeOf } from '../lambda/ids.ts';
import type { Place } from './journal.ts';
import { type Item, table, ttl, type Write } from './table.ts';

/** `data` over this many bytes is kept beside the event and referenced. */
const INLINE_BYTES = 16 * 1024;
const KEEP_MS = 400 * 24 * 3600 * 1000;

/** Whether an event's `data` is too large to travel with it. */
export const isLarge = (event: NormalizedEvent): boolean => Buffer.byteLength(JSON.stringify(event.data)) > INLINE_BYTES;

/**
 * An event as it is stored, its own part as JSON text: what a producer nests, or how long its numbers are, is none of the table's business.
 * `node` is its id, and the incident's that it opened; `busId` the delivery that brought it. `accepted` and `fused` are where the journal
 * says so: an event that is fused is not touched again but by corrections. `event` is how it is now; `corrected` holds how it came, and every
 * word on it since.
 */
export interface StoredEvent {
  key: string;
  node: string;
  event: NormalizedEvent;
  busId: string;
  accepted: Place;
  fused?: Place;
  corrected?: { readonly first: NormalizedEvent; readonly by: readonly Correction[] };
}

/** Whether it came to its end: an incident, or what a statement is for. */
export const isFused = ({ fused }: StoredEvent): boolean => fused !== undefined;

const pk = (node: string): string => `EVT#${node}`;
const EVENT = 'EVENT';
/** A mark that nobody comes for is dropped with the neighbour rows that led to it (ms). */
const MET_KEEP_MS = 60 * 24 * 3600 * 1000;
/** On the item of an event that somebody met before it was stored. */
const MET = 'met';

/** The words on an event as its item holds them. */
const wordsOf = (corrected: StoredEvent['corrected']): string | undefined =>
  corrected?.by.length ? JSON.stringify(corrected.by) : undefined;

const placed = (value: unknown): Place => value as Place;

export const eventsStore = (client: DynamoDBDocumentClient, name: string) => {
  const events = table(client, name);

  const whole = async (item: Item): Promise<StoredEvent> => {
    const event = JSON.parse(String(item['event'])) as NormalizedEvent;
    const data = item['large'] ? JSON.parse(String((await events.get(String(item['pk']), 'DATA'))?.['data'])) : event.data;
    const first = NormalizedEvent.parse({ ...event, data, incidentId: item['incidentId'] });
    const by = JSON.parse(String(item['corrections'] ?? '[]')) as Correction[];
    return {
      key: eventKey(event),
      node: String(item['pk']).slice(pk('').length),
      event: asCorrected(first, by),
      busId: String(item['busId']),
      accepted: placed(item['accepted']),
      ...(item['fused'] ? { fused: placed(item['fused']) } : {}),
      ...(by.length > 0 ? { corrected: { first, by } } : {}),
    };
  };

  /** The event whose id is `node`; undefined where it is not stored. */
  const at = async (node: string): Promise<StoredEvent | undefined> => {
    const item = await events.get(pk(node), EVENT);
    return item && item[MET] === undefined ? whole(item) : undefined;
  };

  /** Those of the nodes that are stored, in their order. */
  const among = async (nodes: readonly string[]): Promise<StoredEvent[]> => {
    const items = await events.batchGet([...new Set(nodes)].map((node) => ({ pk: pk(node), sk: EVENT })));
    return Promise.all(items.filter((item) => item[MET] === undefined).map(whole));
  };

  return {
    at,
    among,
    get: (key: string): Promise<StoredEvent | undefined> => at(nodeOf(key)),

    /** Those of the events that are stored, in their order. */
    many: async (keys: readonly string[]): Promise<NormalizedEvent[]> => (await among(keys.map(nodeOf))).map(({ event }) => event),

    /**
     * The first sight of an event; its first condition fails where (source, id) was seen before, and, unless `met`, where somebody met it
     * before it was stored: then its neighbours must be read once more after it is.
     */
    accept: ({ node, event, busId, accepted, fused }: StoredEvent, met = false): Write[] => {
      const large = isLarge(event);
      const expires = ttl(Date.parse(event.receivedAt) + KEEP_MS);
      const { incidentId, ...said } = event;
      const item = {
        pk: pk(node),
        sk: EVENT,
        event: JSON.stringify({ ...said, data: large ? {} : event.data }),
        large: large || undefined,
        busId,
        accepted,
        fused,
        incidentId,
        ttl: expires,
      };
      const head = met ? events.putInPlaceOf(MET, item) : events.putNew(item);
      return large ? [head, events.put({ pk: pk(node), sk: 'DATA', data: JSON.stringify(event.data), ttl: expires })] : [head];
    },

    /** accepted → fused, once, with the incident it belongs to. */
    fuse: (node: string, incidentId: string, fused: Place): Write =>
      events.change(pk(node), EVENT, { fused, incidentId }, { fused: [undefined], [MET]: [undefined] }),

    /** Holds a transaction to it that nobody has fused the event yet. */
    waits: (node: string): Write => events.check(pk(node), EVENT, { fused: [undefined] }),

    /** One more word on a fused event, if no other came since it was read. It stands in the event's own item, so whoever reads the event reads it as it is now. */
    correct: ({ node, corrected }: StoredEvent, by: Correction): Write => {
      const words = JSON.stringify([...(corrected?.by ?? []), by]);
      return events.change(pk(node), EVENT, { corrections: words }, { corrections: [wordsOf(corrected)] });
    },

    /** Holds a transaction to it that no word on the event came since it was read. */
    standsAs: ({ node, corrected }: StoredEvent): Write => events.check(pk(node), EVENT, { corrections: [wordsOf(corrected)] }),

    /** Keeps the place of an event that was met before it was stored, so that whoever stores it notices. False where it is, or is being, stored. */
    meet: (node: string, now: number): Promise<boolean> => events.markAlone(MET, { pk: pk(node), sk: EVENT, ttl: ttl(now + MET_KEEP_MS) }),

    /** That a part of a request to look at events anew was done, once however often it is delivered. */
    reevaluated: (requestId: string, part: number, now: number): Write =>
      events.putNew({ pk: `FUSION#${requestId}`, sk: String(part), ttl: ttl(now + KEEP_MS) }),

    /** A further delivery of a known event, counted once per delivery. */
    duplicate: (node: string, busId: string, now: number): Write =>
      events.putNew({ pk: pk(node), sk: `DUP#${busId}`, ttl: ttl(now + KEEP_MS) }),
  };
};

export type EventsStore = ReturnType<typeof eventsStore>;
