import type * as z from 'zod';
import type { Category, Priority, Source } from '../contracts/vocabulary.ts';

/** One type of event that a source says, and what its `data` must hold. */
export interface TypeSpec {
  readonly title: string;
  /** What `data` must hold, SWOE's own fields included: strict about what it names (units, ranges, words), silent about whatever else is there. */
  readonly schema: z.ZodType;
  /** What it is taken for, where families.ts does not say so already and the source's usual word does not fit. */
  readonly category?: Category;
  readonly priority?: Priority;
  /** The `data` of an example, invented. */
  readonly example: Readonly<Record<string, unknown>>;
}

/** Types by their dotted name. */
export type Types = Readonly<Record<string, TypeSpec>>;

/** One registered source: what it is taken for, what it may say, how fast, and what it speaks. A new source is such a file and its line in index.ts. */
export interface SourceSpec {
  readonly source: Source;
  readonly title: string;
  /** What an event of this source is taken for where neither it nor its type says so. `confidence` is 0 to 1. */
  readonly usual: { readonly category: Category; readonly priority: Priority; readonly confidence: number };
  /** Categories that it may speak of; an event of another is refused. `any` for those who dispatch for the whole city. */
  readonly categories: readonly Category[] | 'any';
  /** Names of the formats (functions/ingest/formats/) that it speaks beside CloudEvents. */
  readonly speaks: readonly string[];
  /** Types whose `data` has a declared shape. What breaks it is refused, naming the field; another type passes as it is. */
  readonly types?: Types;
  /** Events a second that it is promised, and how many at once on top of that. */
  readonly rate: { readonly perSecond: number; readonly burst: number };
  /** How many of its events may wait for their turn. */
  readonly buffer: number;
  /** After so many seconds without a word it is called silent; undefined for one that speaks only when something happens. */
  readonly silentAfterS?: number;
  /** Repeats of one observation within so long (ms) are one: for readers that see the same thing again and again. */
  readonly debounceMs?: number;
}

/** The seed's defaults: 100 events a second, 1,000 in a buffer. */
export const USUAL_RATE = { perSecond: 100, burst: 200 } as const;
export const USUAL_BUFFER = 1000;
