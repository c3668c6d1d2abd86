import type { CedarValueJson } from '@cedar-policy/cedar-wasm/nodejs';

/** What clauses read of the context: below each name, what they read of it. `whole`: the value itself, not only whether it is there. */
export interface Reads {
  whole: boolean;
  readonly below: Map<string, Reads>;
}

const nothing = (): Reads => ({ whole: false, below: new Map() });

const under = ({ below }: Reads, name: string): Reads => {
  const known = below.get(name);
  if (known) return known;
  const fresh = nothing();
  below.set(name, fresh);
  return fresh;
};

interface Access {
  readonly left: unknown;
  readonly attr: string;
}

const accessIn = (node: object, operator: '.' | 'has'): Access | undefined =>
  (node as Readonly<Record<string, Access | undefined>>)[operator];

/** Where in the context an expression stands, if it is a path into it; its names are noted on the way. */
const placeOf = (node: unknown, reads: Reads): Reads | undefined => {
  if (typeof node !== 'object' || node === null) return undefined;
  if ((node as { Var?: string }).Var === 'context') return reads;
  const access = accessIn(node, '.');
  const place = access && placeOf(access.left, reads);
  return access && place && under(place, access.attr);
};

const note = (node: unknown, reads: Reads): void => {
  if (typeof node !== 'object' || node === null) return;
  const has = accessIn(node, 'has');
  const asked = has && placeOf(has.left, reads);
  if (has && asked) {
    under(asked, has.attr);
    return;
  }
  const place = placeOf(node, reads);
  if (place) place.whole = true;
  else for (const inner of Object.values(node)) note(inner, reads);
};

/** What these rules, as Cedar's JSON has them, read of the context. */
export const readsOf = (rules: readonly unknown[]): Reads => {
  const reads = nothing();
  for (const rule of rules) note(rule, reads);
  return reads;
};

type Fields = Readonly<Record<string, CedarValueJson>>;

const isRecord = (value: CedarValueJson): value is Fields & CedarValueJson =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A context without what nobody reads of it: Cedar takes longer over the context than over the clauses. */
export const only = (value: Fields, { whole, below }: Reads): Record<string, CedarValueJson> => {
  if (whole) return { ...value };
  const kept: Record<string, CedarValueJson> = {};
  for (const [name, reads] of below) {
    const inner = Object.hasOwn(value, name) ? value[name] : undefined;
    if (inner !== undefined) kept[name] = isRecord(inner) ? only(inner, reads) : inner;
  }
  return kept;
};
