import { AwsError } from '../../../kernel/aws-error.ts';
import type { Running } from '../runs.ts';

export type Context = Running;

export type Wire = Record<string, unknown>;
export type Operation = (context: Context, input: Wire) => Promise<Wire>;

const MOST = 1000;
const USUAL = 100;

const decoded = (token: unknown): number => {
  const at = Number(Buffer.from(String(token), 'base64').toString());
  if (!Number.isInteger(at) || at < 0) throw new AwsError('InvalidToken', `Invalid Token: '${String(token)}'`);
  return at;
};

/** `maxResults` 0 and none mean the usual page, as in AWS. */
const sizeOf = ({ maxResults }: Wire): number => {
  const asked = maxResults === undefined || maxResults === null ? 0 : Number(maxResults);
  if (Number.isInteger(asked) && asked >= 0 && asked <= MOST) return asked || USUAL;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value at 'maxResults' failed to satisfy constraint: Member must be between 0 and ${MOST}`,
  );
};

/** One page of a list. `place` numbers its items, rising or falling, so that a page stays right while others come or go. */
export const pageBy = <T>(
  items: readonly T[],
  input: Wire,
  place: (item: T) => number,
  order: 'rising' | 'falling',
): { items: T[]; nextToken?: string } => {
  const size = sizeOf(input);
  const { nextToken } = input;
  const last = nextToken === undefined || nextToken === null ? undefined : decoded(nextToken);
  const rest = last === undefined ? items : items.filter((item) => (order === 'rising' ? place(item) > last : place(item) < last));
  const shown = rest.slice(0, size);
  const end = shown.at(-1);
  const more = end !== undefined && rest.length > size;
  return { items: shown, ...(more ? { nextToken: Buffer.from(String(place(end))).toString('base64') } : {}) };
};

/** One page of a list that only grows at its end. */
export const page = <T>(items: readonly T[], input: Wire): { items: T[]; nextToken?: string } => {
  const { items: numbers, ...rest } = pageBy(
    items.map((_, index) => index),
    input,
    (index) => index + 1,
    'rising',
  );
  return { items: numbers.map((index) => items[index] as T), ...rest };
};
