import * as z from 'zod';
import { EventType } from './event.ts';
import { Category, Priority, Source } from './vocabulary.ts';

/** As people's groups (`agency:<id>`), events and agreements name it. */
export const AgencyId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'lower-case letters, digits and hyphens');

/** What of an event may be shared beside what it cannot be told without: `incident` is the id of its incident here. */
export const SharedField = z.enum(['location', 'summary', 'confidence', 'threatLevel', 'incident']);
export type SharedField = z.infer<typeof SharedField>;

const Name = z.string().regex(/^[a-zA-Z][a-zA-Z0-9_-]{0,59}$/, 'a name such as plate or vehicles');
/** A type, or a family of them: `call.*`. */
const Kind = z.union([EventType, z.string().regex(/^[a-z][a-z0-9-]*\.\*$/)], {
  error: 'a type such as gunshot.detected, or a family such as call.*',
});

/** Of what happens, which events, and which of their parts. What is not named stays: the lists of kinds of entities and of members of `data` are empty unless they are given. */
export const AgreedScope = z.strictObject({
  categories: z.array(Category).min(1),
  priorities: z.array(Priority).min(1),
  sources: z
    .array(Source.exclude(['partner_agency']))
    .min(1)
    .optional(),
  types: z.array(Kind).min(1).optional(),
  fields: z.array(SharedField),
  entities: z.array(Name).default([]),
  data: z.array(Name).default([]),
});
export type AgreedScope = z.infer<typeof AgreedScope>;

/** What every agreement has: the number under which it is filed, and from when until when it counts (`from` ≤ now < `until`). */
export const Signed = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,59}$/, 'the number under which it is filed, such as MOU-2026-014'),
  from: z.iso.datetime({ error: 'a time in UTC such as 2026-01-01T00:00:00Z' }),
  until: z.iso.datetime({ error: 'a time in UTC such as 2027-01-01T00:00:00Z; an agreement without an end is none' }),
});
export type Signed = z.infer<typeof Signed>;

export const endsAfterItBegins = ({ from, until }: Signed): boolean => Date.parse(from) < Date.parse(until);
export const ENDS_BEFORE = { path: ['until'], error: 'an agreement ends after it begins' };

/** What two agencies signed about what happens here: why, and what of it. 28 CFR 23.20(e)-(f). */
export const Agreement = Signed.extend({ purpose: z.string().min(3).max(200), what: AgreedScope }).refine(endsAfterItBegins, ENDS_BEFORE);
export type Agreement = z.infer<typeof Agreement>;

/** An agency that something is shared with, as rooms are told of it. */
export const Partner = z.object({ id: AgencyId, agreement: Agreement });
export type Partner = z.infer<typeof Partner>;
