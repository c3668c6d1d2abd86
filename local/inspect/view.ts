import type { Look } from './look.ts';

/** What is shown: rows for people, the same as data for machines. */
export interface View {
  readonly title: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Said where there are no rows. */
  readonly none: string;
}

export type Show = (look: Look, name: string) => Promise<View[]>;

const LONGEST_CELL = 100;

const cell = (value: unknown): string => {
  const text = value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL - 1)}…` : text;
};

const table = (rows: View['rows']): string[] => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = [columns, ...rows.map((row) => columns.map((column) => cell(row[column])))];
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)));
  return cells.map((line) =>
    line
      .map((text, at) => text.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};

/** One row is read from top to bottom, several side by side. */
const linesOf = ({ title, rows, none }: View): string[] => {
  const [only] = rows;
  if (!only) return [`${title}: ${none}`];
  if (rows.length > 1 || Object.keys(only).length <= 5) return [`${title} (${rows.length})`, ...table(rows).map((line) => `  ${line}`)];
  const width = Math.max(...Object.keys(only).map((name) => name.length));
  return [
    title,
    ...Object.entries(only).map(
      ([name, value]) => `  ${name.padEnd(width)}  ${typeof value === 'object' ? JSON.stringify(value) : String(value ?? '')}`,
    ),
  ];
};

export const inWords = (views: readonly View[]): string => views.map((view) => linesOf(view).join('\n')).join('\n\n');

/** One view is its rows; several are rows by title. */
export const asJson = (views: readonly View[]): string => {
  const [only] = views;
  return JSON.stringify(
    views.length === 1 && only ? only.rows : Object.fromEntries(views.map(({ title, rows }) => [title, rows])),
    undefined,
    1,
  );
};

/** A moment as the machine's clock says it. */
export const moment = (ms: unknown): string => (Number.isFinite(ms) ? new Date(Number(ms)).toISOString() : '');

/** Asks an engine as everybody outside would. */
export const ask = async <T>({ machine }: Look, service: string, operation: string, input: Record<string, unknown> = {}): Promise<T> =>
  (await machine.call(machine.localUser, service, operation, input)) as T;
