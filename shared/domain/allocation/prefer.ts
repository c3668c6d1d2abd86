import type { Location } from '../../contracts/event.ts';
import type { Preference, Requirement } from '../../contracts/resource-allocation.ts';
import type { ResourceType } from '../../contracts/vocabulary.ts';
import { abilityInWords } from './counts.ts';
import { type Asked, lacks } from './fit.ts';
import { type Candidate, type NearestDeps, nearest, type Passed } from './nearest.ts';

/** Units that could be sent, those first that have what is preferred. `whyFirst` says of each of these why it goes before nearer ones. */
export interface Found {
  readonly fit: readonly Candidate[];
  readonly passed: readonly Passed[];
  readonly whyFirst: ReadonlyMap<string, string>;
  /** Why a nearer one without it does not go. */
  readonly yields?: string | undefined;
  /** Why those without it go all the same: there are too few with it. */
  readonly tooFew?: string | undefined;
}

const both = (one: Requirement | undefined, { capabilities, certifications }: Requirement): Requirement => ({
  capabilities: [...new Set([...(one?.capabilities ?? []), ...capabilities])],
  certifications: [...new Set([...(one?.certifications ?? []), ...certifications])],
});

/** As if what is preferred were required, by the time that it is worth waiting for. */
const strictly = (asked: Asked, prefers: Preference): Asked => ({
  ...asked,
  requires: both(asked.requires, prefers),
  latest: Math.min(asked.latest ?? Number.POSITIVE_INFINITY, asked.at + prefers.withinS * 1000),
});

const minutes = ({ withinS }: Preference): string => `${Math.round(withinS / 6) / 10} min`;

const first = (found: { fit: Candidate[]; passed: Passed[] }, most: number, prefers: Preference): Found => {
  const who = abilityInWords(prefers);
  const goesFirst = `goes first within ${minutes(prefers)}`;
  const yields = `one ${who} ${goesFirst}`;
  const fit = found.fit.slice(0, most);
  const passed = found.passed.map((one) => (lacks(one.unit, prefers) ? { ...one, because: `${one.because}: ${yields}` } : one));
  return { fit, passed, yields, whyFirst: new Map(fit.map(({ unit }) => [unit.id, `${who}, which ${goesFirst}`])) };
};

/**
 * The nearest free units of a type that may be sent. Who has what is preferred and can be there in time goes first; for what these are too
 * few for the nearest others go at once, so that a preference never leaves anything short.
 */
export const nearestPreferred =
  (deps: NearestDeps) =>
  async (type: ResourceType, place: Location, wanted: number, asked: Asked): Promise<Found> => {
    const { prefers } = asked;
    if (!prefers) return { ...(await nearest(deps)(type, place, wanted, asked)), whyFirst: new Map() };
    const most = Math.min(wanted, prefers.count ?? wanted);
    const preferred = first(await nearest(deps)(type, place, most, strictly(asked, prefers)), most, prefers);
    if (preferred.fit.length === wanted) return preferred;
    const others = await nearest(deps)(type, place, wanted + preferred.fit.length, asked);
    const rest = others.fit.filter(({ unit }) => !preferred.whyFirst.has(unit.id));
    const tooFew = preferred.fit.length < most ? `too few ${abilityInWords(prefers)} can be there within ${minutes(prefers)}` : undefined;
    return { ...preferred, fit: [...preferred.fit, ...rest], passed: others.passed, tooFew };
  };
