import * as z from 'zod';
import { placeOf, refuse } from '../refuse.ts';
import { named, within, type XmlElement } from '../xml.ts';

/** The base event of Cursor on Target 2.0 (MITRE's public schema, case 11-3895): twelve attributes that must be there, and a `detail` that is anybody's. */

const NEEDED = { error: ({ input }: { input?: unknown }) => (input === undefined ? 'is missing' : 'is not a text') };
const text = z.string(NEEDED);
const number = (least: number, most: number) =>
  text
    .regex(/^[+-]?(\d+\.?\d*|\.\d+)$/, 'is not a decimal number')
    .transform(Number)
    .pipe(z.number().min(least, `is less than ${least}`).max(most, `is more than ${most}`));
const TIME = 'is not a date and time in UTC, such as 2026-11-22T17:00:00.000Z';
const time = text.pipe(z.iso.datetime({ offset: true, error: TIME })).transform((value) => new Date(value).toISOString());

/** By convention a producer that can set no bound says so with this many metres. */
const UNBOUNDED_M = 9_999_999;
const error = number(0, 1e8).transform((metres) => (metres >= UNBOUNDED_M ? undefined : metres));

const Base = z.object({
  version: number(2, 3),
  uid: text.min(1, 'is empty').max(256, 'is longer than 256 characters'),
  type: text.max(128, 'is longer than 128 characters').regex(/^\w+(-\w+)*(;[^;]*)?$/, 'is not a path of atoms such as a-f-G-U-C'),
  time,
  start: time,
  stale: time,
  how: text.max(64, 'is longer than 64 characters').regex(/^\w+(-\w+)*$/, 'is not a path such as h-e or m-g'),
  opex: text.optional(),
});

const Point = z.object({ lat: number(-90, 90), lon: number(-180, 180), hae: number(-1e8, 1e8), ce: error, le: error });

/** An event of Cursor on Target. An error or a height of `undefined` metres is unknown. */
export interface CotEvent extends z.output<typeof Base> {
  readonly point: z.output<typeof Point>;
  readonly detail: XmlElement | undefined;
}

export type CotRead = { readonly ok: true; readonly event: CotEvent } | ReturnType<typeof refuse>;

const attributes = <Schema extends z.ZodType>(schema: Schema, element: XmlElement, place: string) => {
  const read = schema.safeParse(Object.fromEntries(element.attributes));
  if (read.success) return { ok: true as const, data: read.data };
  const [issue] = read.error.issues;
  return refuse(placeOf(place, issue?.path ?? []), issue?.message ?? 'is not as the schema wants it');
};

export const readCot = (root: XmlElement): CotRead => {
  if (root.name !== 'event' || root.namespace) return refuse('event', 'is missing: the root is another element');
  const other = root.children.find(({ name }) => name !== 'point' && name !== 'detail');
  if (other) return refuse(`event.${other.name.slice(0, 60)}`, 'is no element of Cursor on Target at this place');
  const base = attributes(Base, root, 'event');
  if (!base.ok) return base;
  const [[where, ...points], [detail, ...details]] = [named(root, 'point'), named(root, 'detail')];
  if (!where) return refuse('event.point', 'is missing');
  if (points.length > 0) return refuse('event.point', 'is there more than once');
  if (details.length > 0) return refuse('event.detail', 'is there more than once');
  const point = attributes(Point, where, 'event.point');
  return point.ok ? { ok: true, event: { ...base.data, point: point.data, detail } } : point;
};

/** The first element of a name in `detail`. */
export const inDetail = ({ detail }: CotEvent, name: string): XmlElement | undefined => detail && within(detail, name)[0];
