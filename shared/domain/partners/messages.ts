import type { Entity } from '../../contracts/event.ts';
import type { AgreedPurpose, PartnerId, PartnerMessage } from '../../contracts/partner.ts';

/** What an inquiry is made of: who asks, by which identifiers, what for, and within what time (s) the answer is needed. */
export interface Inquiry {
  readonly system: PartnerId;
  readonly operation: unknown;
  readonly purpose?: AgreedPurpose;
  readonly ori?: string;
  readonly case: string;
  readonly within: number;
  readonly entities: readonly Entity[];
}

type Fields = Readonly<Record<string, string>>;

/** The agency that entered a record answers an urgent request within ten minutes, and a routine one within the hour. */
const URGENT_S = 600;
/** What a field holds at most, as Nlets' guide has it: a plate, a case number. */
const PLATE = 10;
const CASE = 20;

/** Neither blanks nor hyphens stand in a plate or a number. */
const bare = (id: string): string => id.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');

const of = (entities: readonly Entity[], kind: string): string | undefined => entities.find((entity) => entity.kind === kind)?.id;

/** A field that has nothing to hold is left out with its code. */
const filled = (fields: Readonly<Record<string, string | undefined>>): Fields =>
  Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => Boolean(entry[1])));

const vehicleOf = (entities: readonly Entity[]): Fields => {
  const [plate, vin] = [of(entities, 'plate'), of(entities, 'vin')];
  return filled({ LIC: plate && bare(plate).slice(0, PLATE), VIN: plate ? undefined : vin && bare(vin) });
};

/** A name alone asks for nobody: a date of birth, or the number of a licence to drive, goes with it. */
const personOf = (entities: readonly Entity[]): Fields => {
  const [name, born, licence] = ['person-name', 'person-dob', 'person-dl'].map((kind) => of(entities, kind));
  if (!name || !(born || licence)) return {};
  return filled({ NAM: name.toUpperCase(), DOB: born?.replaceAll('-', ''), OLN: licence && bare(licence) });
};

const message = (key: string, ori: string | undefined, fields: Fields): PartnerMessage[] =>
  Object.keys(fields).length === 0 ? [] : [{ key, fields: { ...filled({ ORI: ori }), ...fields } }];

/** To the agency that entered the record, over Nlets: does it stand, and is it about the same? */
const confirmation = ({ ori, within, ...inquiry }: Inquiry, request: string, fields: Fields): PartnerMessage[] =>
  message('YQ', ori, {
    RTY: request,
    RNO: '1',
    PRI: within <= URGENT_S ? 'U' : 'R',
    OCA: inquiry.case.slice(-CASE),
    ...fields,
  });

const asked = (inquiry: Inquiry): PartnerMessage[] => {
  const { entities, ori, operation, purpose } = inquiry;
  const [vehicle, person] = [vehicleOf(entities), personOf(entities)];
  const missing = purpose === 'missing-person';
  if (operation === 'share') return message('EM', ori, person);
  const questions = [...message('QV', ori, vehicle), ...message(missing ? 'QM' : 'QW', ori, person)];
  if (operation !== 'confirm') return questions;
  return [
    ...questions,
    ...(questions.some(({ key }) => key === 'QV') ? confirmation(inquiry, 'SV', vehicle) : []),
    ...(Object.keys(person).length > 0 ? confirmation(inquiry, missing ? 'MP' : 'WP', person) : []),
  ];
};

/**
 * An inquiry in the partner's own published words; empty for one that published none, or where nothing is known to ask by. Field codes and
 * confirmation (YQ) and registration (RQ) are as Nlets' guide has them; docs/partners.md says what is unconfirmed. Pure.
 */
export const messagesTo = (inquiry: Inquiry): PartnerMessage[] => {
  if (inquiry.system === 'ncic') return asked(inquiry);
  return inquiry.system === 'nlets' ? message('RQ', inquiry.ori, vehicleOf(inquiry.entities)) : [];
};
