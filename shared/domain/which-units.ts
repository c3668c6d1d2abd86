import type { ResourceType } from '../contracts/vocabulary.ts';

const AIR: ReadonlySet<ResourceType> = new Set(['DRONE', 'HELICOPTER']);

/** Whether a RESOURCE_RELEASE of `all`, `air` or `ground` means units of a type; one whose type nobody knows any more is not flying. */
export const isMeant = (which: unknown, type: ResourceType | undefined): boolean =>
  which === 'all' || (type !== undefined && AIR.has(type)) === (which === 'air');
