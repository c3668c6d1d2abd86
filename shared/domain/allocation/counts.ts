import type { Qualities, Requirement } from '../../contracts/resource-allocation.ts';
import type { ResourceType } from '../../contracts/vocabulary.ts';

const having = ({ capabilities, certifications }: Requirement): string[] => [
  ...(capabilities.length > 0 ? [`with ${capabilities.join(', ')}`] : []),
  ...(certifications.length > 0 ? [`certified for ${certifications.join(', ')}`] : []),
];

/** What units have, in words: `with transport and certified for als`; empty where it is nothing. */
export const abilityInWords = (required: Requirement | undefined): string => (required ? having(required).join(' and ') : '');

/** `2 OFFICER, 1 VEHICLE`; and of each type what is required of it, as `1 OFFICER certified for cit`. */
export const inWords = (counts: object, requires: Qualities['requires'] = {}): string =>
  Object.entries(counts)
    .map(([type, count]) => `${count} ${type} ${abilityInWords(requires[type as ResourceType])}`.trim())
    .join(', ');
