import { type AttributeValue, TYPES, type Type, typeOf } from '../values/attribute.ts';
import { compare } from '../values/compare.ts';
import type { BoundCondition, BoundOperand } from './bind-condition.ts';
import type { Values } from './placeholders.ts';
import { CONDITION_FUNCTIONS, type Path, pathText } from './syntax.ts';
import { ExpressionError } from './tokens.ts';

const literalOf = (operand: BoundOperand | undefined, values: Values): AttributeValue | undefined =>
  operand?.kind === 'value' ? values.get(operand.name) : undefined;

const literalType = (operand: BoundOperand | undefined, values: Values): Type | undefined => {
  const value = literalOf(operand, values);
  return value && typeOf(value);
};

export const wrongType = (name: string, type: string): ExpressionError =>
  new ExpressionError(`Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`);

export const wrongCount = (name: string, count: number): ExpressionError =>
  new ExpressionError(`Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${count}`);

export const needsPath = (name: string): ExpressionError =>
  new ExpressionError(`Operator or function requires a document path; operator or function: ${name}`);

const samePath = (a: Path, b: Path): boolean => a.length === b.length && a.every((part, at) => part === b[at]);

const distinct = (name: string, args: readonly BoundOperand[]): void => {
  const [first, second] = args;
  if (args.length !== 2 || first?.kind !== 'path' || second?.kind !== 'path' || !samePath(first.path, second.path)) return;
  throw new ExpressionError(
    `The first operand must be distinct from the remaining operands for this operator or function; operator: ${name}, first operand: ${pathText(first.path)}`,
  );
};

const shown = (value: AttributeValue): string => `AttributeValue: {${typeOf(value)}:${Object.values(value)[0] as string}}`;

const bounds = (low: AttributeValue, high: AttributeValue): void => {
  const operands = `lower bound operand: ${shown(low)}, upper bound operand: ${shown(high)}`;
  if (typeOf(low) !== typeOf(high)) {
    throw new ExpressionError(`The BETWEEN operator requires same data type for lower and upper bounds; ${operands}`);
  }
  if ((compare(low, high) ?? 0) > 0) {
    throw new ExpressionError(`The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${operands}`);
  }
};

const attributeType = (wanted: AttributeValue | undefined): void => {
  if (!wanted || !('S' in wanted)) throw wrongType('attribute_type', wanted ? typeOf(wanted) : '{NS,SS,L,BS,N,M,B,BOOL,NULL,S}');
  if (!TYPES.has(wanted.S)) {
    throw new ExpressionError(`Invalid attribute type name found; type: ${wanted.S}, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`);
  }
};

const checkCall = (name: string, args: readonly BoundOperand[], values: Values): void => {
  if (args.length !== CONDITION_FUNCTIONS[name]) throw wrongCount(name, args.length);
  for (const arg of args) checkOperand(arg, values);
  distinct(name, args);
  const [first, second] = args;
  if (name.startsWith('attribute_') && first?.kind !== 'path') throw needsPath(name);
  if (name === 'attribute_type') attributeType(literalOf(second, values));
  const types =
    name === 'begins_with'
      ? [literalType(first, values), literalType(second, values)]
      : name === 'size'
        ? [literalType(first, values)]
        : [];
  const refused = name === 'size' ? ['N', 'BOOL', 'NULL'] : ['N', 'BOOL', 'NULL', 'SS', 'NS', 'BS', 'L', 'M'];
  const bad = types.find((type) => type !== undefined && refused.includes(type));
  if (bad) throw wrongType(name, bad);
};

const checkOperand = (operand: BoundOperand, values: Values): void => {
  if (operand.kind === 'call') checkCall(operand.name, operand.args, values);
};

const ORDERED: ReadonlySet<string> = new Set<Type>(['S', 'N', 'B']);

const checkOrdered = (operator: string, operands: readonly BoundOperand[], values: Values): void => {
  const bad = operands.map((operand) => literalType(operand, values)).find((type) => type !== undefined && !ORDERED.has(type));
  if (bad) throw wrongType(operator, bad);
};

/** What only the values can show: operands of the wrong type or number, bounds the wrong way round. */
export const checkBound = (condition: BoundCondition, values: Values): void => {
  switch (condition.kind) {
    case 'and':
    case 'or':
      checkBound(condition.left, values);
      checkBound(condition.right, values);
      return;
    case 'not':
      checkBound(condition.inner, values);
      return;
    case 'call':
      checkCall(condition.name, condition.args, values);
      return;
    case 'compare': {
      const operands = [condition.left, condition.right];
      for (const operand of operands) checkOperand(operand, values);
      distinct(condition.operator, operands);
      if (condition.operator !== '=' && condition.operator !== '<>') checkOrdered(condition.operator, operands, values);
      return;
    }
    case 'between': {
      const operands = [condition.value, condition.low, condition.high];
      for (const operand of operands) checkOperand(operand, values);
      const [low, high] = [literalOf(condition.low, values), literalOf(condition.high, values)];
      if (low && high) bounds(low, high);
      checkOrdered('BETWEEN', operands, values);
      return;
    }
    case 'in':
      for (const operand of [condition.value, ...condition.list]) checkOperand(operand, values);
      if (condition.list.length > 100) throw wrongCount('IN', condition.list.length + 1);
  }
};
