import { parse } from 'csv-parse/sync';
import { firstLine } from '../text.ts';

/** One row of a CSV by the names of its header, with its line in the file. */
export interface TableRow {
  readonly line: number;
  readonly row: Readonly<Record<string, string>>;
}

/** Whether the first line is a header with at least these names. */
export const hasColumns = (head: string, names: readonly string[]): boolean => {
  const header = new Set(
    firstLine(head)
      .split(',')
      .map((name) => name.trim().replace(/^"|"$/g, '')),
  );
  return names.every((name) => header.has(name));
};

/** Rows of another length than the header are kept, with what they have: a short row is still a record. */
export const table = (text: string): TableRow[] =>
  (
    parse(text, {
      columns: true,
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
      relax_quotes: true,
      trim: true,
    }) as unknown as {
      record: Record<string, string>;
      info: { lines: number };
    }[]
  ).map(({ record, info }) => ({ line: info.lines, row: record }));
