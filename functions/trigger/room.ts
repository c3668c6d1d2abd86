import type { Execution } from '../../shared/contracts/execution.ts';
import type { RunLimit } from '../../shared/contracts/kernel.ts';
import { type Limits, limitsOf, placeIn } from '../../shared/domain/kernel/limits.ts';
import type { KernelStore } from '../../shared/stores/kernel.ts';
import type { Write } from '../../shared/stores/table.ts';

export interface RoomDeps {
  kernel: Pick<KernelStore, 'lane' | 'takePlace'>;
  limits: Limits;
}

/** What is written with a start that has room; or the limit in which there is none. */
export type Room = { readonly writes: Write[] } | { readonly full: RunLimit };

/** Whether one more run may be under way. A run of which nothing is limited costs nothing; of one whose turn it is those that wait behind it do not matter. */
export const roomFor =
  ({ kernel, limits }: RoomDeps) =>
  async (run: Pick<Execution, 'id' | 'workflow' | 'priority'>, itsTurn: boolean): Promise<Room> => {
    const writes: Write[] = [];
    for (const limit of limitsOf(limits, run)) {
      const place = placeIn(await kernel.lane(limit), limit, run.id, itsTurn);
      if (place === undefined) return { full: limit };
      if (place !== 'held') writes.push(...kernel.takePlace(limit, place, run.id));
    }
    return { writes };
  };
