/** What is wrong with what an author wrote: a stable code, the place, the cause, and what to do. */
export interface Complaint {
  readonly code: ComplaintCode;
  readonly place: string;
  readonly cause: string;
  readonly mend: string;
}

export type ComplaintCode =
  | 'SHAPE'
  | 'UNKNOWN_ACTION'
  | 'DUPLICATE_NAME'
  | 'RESERVED_NAME'
  | 'EMPTY_BRANCH'
  | 'EMPTY_APPROVAL'
  | 'TRIGGER_WITHOUT_PATTERN'
  | 'PATTERN_DOES_NOT_PARSE'
  | 'OPENING_MISSING'
  | 'CLOSING_MISSING'
  | 'TIMEOUT_TOO_LONG'
  | 'UNKNOWN_GUARDRAIL'
  | 'EXPRESSION_DOES_NOT_PARSE'
  | 'INPUT_NEVER_PRODUCED'
  | 'PARAMETERS_DO_NOT_FIT'
  | 'RESOURCE_NOT_ALLOWED'
  | 'UNAPPROVED_IRREVERSIBLE'
  | 'DRONE_WITHOUT_BASIS'
  | 'LIFE_SAFETY_UNDONE'
  | 'LIFE_SAFETY_FAILS'
  | 'NO_WAY_BACK'
  | 'STATIC_EXPRESSION'
  | 'CLAUSE_DOES_NOT_PARSE'
  | 'CLAUSE_AGAINST_SCHEMA'
  | 'CLAUSE_FACTS_UNDECLARED';

export const complaint = (code: ComplaintCode, place: string, cause: string, mend: string): Complaint => ({ code, place, cause, mend });
