import type { Condition } from '../branch.ts';
import type { Scalar, Term } from '../term.ts';
import { foldable } from '../value.ts';
import type { Token } from '../wildcard.ts';
import { digits, EXACT, FOLDED, foldedPrefix, foldedSuffix, grid, NUMBER, PRESENT, type Probe, prefix, suffix, TEXT } from './probe.ts';

/** Every value that fits the term reads as `key` under `probe`. */
export interface Mark {
  readonly probe: Probe;
  readonly key: Scalar;
  /** Whether every value that reads so fits the term. */
  readonly sure: boolean;
}

type Of<K extends Term['kind']> = Extract<Term, { kind: K }>;

const sure = (probe: Probe, key: Scalar): Mark[] => [{ probe, key, sure: true }];
const likely = (probe: Probe, key: Scalar): Mark[] => [{ probe, key, sure: false }];
const anyNumber = likely(NUMBER, true);
const anything = likely(PRESENT, true);

const affix = ({ kind, text, ignoreCase }: Of<'prefix' | 'suffix'>): Mark[] => {
  if (text === '') return sure(TEXT, true);
  const part = ignoreCase ? foldable(text) : text;
  const [plain, folded] = kind === 'prefix' ? [prefix, foldedPrefix] : [suffix, foldedSuffix];
  return sure((ignoreCase ? folded : plain)(part.length), part);
};

/** By what stands before the first star; where nothing does, by what stands after the last. */
const wildcard = (tokens: readonly Token[]): Mark[] => {
  const star = tokens.indexOf(null);
  if (star < 0) return sure(EXACT, tokens.join(''));
  const head = tokens.slice(0, star).join('');
  if (head !== '') return likely(prefix(head.length), head);
  const tail = tokens.slice(tokens.lastIndexOf(null) + 1).join('');
  return tail === '' ? likely(TEXT, true) : likely(suffix(tail.length), tail);
};

const numeric = ({ low, high }: Of<'numeric'>): Mark[] => {
  if (low === high) return sure(EXACT, low);
  if (!Number.isFinite(low) || !Number.isFinite(high)) return anyNumber;
  const exponent = Math.ceil(Math.log2(high - low));
  const width = 2 ** exponent;
  const [from, to] = [Math.floor(low / width), Math.floor(high / width)];
  return Array.from({ length: to - from + 1 }, (_, nth) => ({ probe: grid(exponent), key: from + nth, sure: false }));
};

/** By the digits that all addresses of the block have in common. */
const block = ({ low, high }: Of<'cidr'>): Mark[] => {
  let common = 0;
  while (common < low.length && low[common] === high[common]) common += 1;
  return common === 0 ? anything : likely(digits(common), low.slice(0, common));
};

const marksOfTerm = (term: Term): readonly Mark[] | undefined => {
  switch (term.kind) {
    case 'exact':
      return sure(EXACT, term.value);
    case 'equals-ignore-case':
      return sure(FOLDED, foldable(term.text));
    case 'prefix':
    case 'suffix':
      return affix(term);
    case 'wildcard':
      return wildcard(term.tokens);
    case 'numeric':
      return numeric(term);
    case 'cidr':
      return block(term);
    case 'exists':
      return sure(PRESENT, true);
    case 'absent':
      return undefined;
    default:
      return anything;
  }
};

/** By what an event's values show that the condition may hold: one of these. Undefined where it may also hold without any value. */
export const marksOf = ({ terms }: Condition): readonly Mark[] | undefined => {
  const marks: Mark[] = [];
  for (const term of terms) {
    const more = marksOfTerm(term);
    if (!more) return undefined;
    marks.push(...more);
  }
  return marks;
};
