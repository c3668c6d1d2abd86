import * as z from 'zod';
import { ENDS_BEFORE, endsAfterItBegins, Signed } from './agency.ts';

/** State and federal systems that a city asks or tells. What each is stands in docs/partners.md. */
export const PartnerId = z.enum(['fbi', 'dea', 'dhs', 'state', 'ncic', 'nlets']);
export type PartnerId = z.infer<typeof PartnerId>;

/** What one may be asked or told for. A step names one, and an agreement permits some. */
export const AgreedPurpose = z.enum([
  'criminal-justice',
  'missing-person',
  'officer-safety',
  'mutual-aid',
  'counter-terrorism',
  'cyber-incident',
  'deconfliction',
]);
export type AgreedPurpose = z.infer<typeof AgreedPurpose>;

/** Whether something is wanted to be known, or made known. */
export const Exchange = z.enum(['ask', 'tell']);
export type Exchange = z.infer<typeof Exchange>;

/** Kinds of entities by which a record is looked for. */
export const Identifier = z.enum(['plate', 'vin', 'person-name', 'person-dob', 'person-dl', 'person-reference']);
export type Identifier = z.infer<typeof Identifier>;

const some = <T extends z.ZodType>(what: T, say: string) => z.array(what).min(1, say);

/** What was signed with such a system: what it may be asked or told, what for, and by which identifiers. What is not named stays. */
export const PartnerAgreement = Signed.extend({
  purposes: some(AgreedPurpose, `one at least of ${AgreedPurpose.options.join(', ')}`),
  may: some(Exchange, 'ask, tell, or both'),
  identifiers: z.array(Identifier),
}).refine(endsAfterItBegins, ENDS_BEFORE);
export type PartnerAgreement = z.infer<typeof PartnerAgreement>;

/** A partner system as rooms are told of it. `ori`: our own originating agency identifier, by which it knows us. */
export const PartnerTerms = z.object({ id: PartnerId, ori: z.string(), agreement: PartnerAgreement.optional() });
export type PartnerTerms = z.infer<typeof PartnerTerms>;

/** A message in the partner's own published shape: its key (QV, RQ, YQ …), and its fields by their codes. */
export const PartnerMessage = z.object({ key: z.string(), fields: z.record(z.string(), z.string()) });
export type PartnerMessage = z.infer<typeof PartnerMessage>;

/** What a partner is asked or told: `partners` of an `action.requested`. Without `agreement` it goes out on the law that the action names. */
export const PartnerRequest = z.object({
  system: PartnerId,
  exchange: Exchange,
  purpose: AgreedPurpose.optional(),
  agreement: z.string().optional(),
  ori: z.string().optional(),
  /** The case or incident it is for, and whose request it is: an agency, and the person where one asked. */
  case: z.string(),
  agency: z.string(),
  by: z.string().optional(),
  messages: z.array(PartnerMessage),
});
export type PartnerRequest = z.infer<typeof PartnerRequest>;

/**
 * What an index says: `hit` is its own word on a record, `confirmed`, `not-confirmed` and `confirm-within` that of the agency that entered it,
 * `cancelled` that the record is gone. `minutes`: until when it will be confirmed.
 */
export const PartnerAnswer = z.object({
  system: PartnerId,
  says: z.enum(['no-hit', 'hit', 'confirmed', 'not-confirmed', 'confirm-within', 'cancelled']),
  minutes: z.int().min(1).max(10_080).optional(),
  record: z
    .object({
      number: z.string().max(60),
      /** The agency that entered it. */
      ori: z.string().max(60),
      identifiers: z.array(z.object({ kind: Identifier, id: z.string().min(1).max(120) })).max(20),
    })
    .optional(),
});
export type PartnerAnswer = z.infer<typeof PartnerAnswer>;

/** `confirmed`: the same, and its agency says that it stands. `lead`: perhaps the same; nobody moves on it. `unknown`: no telling, or something contradicts it. */
export const Match = z.enum(['confirmed', 'lead', 'none', 'unknown']);
export type Match = z.infer<typeof Match>;
