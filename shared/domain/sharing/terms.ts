import * as z from 'zod';
import type { Execution } from '../../contracts/execution.ts';
import { AgreedPurpose, type Exchange, Identifier, PartnerId, PartnerTerms } from '../../contracts/partner.ts';
import type { ActionType } from '../../contracts/vocabulary.ts';
import { isInForce } from './agreed.ts';
import { bound } from './recipients.ts';
import { kindsOf, tellable } from './tellable.ts';

/** The partner systems of a stage as its template tells a room. */
export const partnerTermsIn = (text: string): PartnerTerms[] => z.array(PartnerTerms).parse(JSON.parse(text));

/** What an action would have of the partners of a stage. `kinds` are the kinds of entities that it would tell. */
export interface Wanted {
  readonly action: ActionType;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly kinds: readonly string[];
}

/** How one recipient stands: under which agreement, with what of it; or, without one, why there is none for this. */
export interface Terms {
  readonly recipient: string;
  readonly exchange: Exchange;
  readonly purpose?: AgreedPurpose;
  readonly ori?: string;
  /** The id of the agreement that covers this. */
  readonly agreement?: string;
  readonly because?: string;
  /** Of the kinds that would be told, those that may be, and those that stay. */
  readonly kinds: readonly string[];
  readonly withheld: readonly string[];
}

/** A notice and an entry make known, whatever else is hoped for; a search and a confirmation ask. */
const exchangeOf = ({ action, arguments: given }: Wanted): Exchange =>
  action === 'FUSION_CLOUD_SYNC' && given['purpose'] !== 'share' ? 'ask' : 'tell';

const isIdentifier = (kind: string): kind is Identifier => Identifier.safeParse(kind).success;

/** Why nothing that was signed covers it; undefined where something does. */
const lack = (
  partner: PartnerTerms | undefined,
  exchange: Exchange,
  purpose: AgreedPurpose | undefined,
  now: number,
): string | undefined => {
  const agreement = partner?.agreement;
  if (!agreement) return 'there is no agreement';
  if (!isInForce(agreement, now)) return `${agreement.id} is not in force`;
  if (!purpose) return 'no purpose is named';
  if (!agreement.purposes.includes(purpose)) return `${agreement.id} is not for ${purpose}`;
  return agreement.may.includes(exchange) ? undefined : `${agreement.id} lets nobody ${exchange}`;
};

const standing = (partners: readonly PartnerTerms[], recipient: string, wanted: Wanted, now: number): Terms => {
  const partner = partners.find(({ id }) => id === recipient);
  const exchange = exchangeOf(wanted);
  const purpose = AgreedPurpose.safeParse(wanted.arguments['for']).data;
  const said = { recipient, exchange, ...(purpose ? { purpose } : {}), ...(partner ? { ori: partner.ori } : {}) };
  const because = lack(partner, exchange, purpose, now);
  if (because !== undefined || !partner?.agreement) return { ...said, because: because ?? '', kinds: wanted.kinds, withheld: [] };
  const { id, identifiers } = partner.agreement;
  const kinds = wanted.kinds.filter((kind) => isIdentifier(kind) && identifiers.includes(kind));
  const withheld = wanted.kinds.filter((kind) => !kinds.includes(kind));
  if (kinds.length === 0 && withheld.length > 0)
    return { ...said, because: `${id} lets none of ${withheld.join(', ')} be told`, kinds: wanted.kinds, withheld: [] };
  return { ...said, agreement: id, kinds, withheld };
};

/**
 * How each recipient that needs an agreement stands at `now` (ms), by what the stage itself signed: nobody's claim, and no event's. Where none
 * covers it, the guardrail says whether a law lets it go all the same. Pure.
 */
export const termsOf = (partners: readonly PartnerTerms[], wanted: Wanted, now: number): Terms[] =>
  bound(wanted.action, wanted.arguments).map((recipient) => standing(partners, recipient, wanted, now));

/** The same for a step of a run: `discloses` are the kinds of entities that its action may tell. */
export const termsFor = (
  partners: readonly PartnerTerms[],
  {
    execution,
    discloses,
    ...wanted
  }: Omit<Wanted, 'kinds'> & { execution: Pick<Execution, 'situation' | 'input'>; discloses: readonly string[] },
  now: number,
): Terms[] => termsOf(partners, { ...wanted, kinds: kindsOf(tellable(execution, discloses)) }, now);

/** Those with whom it is agreed. */
export const agreedWith = (terms: readonly Terms[]): string[] =>
  terms.flatMap(({ recipient, agreement }) => (agreement ? [recipient] : []));

export const isPartner = (recipient: string): recipient is PartnerId => PartnerId.safeParse(recipient).success;
