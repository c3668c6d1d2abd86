import * as z from 'zod';

/** What the law keeps for some: criminal justice information, health, juveniles, criminal intelligence. */
export const Label = z.enum(['CRIMINAL_JUSTICE', 'HEALTH', 'JUVENILE', 'INTELLIGENCE']);
export type Label = z.infer<typeof Label>;

/** The token of a sealed piece: what was said, out of the way and under keys of its own. */
export const SealedToken = z.string().regex(/^sealed-[0-9A-Z]{26}$/, 'the token of a sealed piece');

/** The token of a subject: a person (in the place of an entity's id), or the piece itself where nobody is named. */
export const SubjectToken = z.string().regex(/^(subject|sealed)-[0-9A-Z]{26}$/, 'the token of a subject');

/** On whatever holds restricted data: its labels, and the token under which that was sealed. `digest` is SHA-256 over what was said and a salt that is sealed with it. */
export const Restricted = z.object({
  labels: z.array(Label).min(1),
  sealed: SealedToken.optional(),
  digest: z.string().optional(),
});
export type Restricted = z.infer<typeof Restricted>;

const Reason = z.string().min(3).max(500).describe('Why, without naming anybody: it is kept for as long as the journal is');

/** What a sealed piece may be opened for. */
export const Purpose = z.enum(['response', 'treatment', 'investigation', 'court-order', 'subject-request', 'review']);
export type Purpose = z.infer<typeof Purpose>;

export const OpenRequest = z.object({ purpose: Purpose, reason: Reason });

/** A piece in the clear. `said` is what was taken out of the event, reply or letter. */
export const Opened = z.object({
  token: SealedToken,
  labels: z.array(Label),
  subjects: z.array(SubjectToken),
  sealedAt: z.iso.datetime(),
  said: z.record(z.string(), z.unknown()),
});
export type Opened = z.infer<typeof Opened>;

/** Whom a request is about: a kind of entity that means a person, and its id as somebody would write it. */
export const FindSubject = z.object({
  kind: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a lower-case kind such as person-name'),
  id: z.string().min(1).max(128),
  reason: Reason,
});

/** Why a subject's data must be kept, or may be. */
export const Hold = z.object({ legalBasis: z.string().min(3).max(300), reason: Reason });
export type Hold = z.infer<typeof Hold>;

/** A subject as it stands. `state`: its key is there, is there and must stay (a hold), or was destroyed. `pieces` name what is sealed under it. */
export const Subject = z.object({
  token: SubjectToken,
  state: z.enum(['kept', 'held', 'erased']),
  since: z.iso.datetime(),
  legalBasis: z.string().optional(),
  pieces: z.array(SealedToken),
});
export type Subject = z.infer<typeof Subject>;

export const HoldRelease = z.object({ reason: Reason });
