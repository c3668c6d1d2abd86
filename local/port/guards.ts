import type { ResourcePolicies } from './resource-policies.ts';
import { compileDocument, type Statement } from './statement.ts';

/** What guards a resource right now. The same array as long as nothing changed. */
export interface Guards {
  of(arn: string): readonly Statement[];
}

/** The policy a running engine holds for a resource (a bus after PutPermission): a document or its text; undefined where the template's stands. */
export type LivePolicy = (arn: string) => unknown;

/** An object is guarded by its bucket's policy. */
const guarded = (arn: string): string => (arn.startsWith('arn:aws:s3:::') ? (arn.split('/')[0] ?? arn) : arn);

const NONE: readonly Statement[] = [];

const parsed = (policy: unknown): unknown => (typeof policy === 'string' ? JSON.parse(policy) : policy);

/** The template's policies, and over them those that were changed while the machine ran. `learned` is told the condition keys of a new one. */
export const createGuards = (
  template: ResourcePolicies,
  live: LivePolicy | undefined,
  learned: (keys: readonly string[]) => void,
): Guards => {
  const own = (arn: string): readonly Statement[] => template.get(guarded(arn)) ?? NONE;
  if (!live) return { of: own };
  const compiled = new Map<string, { policy: unknown; statements: readonly Statement[] }>();
  return {
    of: (arn) => {
      const policy = live(arn);
      if (policy === undefined) return own(arn);
      const known = compiled.get(arn);
      if (known && known.policy === policy) return known.statements;
      const statements = compileDocument(parsed(policy), `the policy of ${arn}`);
      learned(statements.flatMap(({ keys }) => keys));
      compiled.set(arn, { policy, statements });
      return statements;
    },
  };
};
