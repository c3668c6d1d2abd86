import type { Source } from '../contracts/vocabulary.ts';

export interface FactKind {
  /** Whose `fact.asserted` events may write it. No AI source stands in any of these lists. */
  readonly asserts: readonly Source[];
  /** Whose ordinary events attest it, as `factsOf` says. */
  readonly derives: readonly Source[];
  /** What its value must hold. */
  readonly requires: readonly string[];
  /** false: it allows, and one that fits is enough. true: it forbids, and every one counts. */
  readonly restricts: boolean;
}

/** Every kind of fact, and who has the authority to state it. */
const factKinds: Readonly<Record<string, FactKind>> = {
  exigency: {
    asserts: ['dispatch', 'cad_system', 'officer_safety'],
    derives: ['gunshot_detection', 'cad_system', 'dispatch'],
    requires: ['basis', 'by'],
    restricts: false,
  },
  warrant: { asserts: ['investigations'], derives: [], requires: ['scope'], restricts: false },
  'council-authorisation': { asserts: ['public_guardian'], derives: [], requires: [], restricts: false },
  airspace: { asserts: ['drone_ops'], derives: [], requires: ['status'], restricts: true },
};

/** Own properties only, so that no kind called `constructor` finds anything. */
export const factKind = (kind: string): FactKind | undefined => (Object.hasOwn(factKinds, kind) ? factKinds[kind] : undefined);

/** Who may assert a kind of fact. */
export const authority: Readonly<Record<string, readonly Source[]>> = Object.fromEntries(
  Object.entries(factKinds).map(([kind, { asserts }]) => [kind, asserts]),
);

export const hasAuthority = (kind: string, source: Source): boolean => {
  const known = factKind(kind);
  return known !== undefined && (known.asserts.includes(source) || known.derives.includes(source));
};
