import { type Condition, holds } from './branch.ts';
import { flatten, wantedPaths } from './flatten.ts';
import { type Branch, parsePattern } from './parse.ts';

export { InvalidPattern } from './invalid-pattern.ts';

export interface CompiledPattern {
  /** Whether an event (a JSON object) matches. */
  matches(event: object): boolean;
  /** What must hold together, for each combination of `$or` alternatives: for an index over many patterns, and to explain. */
  readonly branches: readonly (readonly Condition[])[];
}

const conditionsOf = (branch: Branch): Condition[] =>
  [...branch].sort(([left], [right]) => (left < right ? -1 : 1)).map(([path, asked]) => ({ path, ...asked }));

export const pathsOf = (branches: CompiledPattern['branches']): string[] => branches.flatMap((branch) => branch.map(({ path }) => path));

/**
 * An EventBridge event pattern, judged as event-ruler and the service judge it. Throws `InvalidPattern` with AWS's reason.
 * Semantics: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export const compilePattern = (pattern: object): CompiledPattern => {
  const branches = parsePattern(pattern).map(conditionsOf);
  const wanted = wantedPaths(pathsOf(branches));
  return {
    branches,
    matches: (event) => {
      const found = flatten(event, wanted);
      return branches.some((conditions) => holds(conditions, found));
    },
  };
};
