import { type Matcher, wildcard } from './wildcard.ts';

/**
 * How a statement names a caller: `named` outright (by ARN or with `*`), or `account`: the whole account, which
 * lets its own policies decide and gives nobody anything by itself.
 */
export type Naming = 'named' | 'account' | undefined;

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [String(value)]);

const accountOf = (name: string): string | undefined => /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(name)?.[1];

interface Names {
  readonly accounts: readonly string[];
  readonly matchers: readonly Matcher[];
}

const namesOf = (value: unknown): Names => {
  const named = typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : texts(value);
  return {
    accounts: named.flatMap((name) => accountOf(name) ?? []),
    matchers: named.filter((name) => accountOf(name) === undefined).map((name) => wildcard(name)),
  };
};

/** Whom a statement is about, by its Principal or NotPrincipal; an identity policy has neither. */
export const principalMatcher = (raw: Readonly<Record<string, unknown>>): ((principal: string) => Naming) => {
  const { Effect, Principal, NotPrincipal } = raw;
  if (NotPrincipal !== undefined) {
    if (Effect !== 'Deny') throw new Error('NotPrincipal with Allow would let in everybody else: name those whom it should let in');
    // An account in NotPrincipal spares its root only, as in AWS; roles are spared by their own ARN.
    const { matchers } = namesOf(NotPrincipal);
    return (principal) => (matchers.some((matches) => matches(principal)) ? undefined : 'named');
  }
  if (Principal === undefined || Principal === '*') return () => 'named';
  const { accounts, matchers } = namesOf(Principal);
  return (principal) => {
    if (matchers.some((matches) => matches(principal))) return 'named';
    return accounts.some((id) => principal.startsWith(`arn:aws:iam::${id}:`)) ? 'account' : undefined;
  };
};
