import * as z from 'zod';
import { Page, pageOf } from './endpoint.ts';
import { Fact } from './policy.ts';
import { Role, Source } from './vocabulary.ts';

/**
 * `live`: guardrails see it. `expired`: its source's time for it is over. `withdrawn`: two persons said that it is not so. `superseded`: of its
 * kind only the newest word counts, and there is a newer one.
 */
export const FactStanding = z.enum(['live', 'expired', 'withdrawn', 'superseded']);
export type FactStanding = z.infer<typeof FactStanding>;

/** Kinds of facts, and what may be done to them by hand, stand in docs/facts.md. */
export const FactsQuery = Page.extend({
  kind: z.string().max(60).optional(),
  subject: z.string().max(200).optional().describe('`city`, `incident/<id>`, `resource/<id>`, `workflow/<name>` or `person/<sub>`'),
  incidentId: z.string().max(64).optional().describe('All that is known of an incident and of those that were merged into it'),
  standing: FactStanding.optional(),
});

/** A fact as it stands now, under the id by which it is asked for. `override` names what it stands under, where that is not its source's word alone. */
export const FactView = Fact.extend({ id: z.string(), standing: FactStanding });
export type FactView = z.infer<typeof FactView>;

export const FactPage = pageOf(FactView);

const Changed = Fact.shape.value.refine((value) => Object.keys(value).length === 1, 'Name the one field that is otherwise');

/** A fact withdrawn, or one field of it replaced, until a time or for good. Who asks for it is the first of two persons. */
export const FactOverrideRequest = z
  .strictObject({
    action: z.enum(['withdraw', 'replace']),
    value: Changed.optional(),
    until: z.union([z.literal('for-good'), z.iso.datetime({ offset: true })]),
    reason: z.string().min(3).max(500),
  })
  .refine(({ action, value }) => (action === 'replace') === (value !== undefined), {
    path: ['value'],
    message: 'Say what it is instead where you replace it, and only there',
  });
export type FactOverrideRequest = z.infer<typeof FactOverrideRequest>;

/**
 * What two persons said of a fact. It stands over everything that the same source said in the same words (of kinds of which the newest word
 * counts: over every word) and observed by `at`; what was observed later stands above it. Without `until` it stands for good.
 */
export const FactOverride = z.object({
  id: z.string(),
  subject: z.string(),
  kind: z.string(),
  source: Source,
  eventKey: z.string(),
  /** What the source said, without by whom and until when, as JSON with its names sorted. */
  words: z.string(),
  action: z.enum(['withdraw', 'replace']),
  value: Fact.shape.value.optional(),
  at: z.iso.datetime(),
  until: z.iso.datetime().optional(),
  reason: z.string(),
  by: z.string(),
  role: Role,
  confirmedBy: z.string(),
  confirmedRole: Role,
});
export type FactOverride = z.infer<typeof FactOverride>;

/** A later word of the source, above an override. */
const Above = z.object({ eventKey: z.string(), observedAt: z.iso.datetime() });

/** What may be done to a fact by hand, and why no more; `by` are the roles of both persons, `inCharge` the role of one of them. */
const MayOverride = z.object({
  withdraw: z.boolean(),
  replace: z.record(z.string(), z.string()),
  by: z.array(Role),
  inCharge: Role.optional(),
  mostHours: z.int().optional(),
  why: z.string(),
});

/** One fact with its history: every statement of it that is still kept, as its source said it, and every word of two persons on it, oldest first. */
export const FactDetail = FactView.extend({
  may: MayOverride,
  statements: z.array(Fact),
  overrides: z.array(FactOverride.extend({ state: z.enum(['stands', 'over', 'superseded']), supersededBy: Above.optional() })),
});
export type FactDetail = z.infer<typeof FactDetail>;
