import type { Active, Execution } from '../execution.ts';
import { StateFailure } from '../failure.ts';
import { dropTask } from '../timers.ts';
import { filledOf, wholeOf } from '../values.ts';

/** ItemReader: a Map asks the world for its items, as it would for a task. */

const FAILED = 'States.ItemReaderFailed';

export const askItems = async (execution: Execution, active: Active): Promise<void> => {
  const { reader } = active.state;
  if (!reader) return;
  const given = reader.arguments ? await filledOf(execution, active, reader.arguments) : {};
  execution.serial += 1;
  const order = { task: execution.serial, resource: reader.resource, arguments: given };
  active.task = { order, kind: 'reader', submitted: false };
  execution.tasks.set(order.task, active);
  execution.effects.push({ kind: 'schedule', order });
};

/** The items that came, no more than MaxItems. */
export const itemsFrom = async (execution: Execution, active: Active, read: unknown): Promise<unknown[]> => {
  dropTask(execution, active);
  if (!Array.isArray(read)) throw new StateFailure(FAILED, `The state '${active.state.name}' read data that is not an array.`);
  const most = await wholeOf(execution, active, active.state.reader?.maxItems, 1, Number.MAX_SAFE_INTEGER);
  return read.slice(0, most);
};

export const unread = (execution: Execution, active: Active, cause: string | undefined): never => {
  dropTask(execution, active);
  throw new StateFailure(FAILED, cause);
};
