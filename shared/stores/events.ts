import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { NormalizedEvent } from '../contracts/event.ts';
import { type Item, type Paged, table, ttl, type Write } from './table.ts';

/** `data` over this many bytes is kept beside the event and referenced. */
const INLINE_BYTES = 16 * 1024;
const KEEP_MS = 400 * 24 * 3600 * 1000;

/** Whether an event's `data` is too large to travel with it. */
export const isLarge = (event: NormalizedEvent): boolean => Buffer.byteLength(JSON.stringify(event.data)) > INLINE_BYTES;

/** An event as it is stored, its own part as JSON text: what a producer nests, or how long its numbers are, is none of the table's business.
 * `state`: accepted, then fused into an incident. `node` is the incident it opened itself; `busId` the delivery that brought it. */
export interface StoredEvent {
  event: NormalizedEvent;
  state: 'accepted' | 'fused';
  busId: string;
  node?: string;
}

/** Whether it came to its end: an incident, or what a statement is for. */
export const isFused = ({ state }: StoredEvent): boolean => state === 'fused';

const pk = (key: string): string => `EVT#${key}`;

export const eventsStore = (client: DynamoDBDocumentClient, name: string) => {
  const events = table(client, name);

  const whole = async (item: Item): Promise<StoredEvent> => {
    const event = JSON.parse(String(item['event'])) as NormalizedEvent;
    const data = item['large'] ? JSON.parse(String((await events.get(String(item['pk']), 'DATA'))?.['data'])) : event.data;
    return {
      event: NormalizedEvent.parse({ ...event, data, incidentId: item['incidentId'] }),
      state: item['state'] as StoredEvent['state'],
      busId: String(item['busId']),
      node: item['node'] as string | undefined,
    };
  };

  return {
    get: async (key: string): Promise<StoredEvent | undefined> => {
      const item = await events.get(pk(key), 'HEAD');
      return item && whole(item);
    },

    /** The first sight of an event; its condition fails where (source, id) was seen before. */
    accept: (key: string, stored: StoredEvent): Write[] => {
      const { event } = stored;
      const large = isLarge(event);
      const expires = ttl(Date.parse(event.receivedAt) + KEEP_MS);
      const head = events.putNew({
        pk: pk(key),
        sk: 'HEAD',
        event: JSON.stringify({ ...event, data: large ? {} : event.data }),
        large: large || undefined,
        state: stored.state,
        busId: stored.busId,
        node: stored.node,
        incidentId: event.incidentId,
        day: event.receivedAt.slice(0, 10),
        order: `${event.receivedAt}#${key}`,
        ttl: expires,
      });
      return large ? [head, events.put({ pk: pk(key), sk: 'DATA', data: JSON.stringify(event.data), ttl: expires })] : [head];
    },

    /** accepted → fused, with the incident it belongs to. */
    fuse: (key: string, incidentId: string): Write =>
      events.change(pk(key), 'HEAD', { state: 'fused', incidentId }, { state: ['accepted'] }),

    /** A further delivery of a known event, counted once per delivery. */
    duplicate: (key: string, busId: string, now: number): Write =>
      events.putNew({ pk: pk(key), sk: `DUP#${busId}`, ttl: ttl(now + KEEP_MS) }),

    ofDay: async (day: string, page: { limit: number; cursor?: string }): Promise<Paged<NormalizedEvent>> => {
      const { items, next } = await events.page(day, { index: { name: 'byDay', pk: 'day' }, ...page });
      return { items: (await Promise.all(items.map(whole))).map((stored) => stored.event), next };
    },

    many: async (keys: string[]): Promise<NormalizedEvent[]> => {
      const items = await events.batchGet(keys.map((key) => ({ pk: pk(key), sk: 'HEAD' })));
      return (await Promise.all(items.map(whole))).map((stored) => stored.event);
    },
  };
};

export type EventsStore = ReturnType<typeof eventsStore>;
