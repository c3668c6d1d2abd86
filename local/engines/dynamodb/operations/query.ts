import type { Context } from '../context.ts';
import type { BoundCondition, BoundOperand } from '../expressions/bind-condition.ts';
import { readCondition, readProjection } from '../expressions/expressions.ts';
import { Placeholders } from '../expressions/placeholders.ts';
import { invalid } from '../faults.ts';
import type { Input, Output } from '../input.ts';
import { compareInPartition, type Entry, type Place } from '../tables/row.ts';
import { type KeyRange, keyRangeOf } from './key-condition.ts';
import { readPage } from './page.ts';
import { checkSelect, type Source, sourceOf, startOf } from './source.ts';

const reaches = ({ low }: KeyRange, { order }: Entry): boolean => !low || (low.open ? order > low.order : order >= low.order);

const passes = ({ high, prefix }: KeyRange, { order }: Entry): boolean => {
  if (prefix !== undefined) return order > prefix && !order.startsWith(prefix);
  return high !== undefined && (high.open ? order >= high.order : order > high.order);
};

const startWithin = (start: Place | undefined, range: KeyRange): void => {
  if (!start) return;
  if (start.partition !== range.partition) {
    throw invalid('The provided starting key is outside query boundaries based on provided conditions');
  }
  const { low, high, prefix } = range;
  const below = low && (low.open ? start.order <= low.order : start.order < low.order);
  const above = high && (high.open ? start.order >= high.order : start.order > high.order);
  if (below || above || (prefix !== undefined && !start.order.startsWith(prefix))) {
    throw invalid('The provided starting key does not match the range key predicate');
  }
};

function* walk({ collection }: Source, range: KeyRange, start: Place | undefined, forward: boolean): Generator<Entry, void> {
  const entries = collection.partition(range.partition);
  if (forward) {
    for (const entry of entries.forward((one) => (start ? compareInPartition(one, start) > 0 : reaches(range, one)))) {
      if (passes(range, entry)) return;
      yield entry;
    }
    return;
  }
  for (const entry of entries.backward((one) => (start ? compareInPartition(one, start) >= 0 : passes(range, one)))) {
    if (!reaches(range, entry)) return;
    yield entry;
  }
}

const operandNames = (operand: BoundOperand): string[] => {
  if (operand.kind === 'path') return [String(operand.path[0])];
  return operand.kind === 'call' ? operand.args.flatMap(operandNames) : [];
};

const namesIn = (condition: BoundCondition): string[] => {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return [...namesIn(condition.left), ...namesIn(condition.right)];
    case 'not':
      return namesIn(condition.inner);
    case 'compare':
      return [condition.left, condition.right].flatMap(operandNames);
    case 'between':
      return [condition.value, condition.low, condition.high].flatMap(operandNames);
    case 'in':
      return [condition.value, ...condition.list].flatMap(operandNames);
    case 'call':
      return condition.args.flatMap(operandNames);
  }
};

const noKeysIn = (filter: BoundCondition | undefined, { keys }: Source): void => {
  const key = filter && namesIn(filter).find((name) => keys.names.includes(name));
  if (key !== undefined) throw invalid(`Filter Expression can only contain non-primary key attributes: Primary key attribute: ${key}`);
};

const WITH_VALUES = ['FilterExpression', 'KeyConditionExpression'];
const WITH_NAMES = ['ProjectionExpression'];

export const query = (context: Context, input: Input): Output => {
  const fill = new Placeholders(input, WITH_VALUES, WITH_NAMES);
  const filter = readCondition(input, 'FilterExpression', fill);
  const projection = readProjection(input, 'ProjectionExpression', fill);
  const condition = readCondition(input, 'KeyConditionExpression', fill);
  if (!condition) throw invalid('Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.');
  fill.allUsed();
  const source = sourceOf(context, input);
  checkSelect(input, source, projection);
  const range = keyRangeOf(condition, source.keys, fill.values);
  noKeysIn(filter, source);
  const start = startOf(input, source);
  startWithin(start, range);
  const entries = walk(source, range, start, input['ScanIndexForward'] !== false);
  return readPage(context, input, { source, entries, filter, values: fill.values, projection });
};
