import type { Preference, Qualities, Requirement } from '../../shared/contracts/resource-allocation.ts';
import type { ResourceType } from '../../shared/contracts/vocabulary.ts';
import type { Needs } from '../../shared/contracts/workflow.ts';
import type { abilities } from '../vocabulary/abilities.ts';
import { type Duration, seconds } from './duration.ts';

type Known = typeof abilities;
type Word<R extends ResourceType, K extends 'capabilities' | 'certifications'> = R extends keyof Known ? keyof Known[R][K] & string : never;

/** What a unit has with it, and what it is certified for, in the words that are known of its type. */
interface Able<R extends ResourceType> {
  readonly capabilities?: readonly Word<R, 'capabilities'>[];
  readonly certifications?: readonly Word<R, 'certifications'>[];
}

interface Preferred {
  /** So many of them; without it all. */
  readonly count?: number;
  readonly within: Duration;
}

/** How many of a type; and where it matters, what each must be able to do, or who goes first where they can be there within so long. */
export type Need<R extends ResourceType> = number | (Able<R> & { readonly count: number; readonly prefers?: Able<R> & Preferred });

/** As types that are joined see it: every word is one of some type's. */
type AnyNeed = number | ({ readonly count: number; readonly prefers?: Listed & Preferred } & Listed);
interface Listed {
  readonly capabilities?: readonly string[];
  readonly certifications?: readonly string[];
}

const listed = ({ capabilities = [], certifications = [] }: Listed): Requirement => ({
  capabilities: [...capabilities],
  certifications: [...certifications],
});

type Entries<T> = readonly (readonly [string, T])[];
const said = <T>(entries: Entries<T | undefined>): Entries<T> =>
  entries.flatMap(([type, value]) => (value === undefined ? [] : [[type, value] as const]));

const byType = <T>(entries: Entries<T | undefined>): Partial<Record<ResourceType, T>> | undefined =>
  said(entries).length > 0 ? (Object.fromEntries(said(entries)) as Partial<Record<ResourceType, T>>) : undefined;

const requirement = (need: AnyNeed): Requirement | undefined =>
  typeof need === 'number' || !(need.capabilities || need.certifications) ? undefined : listed(need);

const preference = (need: AnyNeed): Preference | undefined => {
  if (typeof need === 'number' || !need.prefers) return undefined;
  const { count, within } = need.prefers;
  return { ...listed(need.prefers), ...(count === undefined ? {} : { count }), withinS: seconds(within) };
};

/** Needs as they are stored, which is how an allocation asks for them: counts, what is required, and what is preferred. */
export const stored = (needs: Readonly<Record<string, AnyNeed | undefined>>): { needs: Needs } & Qualities => {
  const entries = said(Object.entries(needs));
  const requires = byType(entries.map(([type, need]) => [type, requirement(need)] as const));
  const prefers = byType(entries.map(([type, need]) => [type, preference(need)] as const));
  const counts = Object.fromEntries(entries.map(([type, need]) => [type, typeof need === 'number' ? need : need.count]));
  return { needs: counts, ...(requires ? { requires } : {}), ...(prefers ? { prefers } : {}) };
};
