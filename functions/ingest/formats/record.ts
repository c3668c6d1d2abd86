import type * as z from 'zod';
import type { Envelope } from '../../../shared/contracts/event.ts';
import { canonical, sha256 } from '../../../shared/lambda/ids.ts';
import { cloudEvent } from './cloud-event.ts';
import type { Adapted } from './format.ts';

/** What an adapter makes of a record: an envelope before it was checked. */
type Draft = Pick<Envelope, 'specversion' | 'id' | 'source' | 'type' | 'time'> & { data: Record<string, unknown> };

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isAdapted = (made: Draft | Adapted): made is Adapted => 'ok' in made;

export const refused = (path: string, what: string): Adapted => ({ ok: false, path, reason: `${path}: ${what}` });

/** A record held to its own shape and then, as an envelope, to ours; the refusal names the record's own field. */
export const reading =
  <T>(shape: z.ZodType<T>, draft: (record: T) => Draft | Adapted) =>
  (detail: unknown): Adapted => {
    const read = shape.safeParse(detail);
    const broken = read.error?.issues[0];
    if (broken) return refused(broken.path.join('.') || 'detail', broken.message);
    const made = draft(read.data as T);
    return isAdapted(made) ? made : cloudEvent(made);
  };

/** The same for the same record, however often and by whomever it is sent: what stands for an id where a feed gives none. */
export const digestOf = (record: unknown): string => sha256(canonical(record)).slice(0, 16);

const numberIn = (value: unknown): number | undefined => {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined;
};

/** A place of this earth, or nothing: a record whose place is wrong is still a record. `radiusM` is its error in metres. */
export const placeOf = (lat: unknown, lon: unknown, radiusM: number): { location?: { lat: number; lon: number; radiusM: number } } => {
  const [north, east] = [numberIn(lat), numberIn(lon)];
  if (north === undefined || east === undefined || Math.abs(north) > 90 || Math.abs(east) > 180) return {};
  return { location: { lat: north, lon: east, radiusM } };
};
