import type { CadWords } from '../../contracts/incident.ts';
import { kindOf, type Observation } from './observation.ts';
import type { Summary } from './summary.ts';

const CLEARED = /\.(cleared|closed)$/;
const RECORDS = new Set(['cad_system', 'dispatch', 'partner_agency']);

export const later = (a: string, b: string): string => (a > b ? a : b);

/** What an observation says of CAD's numbers. */
export const cadWordsOf = ({ source, type, at, eventKey, entities }: Observation): CadWords => {
  if (!RECORDS.has(source)) return {};
  const numbers = entities.filter((entity) => kindOf(entity) === 'cad-incident');
  return Object.fromEntries(
    numbers.map((entity) => [entity.slice(entity.indexOf('#') + 1), { at, key: eventKey, cleared: CLEARED.test(type) }]),
  );
};

type Word = CadWords[string];
const lastWord = (a: Word | undefined, b: Word | undefined): Word | undefined => {
  if (!a || !b) return a ?? b;
  return `${a.at} ${a.key}` > `${b.at} ${b.key}` ? a : b;
};

export const joined = (a: CadWords, b: CadWords): CadWords => {
  const numbers = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return Object.fromEntries(
    numbers.flatMap((number) => {
      const word = lastWord(a[number], b[number]);
      return word ? [[number, word]] : [];
    }),
  );
};

/**
 * OPEN until CAD, the system of record, has cleared every number it gave; open again when something is observed afterwards, or when CAD
 * speaks of it again. A function of the members.
 */
export const stateOf = ({ cad, stirredAt }: Summary): 'OPEN' | 'CLOSED' => {
  const words = Object.values(cad);
  const clearedAt = words.reduce((last, { at }) => later(last, at), '');
  return words.length > 0 && words.every(({ cleared }) => cleared) && stirredAt <= clearedAt ? 'CLOSED' : 'OPEN';
};
