import type { Kept } from '../../../shared/stores/journal.ts';

const COLUMNS = ['stream', 'seq', 'at', 'kind', 'actor', 'incidentId', 'executionId', 'via', 'data', 'prev', 'hash'] as const;

/** What a spreadsheet would take for a formula, wherever in a cell it would begin. */
const FORMULA = /^[=+\-@\t\r]/;

const textOf = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** One cell (RFC 4180): quoted where it must be; an apostrophe before what would be run as a formula, which keeps it text. */
export const cell = (value: unknown): string => {
  const text = textOf(value);
  const safe = typeof value !== 'number' && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const line = (values: readonly unknown[]): string => `${values.map(cell).join(',')}\r\n`;

export const csvHead = (): string => line(COLUMNS);

/** An entry as a line of the table. */
export const csvLine = (entry: Kept['entry']): string => line(COLUMNS.map((column) => entry[column]));
