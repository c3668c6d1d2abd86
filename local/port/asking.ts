import type { Context } from './context.ts';
import type { Ask, Need, Places } from './needs.ts';

/** Beyond so many, kept needs are forgotten: connections and executions have ever new ARNs. */
const KEPT = 8192;

/** With its length before it, so that no two lists of values read alike. */
const lengthened = (value: string): string => `${value.length}:${value}`;

export interface Asking extends Ask {
  /** Forgets what was kept: policies look at more than they did. */
  forget(): void;
}

/** Makes needs; one that is asked for again is the same object, so verdicts can be kept beside it. */
export const createAsk = (
  places: Places,
  heeded: ReadonlySet<string>,
  besides: (action: string, resource: string) => readonly Need[],
): Asking => {
  const kept = new Map<string, Need>();
  const make = (action: string, resource: string | readonly string[], context: Context = {}): Need => ({
    action,
    resources: typeof resource === 'string' ? [resource] : resource,
    context,
    besides: typeof resource === 'string' ? besides(action, resource) : [],
  });
  const keyOf = (action: string, resource: string | readonly string[], context: Context | undefined): string => {
    let key = typeof resource === 'string' ? `${action} ${resource}` : action;
    if (context) for (const name in context) if (heeded.has(name)) key += ` ${lengthened(context[name] as string)}`;
    return key;
  };
  return {
    ...places,
    heeds: (key) => heeded.has(key),
    forget: () => kept.clear(),
    need: (action, resource, context) => {
      if (context && action.startsWith('dynamodb:')) return { ...make(action, resource, context), once: true };
      const key = keyOf(action, resource, context);
      let need = kept.get(key);
      if (!need) {
        need = make(action, resource, context);
        if (kept.size >= KEPT) kept.clear();
        kept.set(key, need);
      }
      return need;
    },
  };
};
