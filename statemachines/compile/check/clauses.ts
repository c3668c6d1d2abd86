import { validate } from '@cedar-policy/cedar-wasm/nodejs';
import { parseClause } from '../../../shared/policy/clause.ts';
import { type Complaint, complaint } from './complaint.ts';

const MENTIONS = /\bfacts(?:\s+has\s+"?|\.|\[")([a-z][a-z-]*)/g;

/** Kinds of facts that a clause's text reads. */
const mentioned = (text: string): string[] => [...new Set([...text.matchAll(MENTIONS)].map(([, kind]) => kind ?? ''))].sort();

const one = (file: string, text: string, schema: string): Complaint[] => {
  const place = `workflows/guardrails/${file}.cedar`;
  try {
    const { facts } = parseClause(file, text);
    const declared = [...facts].sort().join(' ');
    const read = mentioned(text).join(' ');
    if (declared !== read)
      return [
        complaint(
          'CLAUSE_FACTS_UNDECLARED',
          place,
          `it reads the facts "${read}" and declares "${declared}"`,
          'Make @facts say what it reads',
        ),
      ];
  } catch (error) {
    return [
      complaint(
        'CLAUSE_DOES_NOT_PARSE',
        place,
        (error as Error).message,
        'Write one forbid clause with @id, @type, @severity, @citation, @refusal and @facts',
      ),
    ];
  }
  const answer = validate({ schema, policies: { staticPolicies: { [file]: text } } });
  const found =
    answer.type === 'failure' ? answer.errors : [...answer.validationErrors, ...answer.validationWarnings].map(({ error }) => error);
  return found.map(({ message }) => complaint('CLAUSE_AGAINST_SCHEMA', place, message, 'See workflows/guardrails/schema.cedarschema'));
};

/** Complaints about the guardrails: each is a clause, true to the schema, and declares the facts it reads. */
export const checkClauses = (texts: Readonly<Record<string, string>>, schema: string): Complaint[] =>
  Object.entries(texts).flatMap(([file, text]) => one(file, text, schema));
