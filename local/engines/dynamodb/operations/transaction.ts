import { AwsError } from '../../../kernel/aws-error.ts';
import { constraint, invalid } from '../faults.ts';
import { type Input, list, structure } from '../input.ts';
import type { Table } from '../tables/table.ts';

/** What both kinds of transactions share. */
const MOST = 100;
export const LARGEST = 4 * 1024 * 1024;

/** Why a part cancels the whole. */
export interface Reason {
  readonly Code: 'None' | 'ConditionalCheckFailed' | 'ValidationError';
  readonly Message?: string;
  readonly Item?: unknown;
}

export const partsOf = (input: Input): readonly Input[] => {
  const parts = list(input, 'TransactItems');
  if (parts.length === 0) throw constraint([], 'transactItems', 'Member must have length greater than or equal to 1');
  if (parts.length > MOST) throw constraint(parts, 'transactItems', `Member must have length less than or equal to ${MOST}`);
  return parts.map((part) => structure(part, 'TransactItems'));
};

/** What does not fit a table or an item cancels; what no request may say refuses the request. */
export const reasonOf = (error: unknown): Reason => {
  if (error instanceof AwsError && error.name === 'ValidationException' && !error.message.includes('cannot contain an empty')) {
    return { Code: 'ValidationError', Message: error.message };
  }
  throw error;
};

const NONE: Reason = { Code: 'None' };

/** `reasons` has a hole for each part that could have been done. */
export const cancelled = (reasons: readonly (Reason | undefined)[]): AwsError => {
  const all = Array.from(reasons, (reason) => reason ?? NONE);
  const codes = all.map(({ Code }) => Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return new AwsError('TransactionCanceledException', message, { CancellationReasons: all });
};

/** Refuses a request that names an item twice. */
export class Targets {
  private readonly seen = new Set<string>();

  add({ name }: Table, id: string): void {
    const target = `${name} ${id}`;
    if (this.seen.has(target)) throw invalid('Transaction request cannot include multiple operations on one item');
    this.seen.add(target);
  }
}

export const tooLarge = () => invalid('The aggregate size of the items in the transaction exceeds the limit of 4 MB');
