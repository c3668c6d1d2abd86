import * as z from 'zod';
import { eventKey, type NormalizedEvent } from '../contracts/event.ts';
import { Fact } from '../contracts/policy.ts';
import { factKind, isAbout } from './kinds.ts';

/** The `data.fact` of a `fact.asserted` event. Without a subject it is about the event's own incident. */
const Assertion = z.strictObject({
  kind: z.string().min(1).max(60),
  subject: z
    .string()
    .max(200)
    .regex(/^(city|(incident|resource|workflow|person)\/.+)$/, 'city, incident/<id>, resource/<id>, workflow/<name> or person/<sub>')
    .optional(),
  value: Fact.shape.value,
  expiresAt: z.iso.datetime({ offset: true }),
});
type Assertion = z.infer<typeof Assertion>;

export type Judged = { readonly fact: Fact } | { readonly refusal: string };

/** Why this source may not state this of that subject. */
const refusalOf = (
  { source, receivedAt }: NormalizedEvent,
  { kind, value, expiresAt }: Assertion,
  subject?: string,
): string | undefined => {
  const known = factKind(kind);
  if (!known) return `data.fact.kind: there is no fact of kind "${kind}"`;
  if (!known.asserts.includes(source)) return `${source} may not assert a fact of kind "${kind}"; ${known.asserts.join(', ')} may`;
  const lacking = known.requires.filter((name) => !Object.hasOwn(value, name));
  if (lacking.length > 0) return `data.fact.value: a fact of kind "${kind}" needs ${lacking.join(' and ')}`;
  if (subject === undefined) return `data.fact.subject: name ${known.about.join(', ')}; this event has no incident`;
  if (!isAbout(known, subject)) return `data.fact.subject: a fact of kind "${kind}" is about ${known.about.join(' or ')}`;
  if (Date.parse(expiresAt) <= Date.parse(receivedAt)) return `data.fact.expiresAt: it had run out before it arrived, at ${expiresAt}`;
  return undefined;
};

/** A `fact.asserted` event as the fact it states, or why it states none. */
export const judge = (event: NormalizedEvent): Judged => {
  const parsed = Assertion.safeParse(event.data['fact']);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { refusal: `data.fact${issue?.path.map((key) => `.${String(key)}`).join('') ?? ''}: ${issue?.message ?? 'is not a fact'}` };
  }
  const { kind, value, expiresAt, subject = event.incidentId && `incident/${event.incidentId}` } = parsed.data;
  const refusal = refusalOf(event, parsed.data, subject);
  if (refusal !== undefined || subject === undefined) return { refusal: refusal ?? '' };
  return {
    fact: {
      subject,
      kind,
      value,
      source: event.source,
      eventKey: eventKey(event),
      observedAt: event.occurredAt < event.receivedAt ? event.occurredAt : event.receivedAt,
      recordedAt: event.receivedAt,
      expiresAt: new Date(expiresAt).toISOString(),
    },
  };
};
