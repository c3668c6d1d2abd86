import type { Delivery } from '../../../shared/lambda/doors.ts';
import type { Screen } from '../delivery.ts';
import { type DropDeps, drop } from './drop.ts';
import { type LaterDeps, sendLater } from './later.ts';
import { screen } from './screen.ts';

/**
 * Screens a batch and sees to whoever does not pass: what waits is put back into its queue, what is dropped is written down. A batch
 * that fails further on is asked about again, delivery by delivery; what was decided of a delivery stands.
 */
export const screening = (deps: DropDeps & LaterDeps): Screen => {
  const judge = screen(deps);
  const [writeDown, putBack] = [drop(deps), sendLater(deps)];
  const passed = new WeakSet<Delivery>();
  const gone = new WeakSet<Delivery>();

  return async (normals) => {
    const open = normals.filter(({ delivery }) => !passed.has(delivery) && !gone.has(delivery));
    const screened = await judge(open);
    const failed = [...screened.failed, ...(await Promise.all([writeDown(screened), putBack(screened.later)])).flat()];
    const lost = new Set(failed);
    const going = new Set(screened.pass);
    for (const normal of open) if (!lost.has(normal)) (going.has(normal) ? passed : gone).add(normal.delivery);
    return { pass: normals.filter(({ delivery }) => passed.has(delivery)), failed };
  };
};
