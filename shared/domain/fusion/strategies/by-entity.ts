import { ofOneKind, uncontradicted, within } from '../compare.ts';
import { type Attempt, listed } from '../finding.ts';
import { kindOf, type Observation } from '../observation.ts';
import type { FusionRule, Kind } from '../rule.ts';
import { byPerson, isPersonal } from './by-person.ts';

const windowOf = ({ windowMs, longer }: Kind, a: Observation, b: Observation): number =>
  longer?.families.some((family) => family === a.family || family === b.family) ? longer.windowMs : windowMs;

const shares = (entity: string, kind: Kind, a: Observation, b: Observation): Attempt => [
  () => {
    const [name, id] = [kindOf(entity), entity.slice(entity.indexOf('#') + 1)];
    return { condition: 'entity', holds: true, says: () => `both name ${listed(entity)}`, values: { kind: name, id } };
  },
  () => within(a, b, windowOf(kind, a, b)),
  () => ofOneKind(kind, a, b),
  () => uncontradicted(a, b, kind.unless ?? []),
];

const nothing: Attempt = [() => ({ condition: 'entity', holds: false, says: () => 'they name nothing in common that could join them' })];

/** One attempt for each entity that both name and that may join by itself, and one for the person whom both describe. */
export const byEntity = ({ kinds = {} }: FusionRule, a: Observation, b: Observation): readonly Attempt[] => {
  const attempts: Attempt[] = [];
  let personal = false;
  for (const entity of a.entities) {
    const kind = kinds[kindOf(entity)];
    if (!kind || !b.entities.includes(entity)) continue;
    if (isPersonal(entity)) personal = true;
    else attempts.push(shares(entity, kind, a, b));
  }
  if (personal) attempts.push(byPerson(kinds, a, b));
  return attempts.length > 0 ? attempts : [nothing];
};
