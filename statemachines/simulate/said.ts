import type * as z from 'zod';
import type { ActionType } from '../../shared/contracts/vocabulary.ts';
import { vocabulary } from '../../workflows/vocabulary/index.ts';

export type Said = Readonly<Record<string, string | number | boolean>>;

interface Inner {
  readonly def: { readonly type: string; readonly innerType?: z.ZodType };
  readonly options?: readonly string[];
}

const inside = (schema: z.ZodType): Inner => {
  const { def, options } = schema as unknown as Inner;
  return def.innerType ? inside(def.innerType) : { def, ...(options ? { options } : {}) };
};

/** The first of a few words, yes, and one: what an unremarkable reply says in a declared field. */
const usual = (schema: z.ZodType): string | number | boolean | undefined => {
  const { def, options } = inside(schema);
  if (def.type === 'boolean') return true;
  if (def.type === 'number') return 1;
  return options?.[0];
};

/** What the reply to an action is assumed to say, in the fields that the vocabulary declares and conditions may read. */
export const usualReply = (action: ActionType): Said =>
  Object.fromEntries(
    Object.entries(vocabulary[action].reply.shape).flatMap(([field, schema]) => {
      const value = usual(schema as z.ZodType);
      return value === undefined ? [] : [[field, value]];
    }),
  );

/** Why a value may not be said there, or undefined. */
export const unsayable = (action: ActionType, field: string, value: unknown): string | undefined => {
  const declared = vocabulary[action].reply.shape[field] as z.ZodType | undefined;
  if (!declared)
    return `the reply to ${action} declares no ${field}; it declares ${Object.keys(vocabulary[action].reply.shape).join(', ') || 'nothing'}`;
  const parsed = declared.safeParse(value);
  return parsed.success ? undefined : `${field}: ${parsed.error.issues[0]?.message ?? 'does not fit'}`;
};
