import type { Category, FusionStrategy } from '../../contracts/vocabulary.ts';

/** How far an incident may reach in time and place before it is split: from the event, or the linked events, that a part of it began with. */
export interface Span {
  readonly durationMs: number;
  readonly metres: number;
}

/** Families that may be the same happening, with what is particular to it where it differs from the rule. */
export interface Matter {
  readonly families: readonly string[];
  readonly windowMs?: number;
  readonly baseM?: number;
  /** Heard or seen by a whole street: call-takers open several numbers for it, so two numbers of CAD do not contradict. */
  readonly public?: boolean;
  readonly span?: Span;
}

/** A kind of entity, and when a second sight of it is the same incident. */
export interface Kind {
  readonly windowMs: number;
  /** A longer window where at least one of the two events is of one of these families: it is about the thing itself. */
  readonly longer?: { readonly families: readonly string[]; readonly windowMs: number };
  /** `any`: whatever happened. `same`: only the same kind of thing. `related`: two sides of one happening as well. Pairs: only those. */
  readonly between: 'any' | 'same' | 'related' | readonly (readonly [string, string])[];
  /** Kinds that speak against it: both events name one, and not the same. */
  readonly unless?: readonly string[];
}

/** Parts of a score, each weighed; together they make 1. */
export interface Weights {
  readonly time: number;
  readonly distance: number;
  readonly entity: number;
  readonly threat: number;
  readonly category: number;
}

/** A declared rule of fusion. Its parts are conditions: it holds where all that it declares hold. Windows are ms between two observations. */
export interface FusionRule {
  readonly name: string;
  readonly strategy: FusionStrategy;
  /** What it says, for the page of rules. */
  readonly says: string;
  readonly why: string;
  readonly windowMs: number;
  /** `baseM` plus both error radii, `limitM` at the most. A place whose error is over `vagueM` is no place. */
  readonly distance?: { readonly baseM: number; readonly limitM: number; readonly vagueM: number };
  readonly matters?: readonly Matter[];
  readonly kinds?: Readonly<Record<string, Kind>>;
  /** Kinds of entities that speak for it where both name the same. */
  readonly agree?: readonly string[];
  /** Kinds that speak against it where both name one, and not the same. */
  readonly against?: readonly string[];
  readonly threatAtLeast?: number;
  readonly weights?: Weights;
  readonly threshold?: number;
  /** Categories whose events state, score or keep house: where they are is no observation of what happened there. */
  readonly notCategories?: readonly Category[];
  /** Families that only an identity joins. */
  readonly notFamilies?: readonly string[];
  /** Families of which two are as a rule two: what happens to one household has nothing to do with the next. */
  readonly notAlike?: readonly string[];
  readonly span?: Span;
}
