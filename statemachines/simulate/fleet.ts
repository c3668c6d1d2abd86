import type { Location } from '../../shared/contracts/event.ts';
import type { AllocationRequest, Because } from '../../shared/contracts/resource-allocation.ts';
import type { Sent, SimulatedUnit } from '../../shared/contracts/simulation.ts';
import type { Step } from '../../shared/contracts/workflow.ts';
import { type Chosen, choose } from '../../shared/domain/allocation/choose.ts';
import { because, whyNotNearer } from '../../shared/domain/allocation/why-not.ts';
import type { Clock } from '../../shared/lambda/runtime.ts';
import type { World } from './world.ts';

/** A whole bundle, or by type how many are lacking. */
interface Looked extends Pick<Chosen, 'ok' | 'short'> {
  readonly picks: SimulatedUnit[];
}

/** What was given, why these and why no nearer ones; a step that is asked about again has nothing new to say. */
interface Taken extends Looked {
  readonly why: Because[];
  readonly notNearer: Because[];
}

/** What of a step says which units it is sent. */
export type Needing = Pick<Step, 'name' | 'needs' | 'requires' | 'prefers'>;

/** The present fleet as one simulation sees it: what it gave itself is not free to it. Outside, nothing is held. */
export interface SimulatedFleet {
  /** The units that a step would be given, the same ones where it is asked again; or what is short. */
  look(step: Needing, location: Location): Promise<Looked>;
  /** Gives them. */
  take(step: Needing, location: Location): Promise<Taken>;
  /** Gives back what is meant of what is held, and says what that is. */
  release(isMeant: (unit: Sent) => boolean): SimulatedUnit[];
  /** What nobody gave back, and from now on who will. */
  leave(who: string): void;
  /** Everything that was given, in that order. */
  given(): readonly Sent[];
}

const bare = ({ id, type, distanceM }: SimulatedUnit): SimulatedUnit => ({ id, type, distanceM });

/** Who asks, how urgently and for how long: what a simulated run would claim under. */
type Asks = Pick<AllocationRequest, 'executionId' | 'priority' | 'leaseS'>;

export const simulatedFleet = (
  { resources }: Pick<World, 'resources'>,
  clock: Clock,
  seconds: () => number,
  asked: Asks,
): SimulatedFleet => {
  const all: Sent[] = [];
  const held = (): Sent[] => all.filter(({ untilS, who }) => untilS === undefined && who === undefined);
  const free: World['resources']['free'] = async (type, span) => {
    const taken = new Set(held().map(({ id }) => id));
    return (await resources.free(type, span)).filter(({ id }) => !taken.has(id));
  };
  const nearestFree = choose({ resources: { free }, clock });

  const heldBy = (step: string): Sent[] => held().filter((unit) => unit.step === step);
  const chosenFor = ({ needs, requires, prefers }: Needing, location: Location) =>
    nearestFree({ ...asked, needs, requires, prefers, location });
  const heldFor = (step: string): Taken | undefined => {
    const before = heldBy(step);
    return before.length > 0 ? { ok: true, picks: before.map(bare), short: {}, why: [], notNearer: [] } : undefined;
  };

  return {
    look: async (step, location) => {
      const before = heldFor(step.name);
      if (before) return before;
      const { ok, picks, short } = await chosenFor(step, location);
      return { ok, picks: picks.map(bare), short };
    },
    take: async (step, location) => {
      const before = heldFor(step.name);
      if (before) return before;
      const chosen = await chosenFor(step, location);
      const picks = chosen.picks.map(bare);
      if (chosen.ok) all.push(...picks.map((unit) => ({ ...unit, step: step.name, fromS: seconds() })));
      const notNearer = await whyNotNearer({ resources, clock })({ needs: step.needs, location }, chosen);
      return { ok: chosen.ok, short: chosen.short, picks, why: chosen.picks.map(because), notNearer };
    },
    release: (isMeant) => {
      const back = held().filter(isMeant);
      for (const unit of back) unit.untilS = seconds();
      return back.map(bare);
    },
    leave: (who) => {
      for (const unit of held()) unit.who = who;
    },
    given: () => all,
  };
};
