import type { Barred } from '../contracts/people.ts';

/** A token's bearer, as far as it matters for whether they are barred. `issuedAt` is ms since the epoch, in whole seconds as tokens say it; one that does not say it counts as old. */
export interface Bearer {
  readonly sub: string;
  readonly tokenId?: string | undefined;
  readonly issuedAt?: number | undefined;
}

/** Whether a bearer gets in no more. A token of the very second in which a person's tokens were ended is ended too. */
export const isBarred = (list: readonly Barred[], { sub, tokenId, issuedAt = 0 }: Bearer): boolean =>
  list.some(({ what, id, until }) => {
    if (what === 'token') return id === tokenId;
    return id === sub && (what === 'person' || issuedAt <= Date.parse(until ?? ''));
  });
