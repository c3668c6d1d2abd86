import type { Resource } from '../../contracts/resource.ts';
import type { AllocationRequest } from '../../contracts/resource-allocation.ts';
import { type ResourceType, ResourceType as ResourceTypes } from '../../contracts/vocabulary.ts';
import type { Clock } from '../../lambda/runtime.ts';
import { askedOf, lacks } from './fit.ts';
import { type Candidate, candidate, type NearestDeps, nearestFirst, type Passed } from './nearest.ts';
import { type Found, nearestPreferred } from './prefer.ts';

export interface ChooseDeps extends NearestDeps {
  clock: Clock;
}

/** A unit that would be taken, how far it has to come, and why it. */
export interface Choice extends Passed {
  readonly id: string;
  readonly type: ResourceType;
}

/** What would be taken, and by type how many are lacking; `ok` is a whole bundle. `passed` are units that were free and not taken. */
export interface Chosen {
  readonly ok: boolean;
  readonly picks: readonly Choice[];
  readonly short: Partial<Record<ResourceType, number>>;
  readonly passed: readonly Passed[];
}

/** `atHand` are units that the run holds already and has no use for yet; `incidentId` says whose units may be sent beside ours. */
export interface Wanted extends Omit<AllocationRequest, 'step'> {
  atHand?: readonly Resource[];
  incidentId?: string;
}

export const choice = (one: Candidate, because: string): Choice => ({ ...one, id: one.unit.id, type: one.unit.type, because });

const old = (staleS: number): string => `its position is ${Math.round(staleS / 60)} min old`;

/** Units at hand of a type that have what is required of it, nearest first. */
const own = ({ atHand = [], location, requires }: Wanted, type: ResourceType, now: number): Choice[] =>
  atHand
    .filter((unit) => unit.type === type && lacks(unit, requires?.[type]) === undefined)
    .map((unit) => candidate(unit, location, now))
    .sort(nearestFirst)
    .map((one) => choice(one, 'came to this run from another'));

const rankOf = (nth: number): string => (nth === 0 ? 'the nearest free one' : `the nearest free one after ${nth} more`);

const whyIt = ({ unit, staleS }: Candidate, nth: number, { whyFirst, tooFew }: Found): string => {
  const liked = whyFirst.get(unit.id);
  const whose = unit.lent ? `, lent by ${unit.agency}` : '';
  const rank = `${liked ? `${rankOf(nth)} ${liked}` : [...(tooFew ? [tooFew] : []), rankOf(Math.max(0, nth - whyFirst.size))].join('; ')}${whose}`;
  return staleS === undefined ? rank : `${rank}; ${old(staleS)}, and too few whose position is fresh are near`;
};

/** Of what is free, `count` from the place that turn gives: rivals who were beaten before part, each to the nearest the ones before leave. */
const inTurn = (fit: readonly Candidate[], count: number, turn: number) => {
  const from = (turn * count) % Math.max(1, fit.length - count + 1);
  return { before: fit.slice(0, from), taken: fit.slice(from, from + count), after: fit.slice(from + count) };
};

/** Units that were free, and why each was passed over. */
const passedOver = (before: readonly Candidate[], after: readonly Candidate[], { whyFirst, yields }: Found): Passed[] => [
  ...before.map((one) => ({ ...one, because: 'left to whoever asked just before' })),
  ...after.flatMap((one) => {
    const because = one.staleS === undefined ? whyFirst.size > 0 && yields : old(one.staleS);
    return because ? [{ ...one, because: `free, but ${because}` }] : [];
  }),
];

/**
 * Units at hand first, then of each type those free ones that are preferred, then the nearest that may be sent on this. `turn` is the caller's place among rivals that
 * were beaten to a unit a moment ago. It holds nothing: whoever wants the units claims them.
 */
export const choose =
  (deps: ChooseDeps) =>
  async (want: Wanted, turn = 0): Promise<Chosen> => {
    const now = deps.clock.now();
    const picks: Choice[] = [];
    const passed: Passed[] = [];
    const short: Chosen['short'] = {};
    for (const type of ResourceTypes.options) {
      const handed = own(want, type, now).slice(0, want.needs[type] ?? 0);
      picks.push(...handed);
      const count = (want.needs[type] ?? 0) - handed.length;
      if (count === 0) continue;
      const found = await nearestPreferred(deps)(type, want.location, count * (turn + 1), askedOf(want, type, now));
      const { before, taken, after } = inTurn(found.fit, count, turn);
      if (taken.length < count) short[type] = count - taken.length;
      picks.push(...taken.map((one, nth) => choice(one, whyIt(one, before.length + nth, found))));
      passed.push(...found.passed, ...passedOver(before, after, found));
    }
    return { ok: Object.keys(short).length === 0, picks, short, passed };
  };
