import { isSubject } from '../../restricted/personal.ts';

/** One spelling per thing. What two sources write in two ways must come out the same, and what stands for nothing must come out as nothing. */

const alnum = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');
const words = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
const upper = (text: string): string => text.normalize('NFKC').toUpperCase();

/** E.164-like: digits alone, an extension left out, North America without its country code; so `+1 (561) 555-0134` is `5615550134`. */
const phone = (text: string): string => {
  const digits = upper(text)
    .replace(/(EXT|X)\.?\s*\d+\s*$/u, '')
    .replace(/\D/g, '')
    .replace(/^(00|011)(?=\d{8,})/, '');
  return digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
};

/** `Unit 12` and `012` are `12`; `E-18` is `E18`. */
const unit = (text: string): string =>
  alnum(text)
    .replace(/^UNIT(?=.)/, '')
    .replace(/^0+(?=\d+$)/, '');

/** Without accents, punctuation and order: `Lopez, María` is `LOPEZ MARIA` is `Maria Lopez`. */
const name = (text: string): string => words(text.normalize('NFKD').replace(/\p{M}/gu, '')).split(' ').sort().join(' ');

const SPELLED: Readonly<Record<string, (text: string) => string>> = {
  plate: alnum,
  phone,
  unit,
  'person-plate': alnum,
  'person-phone': phone,
};

/** How an entity's id stands in an event. Others than these stay as they were written, in capitals: CAD's number is shown as CAD writes it. */
export const spelled = (kind: string, id: string): string => (isSubject(id) ? id : SPELLED[kind]?.(upper(id)) || upper(id).trim() || id);

const IDENTITY: Readonly<Record<string, (text: string) => string>> = {
  ...SPELLED,
  'cad-incident': alnum,
  case: alnum,
  pursuit: alnum,
  quake: alnum,
  'person-dl': alnum,
  'person-dob': alnum,
  'person-ssn4': alnum,
  'person-name': name,
  address: words,
  site: words,
  array: words,
  beat: words,
};

const NOTHING = new Set([
  '',
  'UNKNOWN',
  'UNK',
  'NONE',
  'NULL',
  'NA',
  'N A',
  'N/A',
  'TBD',
  'ANONYMOUS',
  'WITHHELD',
  'PRIVATE',
  'RESTRICTED',
  'UNAVAILABLE',
]);

/** Noughts, nines or crosses alone fill a field that must not be empty. */
const FILLER = /^([0X9])\1{2,}$/;

const SHORTEST: Readonly<Record<string, number>> = { phone: 7, 'person-phone': 7, plate: 2, 'person-plate': 2 };

/** What a bare number means is known only where it was given, so it is told apart by agency. */
const LOCAL: Readonly<Record<string, RegExp>> = { unit: /^/, beat: /^/, 'cad-incident': /^\d+$/ };

/** What an entity is compared by, or undefined where its id identifies nothing. */
export const identity = ({ kind, id }: { kind: string; id: string }, agency: string): string | undefined => {
  if (isSubject(id)) return id;
  const text = IDENTITY[kind]?.(upper(id)) ?? upper(id).trim();
  if (NOTHING.has(text) || FILLER.test(text) || text.length < (SHORTEST[kind] ?? 1)) return undefined;
  return LOCAL[kind]?.test(text) ? `${upper(agency)}/${text}` : text;
};
