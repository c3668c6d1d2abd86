import * as z from 'zod';
import { eventKey, type NormalizedEvent } from '../contracts/event.ts';
import { Fact } from '../contracts/policy.ts';
import { factKind } from './kinds.ts';

/** How long a shot makes danger imminent. */
const EXIGENCY_MINUTES = 30;
const CONFIDENT = 0.7;

/** The `data.fact` of a `fact.asserted` event. Without a subject it is about the event's own incident. */
const Assertion = z.strictObject({
  kind: z.string().min(1).max(60),
  subject: z
    .string()
    .max(200)
    .regex(/^(city|incident\/.+|resource\/.+)$/, 'city, incident/<id> or resource/<id>')
    .optional(),
  value: Fact.shape.value,
  expiresAt: z.iso.datetime({ offset: true }),
});

type Judged = { readonly fact: Fact } | { readonly refusal: string };

const subjectOf = ({ incidentId }: NormalizedEvent): string | undefined => (incidentId ? `incident/${incidentId}` : undefined);

const judge = (event: NormalizedEvent): Judged => {
  const parsed = Assertion.safeParse(event.data['fact']);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { refusal: `data.fact${issue?.path.map((key) => `.${String(key)}`).join('') ?? ''}: ${issue?.message ?? 'is not a fact'}` };
  }
  const { kind, value, expiresAt, subject = subjectOf(event) } = parsed.data;
  const known = factKind(kind);
  if (!known) return { refusal: `data.fact.kind: there is no fact of kind "${kind}"` };
  if (!known.asserts.includes(event.source))
    return { refusal: `${event.source} may not assert a fact of kind "${kind}"; ${known.asserts.join(', ')} may` };
  const lacking = known.requires.filter((name) => !Object.hasOwn(value, name));
  if (lacking.length > 0) return { refusal: `data.fact.value: a fact of kind "${kind}" needs ${lacking.join(' and ')}` };
  if (subject === undefined) return { refusal: 'data.fact.subject: name city, incident/<id> or resource/<id>; this event has no incident' };
  if (Date.parse(expiresAt) <= Date.parse(event.receivedAt))
    return { refusal: `data.fact.expiresAt: it had run out before it arrived, at ${expiresAt}` };
  return {
    fact: {
      subject,
      kind,
      value,
      source: event.source,
      eventKey: eventKey(event),
      recordedAt: event.receivedAt,
      expiresAt: new Date(expiresAt).toISOString(),
    },
  };
};

/** Why a shot makes danger imminent, and who says so. */
const attestsShots = ({ type, source, confidence, data }: NormalizedEvent): boolean =>
  data['reviewed'] !== false &&
  ((type === 'gunshot.detected' && source === 'gunshot_detection' && confidence >= CONFIDENT) ||
    (type === 'call.shots-fired' && (source === 'cad_system' || source === 'dispatch')));

/**
 * Counted from when the shot was heard, not from when we were told: danger was imminent then. A record that arrives late, or is replayed years later,
 * attests the rest of its half hour or nothing; it still tells and sends officers, for whom no exigency is needed. A clock ahead of ours gains nothing.
 */
const exigency = (event: NormalizedEvent): Fact[] => {
  const subject = subjectOf(event);
  if (!subject || !attestsShots(event)) return [];
  const from = Math.min(Date.parse(event.occurredAt), Date.parse(event.receivedAt));
  const until = new Date(from + EXIGENCY_MINUTES * 60_000).toISOString();
  const value = { basis: 'imminent danger to life', by: event.source, until };
  return [
    { subject, kind: 'exigency', value, source: event.source, eventKey: eventKey(event), recordedAt: event.receivedAt, expiresAt: until },
  ];
};

/** The legal facts an event attests. Pure; an expired one may be among them and does not exist for whoever asks later. */
export const factsOf = (event: NormalizedEvent): Fact[] => {
  if (event.type !== 'fact.asserted') return exigency(event);
  const judged = judge(event);
  return 'fact' in judged ? [judged.fact] : [];
};

/** Why an assertion writes no fact; undefined when it does, and for events that assert nothing. */
export const factRefusal = (event: NormalizedEvent): string | undefined => {
  if (event.type !== 'fact.asserted') return undefined;
  const judged = judge(event);
  return 'refusal' in judged ? judged.refusal : undefined;
};
