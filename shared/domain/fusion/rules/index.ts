import type { FusionRule } from '../rule.ts';
import { sameDanger } from './same-danger.ts';
import { sameEntity } from './same-entity.ts';
import { samePlace } from './same-place.ts';
import { sameScope } from './same-scope.ts';
import { takenTogether } from './taken-together.ts';

export { sameDanger, sameEntity, samePlace, sameScope, takenTogether };

/** The five rules of fusion, the surest first: the first that holds is the reason that is kept. */
export const rules: readonly FusionRule[] = [sameEntity, sameScope, samePlace, sameDanger, takenTogether];
