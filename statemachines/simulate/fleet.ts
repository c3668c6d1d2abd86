import type { Location } from '../../shared/contracts/event.ts';
import type { AllocationRequest } from '../../shared/contracts/resource-allocation.ts';
import type { Sent, SimulatedUnit } from '../../shared/contracts/simulation.ts';
import type { Needs } from '../../shared/contracts/workflow.ts';
import { type Chosen, choose } from '../../shared/domain/allocation/choose.ts';
import type { Clock } from '../../shared/lambda/runtime.ts';
import type { World } from './world.ts';

/** A whole bundle, or by type how many are lacking. */
export interface Looked extends Pick<Chosen, 'ok' | 'short'> {
  readonly picks: SimulatedUnit[];
}

/** The present fleet as one simulation sees it: what it gave itself is not free to it. Outside, nothing is held. */
export interface SimulatedFleet {
  /** The units that a step would be given, the same ones where it is asked again; or what is short. */
  look(step: string, needs: Needs, location: Location): Promise<Looked>;
  /** Gives them. */
  take(step: string, needs: Needs, location: Location): Promise<Looked>;
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
  const look: SimulatedFleet['look'] = async (step, needs, location) => {
    const before = heldBy(step);
    if (before.length > 0) return { ok: true, picks: before.map(bare), short: {} };
    const { ok, picks, short } = await nearestFree({ ...asked, needs, location });
    return { ok, picks: picks.map(bare), short };
  };

  return {
    look,
    take: async (step, needs, location) => {
      const chosen = await look(step, needs, location);
      if (chosen.ok && heldBy(step).length === 0) all.push(...chosen.picks.map((unit) => ({ ...unit, step, fromS: seconds() })));
      return chosen;
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
