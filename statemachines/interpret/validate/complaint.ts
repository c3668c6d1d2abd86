/** What is wrong with a definition, where (a JSON pointer), why, and what to do. Codes are AWS's where AWS has one. */
export interface Complaint {
  readonly code: string;
  readonly place: string;
  readonly cause: string;
  readonly mend: string;
}

export type Complain = (code: string, place: string, cause: string, mend: string) => void;

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

export const isExpressionText = (value: unknown): value is string =>
  typeof value === 'string' && value.startsWith('{%') && value.endsWith('%}');

/** AWS's code for a field that is missing, unknown, or of the wrong type or range. */
export const SCHEMA = 'SCHEMA_VALIDATION_FAILED';
