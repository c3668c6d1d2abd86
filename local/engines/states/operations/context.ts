import { AwsError } from '../../../kernel/aws-error.ts';
import type { Running } from '../runs.ts';
import type { Store } from '../store.ts';

export interface Context extends Running {
  readonly store: Store;
}

type Wire = Record<string, unknown>;
export type Operation = (context: Context, input: Wire) => Promise<Wire>;

const MOST = 1000;
const USUAL = 100;

/** One page of a list that only grows at its end; the token says where the next one begins. */
export const page = <T>(items: readonly T[], { maxResults, nextToken }: Wire): { items: T[]; nextToken?: string } => {
  const size = Math.min(Number(maxResults) || USUAL, MOST);
  const from = nextToken === undefined ? 0 : Number(Buffer.from(String(nextToken), 'base64').toString());
  if (!Number.isInteger(from) || from < 0) throw new AwsError('InvalidToken', `Invalid Token: '${String(nextToken)}'`);
  const to = from + size;
  return { items: items.slice(from, to), ...(to < items.length ? { nextToken: Buffer.from(String(to)).toString('base64') } : {}) };
};
