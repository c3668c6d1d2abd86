import type { Fact } from '../contracts/policy.ts';
import type { Source } from '../contracts/vocabulary.ts';
import type { FactKind } from './kinds/kind.ts';
import { law } from './kinds/law.ts';
import { oversight } from './kinds/oversight.ts';
import { scene } from './kinds/scene.ts';

/** Every kind of fact, and who has the authority to state it. */
const factKinds: Readonly<Record<string, FactKind>> = { ...law, ...scene, ...oversight };

/** Own properties only, so that no kind called `constructor` finds anything. */
export const factKind = (kind: string): FactKind | undefined => (Object.hasOwn(factKinds, kind) ? factKinds[kind] : undefined);

/** Who may assert a kind of fact. */
export const authority: Readonly<Record<string, readonly Source[]>> = Object.fromEntries(
  Object.entries(factKinds).map(([kind, { asserts }]) => [kind, asserts]),
);

/** A stored fact counts only where its source may state its kind, and about such a subject. */
export const hasAuthority = ({ kind, source, subject }: Fact): boolean => {
  const known = factKind(kind);
  return known !== undefined && isAbout(known, subject) && (known.asserts.includes(source) || known.derives.includes(source));
};

export const isAbout = ({ about }: FactKind, subject: string): boolean => about.some((one) => subject.split('/', 1)[0] === one);
