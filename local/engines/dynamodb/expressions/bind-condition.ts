import type { AttributeValue } from '../values/attribute.ts';
import { checkBound } from './operand-checks.ts';
import type { Placeholders } from './placeholders.ts';
import type { Comparator, Condition, Operand, Path } from './syntax.ts';

/** A condition with its placeholders filled in: ready to be asked of items. */
export type BoundOperand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: AttributeValue }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly BoundOperand[] };

export type BoundCondition =
  | { readonly kind: 'and' | 'or'; readonly left: BoundCondition; readonly right: BoundCondition }
  | { readonly kind: 'not'; readonly inner: BoundCondition }
  | { readonly kind: 'compare'; readonly operator: Comparator; readonly left: BoundOperand; readonly right: BoundOperand }
  | { readonly kind: 'between'; readonly value: BoundOperand; readonly low: BoundOperand; readonly high: BoundOperand }
  | { readonly kind: 'in'; readonly value: BoundOperand; readonly list: readonly BoundOperand[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly BoundOperand[] };

const operand = (source: Operand, fill: Placeholders): BoundOperand => {
  if (source.kind === 'path') return { kind: 'path', path: fill.path(source.path) };
  if (source.kind === 'value') return { kind: 'value', value: fill.value(source.name) };
  return { kind: 'call', name: source.name, args: source.args.map((arg) => operand(arg, fill)) };
};

const bind = (source: Condition, fill: Placeholders): BoundCondition => {
  switch (source.kind) {
    case 'and':
    case 'or':
      return { kind: source.kind, left: bind(source.left, fill), right: bind(source.right, fill) };
    case 'not':
      return { kind: 'not', inner: bind(source.inner, fill) };
    case 'compare':
      return { kind: 'compare', operator: source.operator, left: operand(source.left, fill), right: operand(source.right, fill) };
    case 'between':
      return { kind: 'between', value: operand(source.value, fill), low: operand(source.low, fill), high: operand(source.high, fill) };
    case 'in':
      return { kind: 'in', value: operand(source.value, fill), list: source.list.map((member) => operand(member, fill)) };
    case 'call':
      return { kind: 'call', name: source.name, args: source.args.map((arg) => operand(arg, fill)) };
  }
};

/** Throws an ExpressionError for a placeholder that stands for nothing or an operand that its operator cannot take. */
export const bindCondition = (source: Condition, fill: Placeholders): BoundCondition => {
  const bound = bind(source, fill);
  checkBound(bound);
  return bound;
};
