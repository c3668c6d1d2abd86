import type { FusionStrategy, Source } from '../../shared/contracts/vocabulary.ts';

/** What a source says, as a scenario writes it. `at` is in seconds; `where` is metres north and east of the city's middle and the error radius. */
export interface Told {
  readonly source: Source;
  readonly type: string;
  readonly at: number;
  readonly where?: readonly [north: number, east: number, radiusM: number];
  /** `kind=id`, as the source spells it. */
  readonly entities: readonly string[];
  readonly data: Readonly<Record<string, unknown>>;
}

/** A labelled story: what was told, under the incident that it truly belongs to. Labels come from `why`, never from the rules. */
export interface Scenario {
  readonly title: string;
  /** Why the grouping is the true one. */
  readonly why: string;
  /** The strategies that it is meant to try: those its joins need, or those that might join what is apart. */
  readonly tries: readonly FusionStrategy[];
  readonly incidents: Readonly<Record<string, readonly Told[]>>;
}

export const MIN = 60;
export const HOUR = 3600;
export const DAY = 24 * HOUR;

type More = Record<string, unknown> & { readonly entities?: readonly string[] };

export const told = (source: Source, type: string, at: number, where?: Told['where'], { entities = [], ...data }: More = {}): Told => ({
  source,
  type,
  at,
  where,
  entities,
  data,
});

/** The same, from a source that gives no place. */
export const placeless = (source: Source, type: string, at: number, more: More = {}): Told => told(source, type, at, undefined, more);
