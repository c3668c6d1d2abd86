import { parseStrictly } from '../json.ts';
import { type Complaint, isObject, type Json, SCHEMA } from './complaint.ts';
import { wholeIn } from './numbers.ts';
import { checkPart } from './parts.ts';

export type { Complaint } from './complaint.ts';

const declaresJsonata = (json: unknown): boolean => {
  if (Array.isArray(json)) return json.some(declaresJsonata);
  if (!isObject(json)) return false;
  return json['QueryLanguage'] === 'JSONata' || Object.values(json).some(declaresJsonata);
};

const JSON_PATH: Complaint = {
  code: 'JSONPATH_REFUSED',
  place: '/QueryLanguage',
  cause: 'This definition is JSONPath, which is the default, and SWOE runs JSONata only.',
  mend: 'Write "QueryLanguage": "JSONata" at the top and turn its paths into expressions.',
};

/** AWS's limit for a definition's text: 1 MB. */
const MAX_TEXT = 1_048_576;

const checkTop = (definition: Json, complaints: Complaint[]): void => {
  const complain = (code: string, place: string, cause: string, mend: string): void => void complaints.push({ code, place, cause, mend });
  wholeIn(definition, 'TimeoutSeconds', 1, 99_999_999, '', complain);
  const version = definition['Version'];
  if (version !== undefined && version !== '1.0')
    complain(SCHEMA, '/Version', `Version is '${String(version)}'.`, 'The only version is "1.0".');
  const language = definition['QueryLanguage'];
  if (language !== undefined && language !== 'JSONata' && language !== 'JSONPath') {
    complain(SCHEMA, '/QueryLanguage', `'${String(language)}' is no query language.`, 'Write "JSONata".');
  }
  const further = ['QueryLanguage', 'TimeoutSeconds', 'Version'];
  const survey = { complain, language: String(language ?? 'JSONPath'), names: new Map(), variables: new Map() };
  checkPart(definition, '', survey, further);
};

/** What AWS would refuse at creation, and what SWOE does not run. Empty when the definition can be run. */
export const validate = (definition: unknown): Complaint[] => {
  if (!isObject(definition)) {
    return [{ code: SCHEMA, place: '/', cause: 'The definition is not an object.', mend: 'Write {"StartAt": …, "States": { … }}.' }];
  }
  if (!declaresJsonata(definition)) return [JSON_PATH];
  const complaints: Complaint[] = [];
  checkTop(definition, complaints);
  return complaints;
};

/** The same of a definition's text. */
export const validateText = (text: string): Complaint[] => {
  if (Buffer.byteLength(text) > MAX_TEXT) {
    return [
      { code: SCHEMA, place: '/', cause: 'The definition is over 1 MB.', mend: 'Make it smaller, or start another machine from it.' },
    ];
  }
  try {
    return validate(parseStrictly(text));
  } catch (error) {
    const cause = `The definition is not JSON: ${error instanceof Error ? error.message : String(error)}.`;
    return [{ code: 'INVALID_JSON_DESCRIPTION', place: '/', cause, mend: 'Mend the text.' }];
  }
};
