import { type AttributeValue, type Item, membersOf, typeOf } from '../values/attribute.ts';
import { bytesOf } from '../values/binary.ts';
import { compare, same } from '../values/compare.ts';
import type { BoundCondition, BoundOperand } from './bind-condition.ts';
import { valueAt } from './document.ts';
import type { Values } from './placeholders.ts';
import type { Comparator } from './syntax.ts';

const sizeOf = (value: AttributeValue | undefined): number | undefined => {
  if (value === undefined) return undefined;
  if ('S' in value) return value.S.length;
  if ('B' in value) return bytesOf(value.B).length;
  if ('L' in value) return value.L.length;
  if ('M' in value) return Object.keys(value.M).length;
  const members = membersOf(value);
  return members.length > 0 ? members.length : undefined;
};

const read = (operand: BoundOperand | undefined, item: Item, values: Values): AttributeValue | undefined => {
  if (operand === undefined) return undefined;
  if (operand.kind === 'value') return values.get(operand.name);
  if (operand.kind === 'path') return valueAt(item, operand.path);
  const size = sizeOf(read(operand.args[0], item, values));
  return size === undefined ? undefined : { N: String(size) };
};

/** Operands that are missing or of different types are unequal and in no order. */
const holds = (operator: Comparator, a: AttributeValue | undefined, b: AttributeValue | undefined): boolean => {
  if (a === undefined || b === undefined) return operator === '<>' && a !== b;
  if (operator === '=') return same(a, b);
  if (operator === '<>') return !same(a, b);
  const order = compare(a, b);
  if (order === undefined) return false;
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
};

const beginsWith = (value: AttributeValue, prefix: AttributeValue): boolean => {
  if ('S' in value && 'S' in prefix) return value.S.startsWith(prefix.S);
  if ('B' in value && 'B' in prefix) return bytesOf(value.B).toString('latin1').startsWith(bytesOf(prefix.B).toString('latin1'));
  return false;
};

const contains = (value: AttributeValue, part: AttributeValue): boolean => {
  if ('L' in value) return value.L.some((element) => same(element, part));
  if ('S' in value) return 'S' in part && value.S.includes(part.S);
  if ('B' in value) return 'B' in part && bytesOf(value.B).includes(bytesOf(part.B));
  const type = typeOf(part);
  return typeOf(value) === `${type}S` && membersOf(value).includes(Object.values(part)[0] as string);
};

const call = (name: string, [first, second]: readonly BoundOperand[], item: Item, values: Values): boolean => {
  const value = read(first, item, values);
  if (name === 'attribute_exists') return value !== undefined;
  if (name === 'attribute_not_exists') return value === undefined;
  const argument = read(second, item, values);
  if (value === undefined || argument === undefined) return false;
  if (name === 'attribute_type') return 'S' in argument && typeOf(value) === argument.S;
  return name === 'begins_with' ? beginsWith(value, argument) : contains(value, argument);
};

/** Whether the condition holds of the item; an item that does not exist is the empty one. */
export const evaluate = (condition: BoundCondition, item: Item, values: Values): boolean => {
  switch (condition.kind) {
    case 'and':
      return evaluate(condition.left, item, values) && evaluate(condition.right, item, values);
    case 'or':
      return evaluate(condition.left, item, values) || evaluate(condition.right, item, values);
    case 'not':
      return !evaluate(condition.inner, item, values);
    case 'compare':
      return holds(condition.operator, read(condition.left, item, values), read(condition.right, item, values));
    case 'between': {
      const value = read(condition.value, item, values);
      return holds('>=', value, read(condition.low, item, values)) && holds('<=', value, read(condition.high, item, values));
    }
    case 'in': {
      const value = read(condition.value, item, values);
      return condition.list.some((member) => holds('=', value, read(member, item, values)));
    }
    case 'call':
      return call(condition.name, condition.args, item, values);
  }
};
