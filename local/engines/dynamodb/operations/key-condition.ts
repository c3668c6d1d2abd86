import type { BoundCondition, BoundOperand } from '../expressions/bind-condition.ts';
import type { Values } from '../expressions/placeholders.ts';
import type { Comparator } from '../expressions/syntax.ts';
import { invalid, invalidParameter } from '../faults.ts';
import type { KeyAttribute, KeySchema } from '../tables/definition.ts';
import type { AttributeValue } from '../values/attribute.ts';
import { orderOf } from '../values/compare.ts';

/** One key attribute compared with values: `operator` as if the attribute stood on the left. */
interface KeyTest {
  readonly name: string;
  readonly operator: Comparator | 'between' | 'begins_with';
  readonly values: readonly AttributeValue[];
}

/** Which part of a partition a query reads. Orders are inclusive unless said; `prefix` bounds from above what starts with it. */
export interface KeyRange {
  readonly partition: string;
  readonly low: { readonly order: string; readonly open: boolean } | undefined;
  readonly high: { readonly order: string; readonly open: boolean } | undefined;
  readonly prefix: string | undefined;
}

const refused = (message: string) => invalid(`Invalid KeyConditionExpression: ${message}`);
const unsupported = () => invalid('Query key condition not supported');

const MIRROR: Readonly<Record<string, Comparator>> = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

const literal = (operand: BoundOperand, given: Values): AttributeValue => {
  if (operand.kind === 'call') throw refused(`Invalid operator used in KeyConditionExpression: ${operand.name}`);
  if (operand.kind === 'path') throw refused('Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition');
  return given.get(operand.name) as AttributeValue;
};

const nameOf = (operand: BoundOperand | undefined): string => {
  if (operand?.kind === 'call') throw refused(`Invalid operator used in KeyConditionExpression: ${operand.name}`);
  if (operand?.kind !== 'path') throw refused('Invalid condition in KeyConditionExpression: No key attribute specified');
  if (operand.path.length > 1) throw refused('KeyConditionExpressions cannot have conditions on nested attributes');
  return operand.path[0] as string;
};

const testsOf = (condition: BoundCondition, given: Values): KeyTest[] => {
  switch (condition.kind) {
    case 'and':
      return [...testsOf(condition.left, given), ...testsOf(condition.right, given)];
    case 'compare': {
      if (condition.operator === '<>') throw refused('Invalid operator used in KeyConditionExpression: <>');
      const mirrored = condition.left.kind === 'value' && condition.right.kind === 'path';
      const [key, value] = mirrored ? [condition.right, condition.left] : [condition.left, condition.right];
      const operator = mirrored ? (MIRROR[condition.operator] as Comparator) : condition.operator;
      return [{ name: nameOf(key), operator, values: [literal(value, given)] }];
    }
    case 'between':
      return [
        { name: nameOf(condition.value), operator: 'between', values: [literal(condition.low, given), literal(condition.high, given)] },
      ];
    case 'call': {
      if (condition.name !== 'begins_with') throw refused(`Invalid operator used in KeyConditionExpression: ${condition.name}`);
      const [key, prefix] = condition.args as readonly [BoundOperand, BoundOperand];
      return [{ name: nameOf(key), operator: 'begins_with', values: [literal(prefix, given)] }];
    }
    default:
      throw refused(`Invalid operator used in KeyConditionExpression: ${condition.kind.toUpperCase()}`);
  }
};

const checkValues = ({ values, operator }: KeyTest, { type, name }: KeyAttribute): void => {
  for (const value of values) {
    if (!(type in value)) throw invalidParameter('Condition parameter type does not match schema type');
    const empty = ('S' in value && value.S === '') || ('B' in value && value.B === '');
    // Every text begins with the empty one: there it is a prefix, not a key.
    if (empty && operator !== 'begins_with') {
      const kind = 'S' in value ? 'string' : 'binary';
      throw invalid(
        `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${kind} value. Key: ${name}`,
      );
    }
  }
};

const unbounded = { low: undefined, high: undefined, prefix: undefined };

const rangeOf = (test: KeyTest | undefined): Omit<KeyRange, 'partition'> => {
  if (!test) return unbounded;
  const [first, second] = test.values.map(orderOf) as [string, string?];
  const closed = { order: first, open: false };
  switch (test.operator) {
    case '=':
      return { ...unbounded, low: closed, high: closed };
    case 'between':
      return { ...unbounded, low: closed, high: { order: second ?? first, open: false } };
    case 'begins_with':
      return { ...unbounded, low: closed, prefix: first };
    case '<':
    case '<=':
      return { ...unbounded, high: { order: first, open: test.operator === '<' } };
    default:
      return { ...unbounded, low: { order: first, open: test.operator === '>' } };
  }
};

/** Reads a bound KeyConditionExpression as a range of one partition. */
export const keyRangeOf = (condition: BoundCondition, keys: KeySchema, given: Values): KeyRange => {
  const tests = testsOf(condition, given);
  if (new Set(tests.map(({ name }) => name)).size < tests.length)
    throw refused('KeyConditionExpressions must only contain one condition per key');
  const partition = tests.find(({ name }) => name === keys.partition.name);
  const sort = tests.find(({ name }) => name === keys.sort?.name);
  if (!partition) throw invalid(`Query condition missed key schema element: ${keys.partition.name}`);
  if (tests.length > (sort ? 2 : 1)) {
    throw keys.sort && tests.length === 2 ? invalid(`Query condition missed key schema element: ${keys.sort.name}`) : unsupported();
  }
  if (partition.operator !== '=') throw unsupported();
  checkValues(partition, keys.partition);
  if (sort && keys.sort) checkValues(sort, keys.sort);
  if (sort?.operator === 'begins_with' && keys.sort?.type === 'N') throw unsupported();
  return { partition: orderOf(partition.values[0] as AttributeValue), ...rangeOf(sort) };
};
