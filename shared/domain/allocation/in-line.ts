import type { AllocationRequest } from '../../contracts/resource-allocation.ts';
import type { Waiter } from '../../contracts/resource-waiting.ts';
import type { Clock } from '../../lambda/runtime.ts';
import type { ResourcesStore } from '../../stores/resources.ts';
import type { Lending } from '../joint/lending.ts';
import { type Chosen, choose, type Wanted } from './choose.ts';
import { standingOf } from './held.ts';
import { aheadOf, isOf, keeps } from './line.ts';
import type { Passed } from './nearest.ts';
import { withTaken } from './preempt.ts';

export interface InLineDeps {
  resources: Pick<ResourcesStore, 'free' | 'busy' | 'line' | 'heldBy' | 'many'>;
  /** Which units of other agencies may be sent where. */
  lending: Pick<Lending, 'fleet'>;
  clock: Clock;
}

/** How one who stands in the line stands: what could be had now, and whether that is left to it. */
export interface Turn {
  readonly waiter: Waiter;
  readonly chosen: Chosen;
  readonly keeps: boolean;
}

/** What would be given, and the place in the line that is left with it. */
export interface InLine {
  readonly chosen: Chosen;
  readonly own?: Waiter | undefined;
}

type Want = Wanted & Pick<AllocationRequest, 'step'>;
type Kept = Map<string, Waiter>;

/** The same fleet without what is left to others. */
const without = (deps: InLineDeps, kept: Kept): InLineDeps => ({
  ...deps,
  resources: {
    ...deps.resources,
    free: async (type, span) => (await deps.resources.free(type, span)).filter(({ id }) => !kept.has(id)),
    busy: async (type, span, limit) => (await deps.resources.busy(type, span, limit)).filter(({ id }) => !kept.has(id)),
  },
});

/** Free units, and where these are too few some of runs of a lower priority; of other agencies' those that may be sent to this incident. */
const look =
  (deps: InLineDeps) =>
  async (want: Want, turn = 0): Promise<Chosen> => {
    const open = { ...deps, resources: deps.lending.fleet(deps.resources, want.incidentId) };
    return withTaken(open)(want, await choose(open)(want, turn));
  };

/** Down the line: each is left what it could have of what those before it are not left. `waiters` in their order. */
export const downTheLine =
  (deps: InLineDeps) =>
  async (waiters: readonly Waiter[]): Promise<Turn[]> => {
    const kept: Kept = new Map();
    const turns: Turn[] = [];
    for (const waiter of waiters) {
      const { needs, atHand } = await standingOf(deps.resources, waiter.request);
      const { incidentId, request } = waiter;
      const chosen = await look(without(deps, kept))({ ...request, incidentId, needs, atHand: atHand.map(({ unit }) => unit) });
      const turn = { waiter, chosen, keeps: keeps(waiter, chosen.ok, deps.clock.now()) };
      if (turn.keeps) for (const { id } of chosen.picks) kept.set(id, waiter);
      turns.push(turn);
    }
    return turns;
  };

const keptBy = (turns: readonly Turn[]): Kept =>
  new Map(turns.flatMap(({ waiter, chosen, keeps: isKept }) => (isKept ? chosen.picks.map(({ id }) => [id, waiter] as const) : [])));

const leftTo = (pick: Passed, { request: { executionId, step, priority }, since }: Waiter): Passed => ({
  ...pick,
  because: `left to ${executionId} for ${step}, ${priority}, which has waited since ${since}`,
});

/**
 * What a request would be given now: nothing that is left to whoever stands before it. `own` is its own place in the line, where it has one
 * and could be served. The line is read only where there is something to give.
 */
export const chooseInLine =
  (deps: InLineDeps) =>
  async (want: Want, turn = 0): Promise<InLine> => {
    const first = await look(deps)(want, turn);
    if (!first.ok) return { chosen: first };
    const line = await deps.resources.line();
    const own = line.find(isOf(want));
    const kept = keptBy(await downTheLine(deps)(aheadOf(line, want, deps.clock.now())));
    const left = first.picks.flatMap((pick) => {
      const to = kept.get(pick.id);
      return to ? [leftTo(pick, to)] : [];
    });
    if (left.length === 0) return { chosen: first, own };
    const chosen = await look(without(deps, kept))(want, turn);
    return { chosen: { ...chosen, passed: [...chosen.passed, ...left] }, own };
  };
