import { metres } from '../metres.ts';
import type { Finding } from './finding.ts';
import { lasting } from './finding.ts';
import { apartMs, kindOf, type Observation } from './observation.ts';
import type { FusionRule, Kind, Matter } from './rule.ts';
import { isRelated, UNSORTED } from './rules/related.ts';
import { samePlace } from './rules/same-place.ts';

type Matters = ReadonlyMap<string, ReadonlyMap<string, Matter>>;

const tabulated = ({ matters = [] }: FusionRule): Matters => {
  const families = [...new Set(matters.flatMap((matter) => matter.families))];
  const row = (a: string) =>
    new Map(
      families.flatMap((b): [string, Matter][] => {
        const matter = matters.find((one) => one.families.includes(a) && one.families.includes(b));
        return matter ? [[b, matter]] : [];
      }),
    );
  return new Map(families.map((a) => [a, row(a)]));
};

const tables = new WeakMap<FusionRule, Matters>();

/** The matter of a rule that both families may be, or undefined. */
export const matterOf = (rule: FusionRule, a: string, b: string): Matter | undefined => {
  const table = tables.get(rule) ?? tabulated(rule);
  tables.set(rule, table);
  return table.get(a)?.get(b);
};

const isSame = (a: string, b: string): boolean => (a === b && a !== UNSORTED) || matterOf(samePlace, a, b) !== undefined;

/** How much two families can be one happening: 1 the same, 0.7 two sides of one, 0 neither. */
export const kinship = (a: string, b: string): number => (isSame(a, b) ? 1 : isRelated(a, b) ? 0.7 : 0);

const mayJoin = ({ between }: Kind, a: string, b: string): boolean => {
  if (between === 'any') return true;
  if (between === 'same') return isSame(a, b);
  if (between === 'related') return a === UNSORTED || b === UNSORTED || kinship(a, b) > 0;
  return between.some(([one, other]) => (a === one && b === other) || (a === other && b === one));
};

/** Both families, in an order that is the same from either side. */
export const familiesOf = (a: Observation, b: Observation): [string, string] =>
  a.family <= b.family ? [a.family, b.family] : [b.family, a.family];

/** Whether what happened here and there can be one, as this kind of entity asks it. */
export const ofOneKind = (kind: Kind, a: Observation, b: Observation): Finding => {
  const says = () => `${familiesOf(a, b).join(' and ')} ${mayJoin(kind, a.family, b.family) ? 'can be' : 'are not'} one happening`;
  return { condition: 'kind', holds: mayJoin(kind, a.family, b.family), says };
};

/** What both name and not the same: the first of these kinds of which each names one and they share none. */
export const contradiction = (a: Observation, b: Observation, kinds: readonly string[]): string | undefined =>
  kinds.find((kind) => {
    const own = a.entities.filter((entity) => kindOf(entity) === kind);
    const others = b.entities.filter((entity) => kindOf(entity) === kind);
    return own.length > 0 && others.length > 0 && !own.some((entity) => others.includes(entity));
  });

export const within = (a: Observation, b: Observation, windowMs: number): Finding => {
  const apart = apartMs(a, b);
  const says = () => `${lasting(apart)} apart, limit ${lasting(windowMs)}`;
  return { condition: 'time', holds: apart <= windowMs, says, values: { apartS: apart / 1000 } };
};

export const placeOf = ({ lat, lon }: Observation): { lat: number; lon: number } | undefined =>
  lat === undefined || lon === undefined ? undefined : { lat, lon };

const tooVague = (a: Observation, b: Observation, vagueM: number): number | undefined => {
  const worst = Math.max(a.radiusM ?? 0, b.radiusM ?? 0);
  return worst > vagueM ? worst : undefined;
};

/** Metres between two observations and how many a rule allows them, or why that cannot be said. */
export const distanceBetween = (
  a: Observation,
  b: Observation,
  { baseM, limitM, vagueM }: NonNullable<FusionRule['distance']>,
): { distanceM: number; reachM: number } | { not: string } => {
  const [here, there] = [placeOf(a), placeOf(b)];
  if (!here || !there) return { not: 'no place is known of one of them' };
  const vague = tooVague(a, b, vagueM);
  if (vague !== undefined) return { not: `a place with an error of ${Math.round(vague)} m is no place, limit ${vagueM} m` };
  return { distanceM: metres(here, there), reachM: Math.min(baseM + ((a.radiusM ?? 0) + (b.radiusM ?? 0)), limitM) };
};

export const near = (a: Observation, b: Observation, distance: NonNullable<FusionRule['distance']>): Finding => {
  const found = distanceBetween(a, b, distance);
  if ('not' in found) return { condition: 'distance', holds: false, says: () => found.not };
  const [distanceM, limitM] = [Math.round(found.distanceM), Math.round(found.reachM)];
  return {
    condition: 'distance',
    holds: distanceM <= limitM,
    says: () => `${distanceM} m apart, limit ${limitM} m`,
    values: { distanceM, limitM },
  };
};

/** Two numbers, two flats: what both name, and not the same. */
export const uncontradicted = (a: Observation, b: Observation, kinds: readonly string[]): Finding => {
  const kind = contradiction(a, b, kinds);
  const of = (seen: Observation) =>
    seen.entities.filter((entity) => kindOf(entity) === kind).map((entity) => entity.slice(entity.indexOf('#') + 1));
  const says = () => (kind ? `two of kind ${kind}: ${of(a).join(', ')} and ${of(b).join(', ')}` : 'nothing contradicts it');
  return { condition: 'contradiction', holds: kind === undefined, says };
};
