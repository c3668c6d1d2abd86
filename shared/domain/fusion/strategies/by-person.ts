import { contradiction, ofOneKind, within } from '../compare.ts';
import { type Attempt, type Finding, listed } from '../finding.ts';
import { kindOf, type Observation } from '../observation.ts';
import type { Kind } from '../rule.ts';

/** How many kinds of identifiers must agree. A person is never matched by one, nor by a description. */
const ENOUGH = 2;

/** Of these everyone has one: where two differ, they are two persons, whatever else agrees. */
const ONE_EACH = ['person-dob', 'person-dl', 'person-ssn4'];

/** Of these a person may have several, or change them: where they differ it is said, and a person decides. */
const SEVERAL = ['person-name', 'person-phone', 'person-plate', 'person-biometric'];

export const isPersonal = (entity: string): boolean => entity.startsWith('person-');

const identified = (a: Observation, b: Observation): Finding => {
  const shared = a.entities.filter((entity) => isPersonal(entity) && b.entities.includes(entity));
  const kinds = [...new Set(shared.map(kindOf))].sort();
  const says = () =>
    kinds.length >= ENOUGH
      ? `one person by ${shared.map(listed).join(' and ')}`
      : `only ${shared.map(listed).join(', ')} agrees; a person takes ${ENOUGH} kinds of identifiers`;
  return { condition: 'person', holds: kinds.length >= ENOUGH, says, values: { identifiers: kinds.join(' ') } };
};

/** What speaks against it is always said; what rules it out parts them. */
const contradicted = (a: Observation, b: Observation): Finding => {
  const out = contradiction(a, b, ONE_EACH);
  const against = SEVERAL.filter((kind) => contradiction(a, b, [kind]));
  const says = () =>
    out ? `they differ in ${out}: two persons` : against.length > 0 ? `they differ in ${against.join(', ')}` : 'nothing contradicts it';
  const values: Finding['values'] = !out && against.length > 0 ? { contradictedBy: against.join(' ') } : {};
  return { condition: 'contradiction', holds: out === undefined, says, values };
};

/** The person whom both events describe. */
export const byPerson = (kinds: Readonly<Record<string, Kind>>, a: Observation, b: Observation): Attempt => {
  const kind = kinds['person-name'] as Kind;
  return [() => identified(a, b), () => contradicted(a, b), () => within(a, b, kind.windowMs), () => ofOneKind(kind, a, b)];
};
