import type { Context } from '../context.ts';
import { applyUpdate } from '../expressions/apply-update.ts';
import type { BoundCondition } from '../expressions/bind-condition.ts';
import type { BoundAction } from '../expressions/bind-update.ts';
import { evaluate } from '../expressions/evaluate.ts';
import { readCondition, readUpdate } from '../expressions/expressions.ts';
import { Placeholders } from '../expressions/placeholders.ts';
import { constraint, invalid, invalidParameter } from '../faults.ts';
import { type Input, text } from '../input.ts';
import { checkIndexKeys, checkItemKey, checkKey } from '../tables/key-checks.ts';
import { idOf, placeOf, type Row } from '../tables/row.ts';
import type { Table } from '../tables/table.ts';
import type { Item } from '../values/attribute.ts';
import { normaliseItem } from '../values/normalise.ts';
import { LARGEST_ITEM } from '../values/size.ts';

/** What one Put, Update, Delete or ConditionCheck means, before it is known whether its key fits or its condition holds. */
export interface WritePlan {
  readonly table: Table;
  readonly condition: BoundCondition | undefined;
  readonly actions: readonly BoundAction[];
  readonly returnOnFailure: string | undefined;
  /** The item's identity; throws where the key or the item does not fit the table. */
  locate(): string;
  /** The row afterwards, undefined for none; throws where an update does not fit the item. */
  next(old: Row | undefined): Row | undefined;
}

export type WriteKind = 'Put' | 'Update' | 'Delete' | 'ConditionCheck';

const rowWithin = (table: Table, item: Item, doing: string): Row => {
  const row = table.rowOf(item);
  if (row.size > LARGEST_ITEM) throw invalid(`Item size ${doing} exceeded the maximum allowed size`);
  return row;
};

const put = (table: Table, item: Item): Pick<WritePlan, 'locate' | 'next'> => {
  let row: Row | undefined;
  const locate = (): string => {
    checkItemKey(item, table.keys);
    checkIndexKeys(item, table.indexes);
    row = rowWithin(table, item, 'has');
    return row.id;
  };
  return { locate, next: () => row ?? rowWithin(table, item, 'has') };
};

const byKey = (table: Table, key: Item, next: WritePlan['next']): Pick<WritePlan, 'locate' | 'next'> => ({
  locate: () => {
    checkKey(key, table.keys);
    return idOf(placeOf(key, table.keys));
  },
  next,
});

const update = (table: Table, key: Item, actions: readonly BoundAction[]): Pick<WritePlan, 'locate' | 'next'> => {
  const { locate } = byKey(table, key, (old) => old);
  return {
    locate: () => {
      const id = locate();
      const touched = actions.find(({ path }) => table.keys.names.includes(String(path[0])));
      if (touched) throw invalidParameter(`Cannot update attribute ${touched.path[0]}. This attribute is part of the key`);
      return id;
    },
    next: (old) => {
      const item = applyUpdate(actions, old?.item ?? key);
      checkIndexKeys(item, table.indexes, old?.item ?? key);
      return rowWithin(table, item, 'to update has');
    },
  };
};

const member = (input: Input, name: string): Item => {
  if (input[name] === undefined || input[name] === null) throw constraint(null, name.toLowerCase(), 'Member must not be null');
  return normaliseItem(input[name]);
};

/** Reads a write of any kind; throws for what is wrong with its expressions or values, whatever the table holds. */
export const planWrite = ({ store }: Context, kind: WriteKind, input: Input): WritePlan => {
  const fill = new Placeholders(input, kind === 'Update' ? ['UpdateExpression', 'ConditionExpression'] : ['ConditionExpression']);
  const item = member(input, kind === 'Put' ? 'Item' : 'Key');
  const actions = kind === 'Update' ? (readUpdate(input, 'UpdateExpression', fill) ?? []) : [];
  const condition = readCondition(input, 'ConditionExpression', fill);
  fill.allUsed();
  const table = store.table(text(input, 'TableName') ?? '');
  const how = {
    Put: () => put(table, item),
    Update: () => update(table, item, actions),
    Delete: () => byKey(table, item, () => undefined),
    ConditionCheck: () => byKey(table, item, (old) => old),
  }[kind]();
  return { table, condition, actions, returnOnFailure: text(input, 'ReturnValuesOnConditionCheckFailure'), ...how };
};

export const permitted = ({ condition }: WritePlan, old: Row | undefined): boolean => !condition || evaluate(condition, old?.item ?? {});
