import type { Context } from '../context.ts';
import { applyUpdate } from '../expressions/apply-update.ts';
import type { BoundCondition } from '../expressions/bind-condition.ts';
import type { BoundAction } from '../expressions/bind-update.ts';
import { evaluate } from '../expressions/evaluate.ts';
import { readCondition, readUpdate } from '../expressions/expressions.ts';
import { Placeholders, type Values } from '../expressions/placeholders.ts';
import { constraint, invalid, invalidParameter } from '../faults.ts';
import { type Input, text } from '../input.ts';
import { checkIndexKeys, checkItemKey, checkKey } from '../tables/key-checks.ts';
import { idOf, placeOf, type Row } from '../tables/row.ts';
import type { Table } from '../tables/table.ts';
import type { Item } from '../values/attribute.ts';
import { normaliseItem } from '../values/normalise.ts';
import { LARGEST_ITEM } from '../values/size.ts';

export type WriteKind = 'Put' | 'Update' | 'Delete' | 'ConditionCheck';

const NOTHING: Item = Object.freeze({});
const NO_ACTIONS: readonly BoundAction[] = [];
const EXPRESSIONS = ['ConditionExpression'];
const UPDATE_EXPRESSIONS = ['UpdateExpression', 'ConditionExpression'];

const within = (row: Row, doing: string): Row => {
  if (row.size > LARGEST_ITEM) throw invalid(`Item size ${doing} exceeded the maximum allowed size`);
  return row;
};

/** What one write means, before it is known whether its key fits or its condition holds. */
export abstract class WritePlan {
  readonly actions: readonly BoundAction[] = NO_ACTIONS;

  constructor(
    readonly table: Table,
    protected readonly given: Item,
    private readonly condition: BoundCondition | undefined,
    protected readonly values: Values,
    readonly returnOnFailure: boolean,
  ) {}

  /** The item's identity; throws where the key or the item does not fit the table. */
  locate(): string {
    checkKey(this.given, this.table.keys);
    return idOf(placeOf(this.given, this.table.keys));
  }

  permitted(old: Row | undefined): boolean {
    return !this.condition || evaluate(this.condition, old?.item ?? NOTHING, this.values);
  }

  /** The row afterwards, undefined for none; throws where an update does not fit the item. Asked after `locate`. */
  abstract next(old: Row | undefined): Row | undefined;
}

class Put extends WritePlan {
  private row: Row | undefined;

  override locate(): string {
    checkItemKey(this.given, this.table.keys);
    checkIndexKeys(this.given, this.table.indexes);
    this.row = within(this.table.rowOf(this.given), 'has');
    return this.row.id;
  }

  next(): Row | undefined {
    return this.row;
  }
}

class Delete extends WritePlan {
  next(): undefined {
    return undefined;
  }
}

class ConditionCheck extends WritePlan {
  next(old: Row | undefined): Row | undefined {
    return old;
  }
}

/** The attributes that these actions change or take away, each once. */
const namesIn = (actions: readonly BoundAction[]): string[] => {
  const names: string[] = [];
  for (const { path } of actions) if (!names.includes(path[0] as string)) names.push(path[0] as string);
  return names;
};

class Update extends WritePlan {
  override readonly actions: readonly BoundAction[];

  constructor(actions: readonly BoundAction[], ...rest: ConstructorParameters<typeof WritePlan>) {
    super(...rest);
    this.actions = actions;
  }

  override locate(): string {
    const id = super.locate();
    for (const { path } of this.actions) {
      if (this.table.keys.names.includes(String(path[0])))
        throw invalidParameter(`Cannot update attribute ${path[0]}. This attribute is part of the key`);
    }
    return id;
  }

  next(old: Row | undefined): Row {
    const before = old?.item ?? this.given;
    const item = applyUpdate(this.actions, before, this.values);
    checkIndexKeys(item, this.table.indexes, before);
    return within(old ? this.table.updated(old, item, namesIn(this.actions)) : this.table.rowOf(item), 'to update has');
  }
}

const member = (input: Input, name: string): Item => {
  if (input[name] === undefined || input[name] === null) throw constraint(null, name.toLowerCase(), 'Member must not be null');
  return normaliseItem(input[name]);
};

/** Reads a write of any kind; throws for what is wrong with its expressions or values, whatever the table holds. */
export const planWrite = ({ store }: Context, kind: WriteKind, input: Input): WritePlan => {
  const fill = new Placeholders(input, kind === 'Update' ? UPDATE_EXPRESSIONS : EXPRESSIONS);
  const item = member(input, kind === 'Put' ? 'Item' : 'Key');
  const actions = kind === 'Update' ? readUpdate(input, 'UpdateExpression', fill) : undefined;
  const condition = readCondition(input, 'ConditionExpression', fill);
  fill.allUsed();
  const table = store.table(text(input, 'TableName') ?? '');
  const returns = text(input, 'ReturnValuesOnConditionCheckFailure') === 'ALL_OLD';
  switch (kind) {
    case 'Put':
      return new Put(table, item, condition, fill.values, returns);
    case 'Update':
      return new Update(actions ?? NO_ACTIONS, table, item, condition, fill.values, returns);
    case 'Delete':
      return new Delete(table, item, condition, fill.values, returns);
    case 'ConditionCheck':
      return new ConditionCheck(table, item, condition, fill.values, returns);
  }
};
