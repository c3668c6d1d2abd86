import type { Entry } from '../../contracts/journal.ts';
import type { AllocatedUnit, Allocation, AllocationRequest } from '../../contracts/resource-allocation.ts';
import type { Waiter } from '../../contracts/resource-waiting.ts';
import type { ResourceType } from '../../contracts/vocabulary.ts';
import type { OwnBus } from '../../lambda/bus.ts';
import { iso } from '../../lambda/ids.ts';
import type { Clock } from '../../lambda/runtime.ts';
import type { JournalStore } from '../../stores/journal.ts';
import type { ResourcesStore } from '../../stores/resources.ts';
import type { Write } from '../../stores/table.ts';
import type { Lending } from '../joint/lending.ts';
import { bundle, given, preempted } from './bundle.ts';
import { type Held, standingOf } from './held.ts';
import { chooseInLine, type InLine } from './in-line.ts';
import { servedEntry } from './served.ts';
import { because, whyNotNearer } from './why-not.ts';

export interface AllocateDeps {
  resources: ResourcesStore;
  journal: JournalStore;
  bus: OwnBus;
  /** Which units of other agencies may be sent where. */
  lending: Lending;
  clock: Clock;
}

/** For whose incident, by whom, and what must hold of the run for it to be given anything. `waiter`: it is served as this one, while that stands in the line, or not at all. */
export interface On {
  incidentId: string;
  actor: string;
  goesOn?: Write | undefined;
  waiter?: Waiter | undefined;
}

/** One try: how often the step was given something before it, and the place among rivals. */
interface Try extends On {
  granted: number;
  turn: number;
}

const ATTEMPTS = 8;
/** DynamoDB's own bound; what would be larger is short. */
const MOST_WRITES = 100;

const units = (held: readonly Held[]): AllocatedUnit[] => held.map(({ unit, lease }) => given(unit, lease.fence, 0, undefined));

/** Writes a chosen bundle and all that is said of it in one transaction, then tells those it was taken from. */
const commit = async (
  deps: AllocateDeps,
  want: AllocationRequest,
  { incidentId, actor, goesOn, granted }: Try,
  { chosen, own }: InLine,
  atHand: Held[],
) => {
  const { resources, journal, clock } = deps;
  const { executionId, step, priority } = want;
  const now = clock.now();
  const until = iso(now + want.leaseS * 1000);
  const { claimed, handed, taken, displaced, writes } = bundle(resources, { want, until, at: iso(now) }, chosen.picks, atHand);
  const mine = new Set(atHand.map(({ unit }) => unit.id));
  const holds = await deps.lending.holds(
    chosen.picks.flatMap(({ unit }) => (mine.has(unit.id) ? [] : [unit])),
    incidentId,
  );
  if (!holds) return 'again';
  const notNearer = await whyNotNearer(deps)(want, chosen);
  const said = {
    step,
    priority,
    units: claimed,
    until,
    ...(handed.length > 0 ? { handed } : {}),
    ...(taken.length > 0 ? { taken } : {}),
    notNearer,
  };
  const entries: Entry[] = [
    { kind: 'resource.allocated', actor, incidentId, executionId, data: said },
    ...(own ? [servedEntry(own, actor, now)] : []),
    ...displaced.map((one) => preempted(one, until, { id: executionId, incidentId }, actor)),
  ];
  const left = own ? resources.leave(own, {}) : [];
  const all = [...(goesOn ? [goesOn] : []), resources.grant(want, granted, now), ...left, ...writes, ...holds];
  if (all.length + entries.length > MOST_WRITES) return 'short';
  const done = await journal.commit(incidentId, entries, all);
  if (!done.ok) return goesOn && done.failed.includes(0) ? 'over' : 'again';
  if (displaced.length > 0) await deps.bus.announce(...displaced.map((detail) => ({ type: 'resource.preempted', detail })));
  return {
    outcome: 'allocated',
    units: [...handed, ...claimed, ...taken],
    leaseUntil: until,
    why: chosen.picks.map(because),
    notNearer,
  } as const;
};

/** It holds all that it waited for: it came to it otherwise. */
const leaveServed = ({ resources, journal, clock }: AllocateDeps, waiter: Waiter, { incidentId, actor }: On) =>
  journal.commit(incidentId, [servedEntry(waiter, actor, clock.now())], resources.leave(waiter, {}));

/** One try: `again` where a rival was faster, `over` where the run no longer goes on. */
const claim = async (deps: AllocateDeps, want: AllocationRequest, on: Try): Promise<Allocation | 'again' | 'over'> => {
  const { before, needs, atHand } = await standingOf(deps.resources, want);
  const [first] = before;
  if (first && Object.keys(needs).length === 0) {
    if (on.waiter) await leaveServed(deps, on.waiter, on);
    return { outcome: 'allocated', units: units(before), leaseUntil: first.lease.until, why: [], notNearer: [] };
  }
  const still = { ...want, needs };
  const found = await chooseInLine(deps)({ ...still, incidentId: on.incidentId, atHand: atHand.map(({ unit }) => unit) }, on.turn);
  const { chosen, own } = found;
  if (!chosen.ok) return { outcome: 'short', short: chosen.short, notNearer: await whyNotNearer(deps)(still, chosen) };
  if (on.waiter && !own) return 'over';
  const outcome = await commit(deps, still, on, found, atHand);
  if (outcome === 'short') return { outcome, short: needs, notNearer: [] };
  return typeof outcome === 'string' ? outcome : { ...outcome, units: [...units(before), ...outcome.units] };
};

/**
 * Holds the bundle in one transaction, all or nothing: units taken over from a superseded run first, then free ones, then units of runs of
 * a strictly lower priority; each of these under a lease and a fence one higher than before. A second delivery of the same command is given
 * the same units. Nobody is given what is left to whoever stands before them in the line. Undefined where the run no longer goes on.
 */
export const allocate =
  (deps: AllocateDeps) =>
  async (want: AllocationRequest, on: On): Promise<Allocation | undefined> => {
    let turn = 0;
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const granted = await deps.resources.granted(want.executionId, want.step);
      const outcome = await claim(deps, want, { ...on, granted, turn });
      if (outcome === 'over') return undefined;
      if (outcome !== 'again') return outcome;
      const [type = 'OFFICER'] = Object.keys(want.needs) as ResourceType[];
      turn = await deps.resources.turn(type, want.location, deps.clock.now());
    }
    return { outcome: 'short', short: want.needs, notNearer: [] };
  };
