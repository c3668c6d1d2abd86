import type { Ast } from '../reads.ts';
import { belowInput } from '../reads.ts';

export type Value = string | number | boolean | null | undefined | readonly Value[];

/** The expression is more than a condition may be, so nobody could say beforehand when it holds. */
export class TooClever extends Error {}
/** JSONata would fail where it compares these. */
export class Unlike extends Error {}

export type Reading = (path: readonly string[]) => Value;

interface Binary {
  readonly value: string;
  readonly lhs: Ast;
  readonly rhs: Ast;
}

/** JSONata's own notion of truth for a scalar; nothing stays nothing. */
const truth = (value: Value): boolean | undefined => {
  if (value === undefined) return undefined;
  return Array.isArray(value) ? value.some((one) => truth(one) === true) : Boolean(value);
};

/** Nothing is neither less nor more than anything, and a text is not comparable with a number. */
const compare = (operator: string, left: Value, right: Value): boolean | undefined => {
  if (left === undefined || right === undefined) return undefined;
  if (typeof left !== typeof right || !['number', 'string'].includes(typeof left))
    throw new Unlike(`${String(left)} ${operator} ${String(right)}`);
  const [a, b] = [left as number, right as number];
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  return operator === '>' ? a > b : a >= b;
};

const binary = ({ value: operator, lhs, rhs }: Binary, read: Reading): Value => {
  const left = evaluate(lhs, read);
  if (operator === 'and') return truth(left) === true && truth(evaluate(rhs, read)) === true;
  if (operator === 'or') return truth(left) === true || truth(evaluate(rhs, read)) === true;
  const right = evaluate(rhs, read);
  const known = left !== undefined && right !== undefined;
  if (operator === '=') return known && left === right;
  if (operator === '!=') return known && left !== right;
  if (operator === 'in') return known && (Array.isArray(right) ? right.includes(left) : right === left);
  if (['<', '<=', '>', '>='].includes(operator)) return compare(operator, left, right);
  throw new TooClever(operator);
};

const call = ({ procedure, arguments: given }: { procedure: Ast; arguments: readonly Ast[] }, read: Reading): Value => {
  const [only] = given;
  if (given.length !== 1 || only === undefined) throw new TooClever(`$${String(procedure.value)}`);
  const value = evaluate(only, read);
  if (procedure.value === 'exists') return value !== undefined;
  if (procedure.value !== 'not' && procedure.value !== 'boolean') throw new TooClever(`$${String(procedure.value)}`);
  const held = truth(value);
  return procedure.value === 'not' && held !== undefined ? !held : held;
};

/**
 * The value of a condition, as JSONata would have it: the words of workflows/language/condition.ts and no more, so that it can be
 * decided at compile time. Throws `TooClever` on anything else, `Unlike` where JSONata would fail.
 */
export const evaluate = (ast: Ast, read: Reading): Value => {
  const path = belowInput(ast);
  if (path) return read(path);
  if (ast.type === 'string' || ast.type === 'number' || ast.type === 'value') return ast.value as Value;
  if (ast.type === 'binary') return binary(ast as unknown as Binary, read);
  if (ast.type === 'function') return call(ast as never, read);
  const { expressions } = ast as { expressions?: readonly Ast[] };
  if (ast.type === 'block' && expressions?.length === 1 && expressions[0]) return evaluate(expressions[0], read);
  if (ast.type === 'unary' && ast.value === '[' && expressions) return expressions.map((one) => evaluate(one, read));
  throw new TooClever(String(ast.value ?? ast.type));
};
