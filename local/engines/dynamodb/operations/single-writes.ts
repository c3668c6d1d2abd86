import { Usage } from '../capacity.ts';
import { type Context, outward } from '../context.ts';
import { project, projectionOf } from '../expressions/project.ts';
import { conditionFailed, invalid } from '../faults.ts';
import { type Input, type Output, text } from '../input.ts';
import type { Row } from '../tables/row.ts';
import type { Item } from '../values/attribute.ts';
import { withMetrics } from './item-collections.ts';
import { planWrite, type WriteKind, type WritePlan } from './write-plan.ts';

/** `ReturnValues`: the item before or after, whole or only what the update named. */
const attributes = (mode: string | undefined, { actions }: WritePlan, old: Row | undefined, next: Row | undefined): Item | undefined => {
  if (mode === undefined || mode === 'NONE') return undefined;
  const row = mode.endsWith('_OLD') ? old : next;
  if (!row || mode.startsWith('ALL')) return row && outward(row);
  const named = project(row.item, projectionOf(actions.map(({ path }) => path)));
  return Object.keys(named).length > 0 ? outward(row, named) : undefined;
};

const write = (kind: WriteKind, modes: readonly string[], context: Context, input: Input): Output => {
  const mode = text(input, 'ReturnValues');
  if (mode !== undefined && !modes.includes(mode)) throw invalid('ReturnValues can only be ALL_OLD or NONE');
  const plan = planWrite(context, kind, input);
  const { table } = plan;
  const old = table.row(plan.locate());
  const usage = new Usage('write units', text(input, 'ReturnConsumedCapacity'));
  if (!plan.permitted(old)) {
    usage.write(table, old, old);
    context.bill(usage);
    throw conditionFailed(plan.returnOnFailure && old ? { Item: outward(old) } : {});
  }
  const next = plan.next(old);
  context.store.commit([{ table, old, next }]);
  usage.write(table, old, next);
  context.bill(usage);
  const Attributes = attributes(mode, plan, old, next);
  return withMetrics(input, usage.single(Attributes ? { Attributes } : {}), table, next ?? old);
};

const OLD = ['NONE', 'ALL_OLD'];
const ALL = [...OLD, 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW'];

export const putItem = (context: Context, input: Input): Output => write('Put', OLD, context, input);
export const deleteItem = (context: Context, input: Input): Output => write('Delete', OLD, context, input);
export const updateItem = (context: Context, input: Input): Output => write('Update', ALL, context, input);
