import { type DropDeps, drop } from './drop.ts';
import { type LaterDeps, sendLater } from './later.ts';
import { screen } from './screen.ts';
import type { Delivery, Normal } from './screened.ts';

/** Who goes on now, and who could not be judged, put back or written down and must be delivered again. */
export interface Through {
  pass: Normal[];
  failed: Normal[];
}

/**
 * Screens a batch and sees to whoever does not pass: what waits is put back into its queue, what is dropped is written down. A batch
 * that fails further on is asked about again, delivery by delivery; what was decided of a delivery stands.
 */
export const screening = (deps: DropDeps & LaterDeps) => {
  const judge = screen(deps);
  const [writeDown, putBack] = [drop(deps), sendLater(deps)];
  const passed = new WeakSet<Delivery>();
  const gone = new WeakSet<Delivery>();

  return async (normals: readonly Normal[]): Promise<Through> => {
    const open = normals.filter(({ delivery }) => !passed.has(delivery) && !gone.has(delivery));
    const screened = await judge(open);
    const failed = [...screened.failed, ...(await Promise.all([writeDown(screened), putBack(screened.later)])).flat()];
    const lost = new Set(failed);
    const going = new Set(screened.pass);
    for (const normal of open) if (!lost.has(normal)) (going.has(normal) ? passed : gone).add(normal.delivery);
    return { pass: normals.filter(({ delivery }) => passed.has(delivery)), failed };
  };
};
