import type { CloudEvent } from '../../client/envelope.ts';

/** One record of a file, ready for the bus. `at` is the observation's time in milliseconds, where the record tells it. */
export interface Replayed {
  readonly event: CloudEvent;
  readonly at: number | undefined;
}

/** A line that is no record of its format. */
export interface Unreadable {
  readonly line: number;
  readonly why: string;
}

export type Read = { readonly kind: 'record'; readonly record: Replayed } | { readonly kind: 'unreadable'; readonly what: Unreadable };

/** One format: whether a file's first lines are of it, and what its text says. */
export interface Reader {
  readonly name: string;
  recognises(head: string): boolean;
  read(text: string): Iterable<Read>;
}

export const record = (event: CloudEvent, at: number | undefined): Read => ({ kind: 'record', record: { event, at } });
export const unreadable = (line: number, why: string): Read => ({ kind: 'unreadable', what: { line, why } });

/** A place where both numbers are numbers of this earth; nothing otherwise: a record without a place is still a record. */
export const place = (lat: unknown, lon: unknown, radiusM: number): { location?: { lat: number; lon: number; radiusM: number } } => {
  if (lat === null || lon === null || lat === '' || lon === '' || lat === undefined || lon === undefined) return {};
  const [north, east] = [Number(lat), Number(lon)];
  return Math.abs(north) <= 90 && Math.abs(east) <= 180 ? { location: { lat: north, lon: east, radiusM } } : {};
};
