import { AwsError } from '../../../kernel/aws-error.ts';
import { numberOf } from '../check.ts';
import type { Input } from './operation.ts';

const MOST = 1_000;

/** One page of a list: everything without MaxResults, as SQS does; the token is the place of the next one. */
export const page = <T>(all: readonly T[], input: Input): { items: readonly T[]; NextToken: string | undefined } => {
  const max = numberOf(input['MaxResults'], 'MaxResults', 1, MOST) ?? MOST;
  const from = Number(input['NextToken'] ?? 0);
  if (!Number.isInteger(from) || from < 0) throw new AwsError('InvalidParameterValue', 'Invalid or expired next token.');
  const paged = input['MaxResults'] !== undefined && from + max < all.length;
  return { items: all.slice(from, from + max), NextToken: paged ? String(from + max) : undefined };
};
