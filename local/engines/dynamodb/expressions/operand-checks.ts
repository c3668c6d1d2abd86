import { type AttributeValue, TYPES, type Type, typeOf } from '../values/attribute.ts';
import { compare } from '../values/compare.ts';
import type { BoundCondition, BoundOperand } from './bind-condition.ts';
import { CONDITION_FUNCTIONS, type Path, pathText } from './syntax.ts';
import { ExpressionError } from './tokens.ts';

const literalOf = (operand: BoundOperand | undefined): AttributeValue | undefined =>
  operand?.kind === 'value' ? operand.value : undefined;

const literalType = (operand: BoundOperand | undefined): Type | undefined => {
  const value = literalOf(operand);
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

const checkCall = (name: string, args: readonly BoundOperand[]): void => {
  if (args.length !== CONDITION_FUNCTIONS[name]) throw wrongCount(name, args.length);
  for (const arg of args) checkOperand(arg);
  distinct(name, args);
  const [first, second] = args;
  if (name.startsWith('attribute_') && first?.kind !== 'path') throw needsPath(name);
  if (name === 'attribute_type') attributeType(literalOf(second));
  const types = name === 'begins_with' ? [literalType(first), literalType(second)] : name === 'size' ? [literalType(first)] : [];
  const refused = name === 'size' ? ['N', 'BOOL', 'NULL'] : ['N', 'BOOL', 'NULL', 'SS', 'NS', 'BS', 'L', 'M'];
  const bad = types.find((type) => type !== undefined && refused.includes(type));
  if (bad) throw wrongType(name, bad);
};

const checkOperand = (operand: BoundOperand): void => {
  if (operand.kind === 'call') checkCall(operand.name, operand.args);
};

const ORDERED: ReadonlySet<string> = new Set<Type>(['S', 'N', 'B']);

const checkOrdered = (operator: string, operands: readonly BoundOperand[]): void => {
  const bad = operands.map(literalType).find((type) => type !== undefined && !ORDERED.has(type));
  if (bad) throw wrongType(operator, bad);
};

/** What only the values can show: operands of the wrong type or number, bounds the wrong way round. */
export const checkBound = (condition: BoundCondition): void => {
  switch (condition.kind) {
    case 'and':
    case 'or':
      checkBound(condition.left);
      checkBound(condition.right);
      return;
    case 'not':
      checkBound(condition.inner);
      return;
    case 'call':
      checkCall(condition.name, condition.args);
      return;
    case 'compare': {
      const operands = [condition.left, condition.right];
      for (const operand of operands) checkOperand(operand);
      distinct(condition.operator, operands);
      if (condition.operator !== '=' && condition.operator !== '<>') checkOrdered(condition.operator, operands);
      return;
    }
    case 'between': {
      const operands = [condition.value, condition.low, condition.high];
      for (const operand of operands) checkOperand(operand);
      const [low, high] = [literalOf(condition.low), literalOf(condition.high)];
      if (low && high) bounds(low, high);
      checkOrdered('BETWEEN', operands);
      return;
    }
    case 'in':
      for (const operand of [condition.value, ...condition.list]) checkOperand(operand);
      if (condition.list.length > 100) throw wrongCount('IN', condition.list.length + 1);
  }
};
