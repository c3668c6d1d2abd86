import type { Category } from '../contracts/vocabulary.ts';
import { compilePattern, createPatternIndex, explain, inWords } from '../pattern/index.ts';
import type { RoutingRule } from './rules.ts';

/** An event as the bus has it: `source`, `detail-type`, `detail` and whatever else. */
export type Routed = Readonly<Record<string, unknown>>;

/** Finds the rules that take an event. */
export const router = <R extends RoutingRule>(rules: readonly R[]): ((event: Routed) => R[]) => {
  const index = createPatternIndex<R>();
  for (const rule of rules) index.add(rule, compilePattern(rule.pattern));
  return (event) => index.matching(event);
};

/** Why a rule does not take an event: what failed, in sentences; none where it takes it. */
export const whyNotRouted = ({ pattern }: RoutingRule, event: Routed): string[] => explain(pattern, event).failed.map(inWords);

/** Whatever happened, of this category and priority, as SWOE tells it on its bus. */
const happening = (category: Category, priority: string): Routed => ({
  source: 'swoe',
  'detail-type': 'event.normalized',
  detail: { type: 'some.happening', category, priority },
});

export interface CategoryRoute {
  readonly category: Category;
  /** The rule that takes it where it is CRITICAL, and where it is not. */
  readonly critical: readonly string[];
  readonly otherwise: readonly string[];
}

/** Where what happened goes, by its category. */
export const categoryRoutes = (rules: readonly RoutingRule[], categories: readonly Category[]): CategoryRoute[] => {
  const route = router(rules);
  const names = (category: Category, priority: string) => route(happening(category, priority)).map(({ name }) => name);
  return categories.map((category) => ({ category, critical: names(category, 'CRITICAL'), otherwise: names(category, 'HIGH') }));
};
