import { Usage } from '../capacity.ts';
import { type Context, outward } from '../context.ts';
import { project, projectionOf } from '../expressions/project.ts';
import { conditionFailed, invalid } from '../faults.ts';
import { type Input, type Output, text } from '../input.ts';
import type { Row } from '../tables/row.ts';
import { permitted, planWrite, type WriteKind, type WritePlan } from './write-plan.ts';

/** `ReturnValues`: the item before or after, whole or only what the update named. */
const attributes = (mode: string | undefined, { actions }: WritePlan, old: Row | undefined, next: Row | undefined): Output => {
  const row = mode?.endsWith('_OLD') ? old : mode?.endsWith('_NEW') ? next : undefined;
  if (!row) return {};
  if (mode?.startsWith('ALL')) return { Attributes: outward(row) };
  const named = project(row.item, projectionOf(actions.map(({ path }) => path)));
  return Object.keys(named).length > 0 ? { Attributes: outward(row, named) } : {};
};

const write =
  (kind: WriteKind, modes: readonly string[]) =>
  (context: Context, input: Input): Output => {
    const mode = text(input, 'ReturnValues');
    if (mode !== undefined && !modes.includes(mode)) throw invalid('ReturnValues can only be ALL_OLD or NONE');
    const plan = planWrite(context, kind, input);
    const old = plan.table.row(plan.locate());
    const usage = new Usage('write units');
    if (!permitted(plan, old)) {
      usage.write(plan.table, old, old);
      context.bill(usage);
      throw conditionFailed(plan.returnOnFailure === 'ALL_OLD' && old ? { Item: outward(old) } : {});
    }
    const next = plan.next(old);
    context.store.commit([{ table: plan.table, old, next }]);
    usage.write(plan.table, old, next);
    context.bill(usage);
    return { ...attributes(mode, plan, old, next), ...usage.single(text(input, 'ReturnConsumedCapacity')) };
  };

export const putItem = write('Put', ['NONE', 'ALL_OLD']);
export const deleteItem = write('Delete', ['NONE', 'ALL_OLD']);
export const updateItem = write('Update', ['NONE', 'ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW']);
