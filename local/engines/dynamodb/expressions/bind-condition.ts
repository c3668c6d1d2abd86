import type { Placeholders } from './placeholders.ts';
import type { Comparator, Condition, Operand, Path } from './syntax.ts';

/** A condition with its names filled in. Values stay placeholders, so that one binding serves every request. */
export type BoundOperand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly name: string }
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
  if (source.kind === 'value') return source;
  return { kind: 'call', name: source.name, args: source.args.map((arg) => operand(arg, fill)) };
};

/** Throws an ExpressionError for a name that stands for nothing. */
export const bindCondition = (source: Condition, fill: Placeholders): BoundCondition => {
  switch (source.kind) {
    case 'and':
    case 'or':
      return { kind: source.kind, left: bindCondition(source.left, fill), right: bindCondition(source.right, fill) };
    case 'not':
      return { kind: 'not', inner: bindCondition(source.inner, fill) };
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
