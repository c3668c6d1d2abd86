import * as z from 'zod';
import type { Circle, Ring } from '../area.ts';

/** The simple values of CAP: each a text that is checked and made what it means. Sources: the OASIS schemas of 1.1 and 1.2 and the standard's data dictionary. */

export type Version = '1.1' | '1.2';

const NEEDED = {
  error: ({ input }: { input?: unknown }) =>
    input === undefined ? 'is missing' : Array.isArray(input) ? 'is there more than once' : 'is not a text',
};

export const text = z.string(NEEDED);

/** An element that stands there empty says nothing. */
export const optional = text.optional().transform((value) => value || undefined);

export const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, { error: ({ input }) => (input === undefined ? 'is missing' : `is none of ${words.join(', ')}`) });

/** Identifiers and senders. */
export const token = text.regex(/^[^\s,<&]+$/, 'is empty, or has a space, a comma, < or & in it');

const OFFSET = 'is not a date and time with an offset, such as 2026-11-22T12:00:00-05:00';

/** 1.2 wants `-00:00` for UTC and forbids `Z`; 1.1 takes any dateTime, of which we need the offset. As ISO 8601 in UTC. */
export const dateTime = (version: Version) =>
  text
    .refine((value) => version !== '1.2' || !value.endsWith('Z'), 'ends in Z; CAP 1.2 writes UTC as -00:00')
    .refine((value) => version !== '1.2' || /^[\d-]{10}T[\d:]{8}[+-]\d\d:\d\d$/.test(value), OFFSET)
    .pipe(z.iso.datetime({ offset: true, error: OFFSET }))
    .transform((value) => new Date(value).toISOString());

export const decimal = text.regex(/^[+-]?(\d+\.?\d*|\.\d+)$/, 'is not a decimal number').transform(Number);

const PAIR = /^([+-]?\d{1,2}(?:\.\d*)?),([+-]?\d{1,3}(?:\.\d*)?)$/;

const spotOf = (pair: string) => {
  const [, lat, lon] = PAIR.exec(pair) ?? [];
  const spot = { lat: Number(lat), lon: Number(lon) };
  return lat !== undefined && Math.abs(spot.lat) <= 90 && Math.abs(spot.lon) <= 180 ? spot : undefined;
};

/** Why spots are no ring, or undefined. */
export const ringRefusal = (ring: Ring): string | undefined => {
  const [first, last] = [ring[0], ring.at(-1)];
  if (ring.length < 4) return 'has fewer than four points';
  return first?.lat === last?.lat && first?.lon === last?.lon ? undefined : 'is not closed: its last point is not its first';
};

/** `lat,lon lat,lon …`, closed. An empty one names no place and is passed over. */
export const polygon = text.transform((value, context): Ring => {
  const pairs = value.split(/\s+/).filter((pair) => pair !== '');
  const ring = pairs.map(spotOf);
  const at = ring.indexOf(undefined);
  const whole = ring.filter((spot) => spot !== undefined);
  const wrong =
    at >= 0 ? `has a point that is no "latitude,longitude" (the ${at + 1}.)` : whole.length > 0 ? ringRefusal(whole) : undefined;
  if (wrong) context.addIssue({ code: 'custom', message: wrong });
  return whole;
});

/** `lat,lon radius`, the radius in kilometres. */
export const circle = text.transform((value, context): Circle => {
  const [pair = '', radius = '', ...more] = value.split(/\s+/);
  const spot = spotOf(pair);
  if (spot && /^\+?(\d+\.?\d*|\.\d+)$/.test(radius) && more.length === 0) return { ...spot, radiusM: Number(radius) * 1000 };
  context.addIssue({ code: 'custom', message: 'is not "latitude,longitude radius in km"' });
  return z.NEVER;
});

export interface Reference {
  readonly sender: string;
  readonly identifier: string;
  readonly sent?: string | undefined;
}

/** `sender,identifier,sent sender,identifier,sent …`; an empty one is none. */
export const references = (version: Version) => {
  const sent = dateTime(version);
  return text.transform((value, context): Reference[] =>
    value
      .split(/\s+/)
      .filter((triple) => triple !== '')
      .map((triple, index) => {
        const [sender = '', identifier = '', time = '', ...more] = triple.split(',');
        const read = sent.safeParse(time);
        if (!read.success || more.length > 0 || ![sender, identifier].every((part) => token.safeParse(part).success))
          context.addIssue({ code: 'custom', message: `is not "sender,identifier,sent" in its ${index + 1}. part` });
        return { sender, identifier, sent: read.data };
      }),
  );
};
