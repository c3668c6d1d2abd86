import type { Context } from './context.ts';
import type { Guards } from './guards.ts';
import type { Refusal } from './law.ts';
import type { Need } from './needs.ts';
import type { Request, Statement } from './statement.ts';

/** What was refused, and why. */
export interface Refused {
  readonly request: Request;
  readonly refusal: Refusal;
}

interface Kept {
  readonly refused: Refused | undefined;
  readonly guard: readonly Statement[];
}

export interface VerdictDeps {
  readonly guards: Guards;
  readonly refusalOf: (request: Request) => Refusal | undefined;
  readonly contextOf: (principal: string) => Context;
  /** No verdict is kept: some policy looks at the clock. */
  readonly fleeting: () => boolean;
}

/** Weighs needs, and remembers: a principal's verdict on a need stands until the policy of the resource changes. */
export const createVerdicts = ({ guards, refusalOf, contextOf, fleeting }: VerdictDeps) => {
  const kept = new Map<string, WeakMap<Need, Kept>>();

  const onAny = (principal: string, need: Need, base: Context): Refused | undefined => {
    let first: Refused | undefined;
    for (const resource of need.resources) {
      const request: Request = { principal, action: need.action, resource, context: { ...base, ...need.context } };
      const refusal = refusalOf(request);
      if (!refusal) return undefined;
      first ??= { request, refusal };
    }
    return first;
  };
  const decide = (principal: string, need: Need, base: Context): Refused | undefined => {
    const refused = onAny(principal, need, base);
    if (refused) return refused;
    for (const also of need.besides) {
      const missing = decide(principal, also, { ...base, 'aws:viaawsservice': 'true' });
      if (missing) return missing;
    }
    return undefined;
  };

  /** Why a need is refused, or undefined. */
  return (principal: string, need: Need): Refused | undefined => {
    if (need.once || fleeting()) return decide(principal, need, contextOf(principal));
    let own = kept.get(principal);
    if (!own) {
      own = new WeakMap();
      kept.set(principal, own);
    }
    const guard = guards.of(need.resources[0] ?? '');
    const known = own.get(need);
    if (known && known.guard === guard) return known.refused;
    const refused = decide(principal, need, contextOf(principal));
    own.set(need, { refused, guard });
    return refused;
  };
};
