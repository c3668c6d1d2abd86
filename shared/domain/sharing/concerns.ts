import type { AgreedScope } from '../../contracts/agency.ts';
import type { Change } from '../../contracts/correction.ts';

/** What every recipient was told, whatever else the agreement says. */
const ALWAYS: readonly string[] = ['type', 'category', 'priority', 'retracted'];

const isShared = ({ fields, entities }: AgreedScope, { field, kinds }: Change): boolean =>
  ALWAYS.includes(field) ||
  fields.some((name) => name === field) ||
  (field === 'entities' && (kinds ?? []).some((kind) => entities.includes(kind)));

/** Whether a correction changed anything of what was told under an agreement. Pure. */
export const concerns = (what: AgreedScope, changed: readonly Change[]): boolean => changed.some((change) => isShared(what, change));
