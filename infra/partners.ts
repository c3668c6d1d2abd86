import * as z from 'zod';
import { PartnerAgreement, PartnerId, type PartnerTerms } from '../shared/contracts/partner.ts';
import { exchangesWith } from '../shared/domain/partners/catalogue.ts';

const ORI = z.string().regex(/^[A-Z]{2}[A-Z0-9]{7}$/, 'the nine characters by which it knows us, such as FL0501300');

/** A state or federal system: whom to reach there, as whom it knows us, and what was agreed. Without an agreement it is neither asked nor told. */
const PartnerSystem = z.strictObject({
  id: PartnerId,
  name: z.string().min(1).max(100),
  contact: z.email({ error: 'whom to reach there, an address such as cjis@state.example' }),
  ori: ORI,
  agreement: PartnerAgreement.optional(),
});
type PartnerSystem = z.infer<typeof PartnerSystem>;

const twice = (values: readonly (string | undefined)[]): number[] =>
  values.flatMap((value, index) => (value !== undefined && values.indexOf(value) < index ? [index] : []));

/** The state and federal systems of a stage, each once, each under an agreement of its own. */
export const Partners = z.array(PartnerSystem).superRefine((partners, context) => {
  for (const [index, { id, agreement }] of partners.entries())
    for (const [nth, exchange] of (agreement?.may ?? []).entries())
      if (!exchangesWith[id].includes(exchange))
        context.addIssue({
          code: 'custom',
          path: [index, 'agreement', 'may', nth],
          message: `there is nothing to ${exchange} ${id}: it can only be ${exchange === 'ask' ? 'told' : 'asked'}`,
        });
  const agreements = partners.map(({ agreement }) => agreement?.id);
  for (const index of twice(partners.map(({ id }) => id)))
    context.addIssue({ code: 'custom', path: [index, 'id'], message: `${partners[index]?.id} is named twice` });
  for (const index of twice(agreements))
    context.addIssue({
      code: 'custom',
      path: [index, 'agreement', 'id'],
      message: `${agreements[index]} is the agreement of two partners: each signed its own`,
    });
});
export type Partners = z.infer<typeof Partners>;

/** What the rooms are told of them: not whom to reach there. */
export const partnerTerms = (partners: readonly PartnerSystem[]): PartnerTerms[] =>
  partners.map(({ id, ori, agreement }) => ({ id, ori, ...(agreement ? { agreement } : {}) }));

export const partnerTermsText = (partners: readonly PartnerSystem[]): string => JSON.stringify(partnerTerms(partners));
