import type { Token } from './wildcard.ts';

export type Scalar = string | number | boolean | null;

/** One alternative of a field: a value or a match expression. */
export type Term =
  | { readonly kind: 'exact'; readonly value: Scalar }
  | { readonly kind: 'prefix' | 'suffix'; readonly text: string; readonly ignoreCase: boolean }
  | { readonly kind: 'equals-ignore-case'; readonly text: string }
  | { readonly kind: 'wildcard'; readonly tokens: readonly Token[] }
  | { readonly kind: 'numeric'; readonly low: number; readonly openLow: boolean; readonly high: number; readonly openHigh: boolean }
  | { readonly kind: 'cidr'; readonly low: string; readonly high: string }
  | { readonly kind: 'exists' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'none-of'; readonly terms: readonly Term[] };
