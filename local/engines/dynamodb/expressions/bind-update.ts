import { type AttributeValue, isSet, typeOf } from '../values/attribute.ts';
import { needsPath, wrongCount, wrongType } from './operand-checks.ts';
import type { Placeholders } from './placeholders.ts';
import { type Action, type Operand, type Path, pathText, type Term, UPDATE_FUNCTIONS } from './syntax.ts';
import { ExpressionError } from './tokens.ts';

export type BoundTerm =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: AttributeValue }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly BoundTerm[] }
  | { readonly kind: 'sum'; readonly operator: '+' | '-'; readonly left: BoundTerm; readonly right: BoundTerm };

export type BoundAction =
  | { readonly kind: 'set'; readonly path: Path; readonly term: BoundTerm }
  | { readonly kind: 'remove'; readonly path: Path }
  | { readonly kind: 'add' | 'delete'; readonly path: Path; readonly value: AttributeValue };

const term = (source: Term | Operand, fill: Placeholders): BoundTerm => {
  switch (source.kind) {
    case 'path':
      return { kind: 'path', path: fill.path(source.path) };
    case 'value':
      return { kind: 'value', value: fill.value(source.name) };
    case 'call':
      return { kind: 'call', name: source.name, args: source.args.map((arg) => term(arg, fill)) };
    case 'sum':
      return { kind: 'sum', operator: source.operator, left: term(source.left, fill), right: term(source.right, fill) };
  }
};

const bind = (action: Action, fill: Placeholders): BoundAction => {
  const path = fill.path(action.path);
  if (action.kind === 'set') return { kind: 'set', path, term: term(action.term, fill) };
  if (action.kind === 'remove') return { kind: 'remove', path };
  return { kind: action.kind, path, value: fill.value(action.value) };
};

const comparePaths = (one: Path, two: Path): void => {
  const paths = `must remove or rewrite one of these paths; path one: ${pathText(one)}, path two: ${pathText(two)}`;
  for (let at = 0; at < Math.min(one.length, two.length); at += 1) {
    if (typeof one[at] !== typeof two[at]) throw new ExpressionError(`Two document paths conflict with each other; ${paths}`);
    if (one[at] !== two[at]) return;
  }
  throw new ExpressionError(`Two document paths overlap with each other; ${paths}`);
};

const apart = (actions: readonly BoundAction[]): void => {
  actions.forEach(({ path }, at) => {
    for (const earlier of actions.slice(0, at)) comparePaths(earlier.path, path);
  });
};

const WORDS: Readonly<Record<string, string>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  BOOL: 'BOOLEAN',
  NULL: 'NULL',
  L: 'LIST',
  M: 'MAP',
};

const operandType = ({ kind, value }: BoundAction & { kind: 'add' | 'delete' }): void => {
  const type = typeOf(value);
  if (isSet(type) || (kind === 'add' && type === 'N')) return;
  throw new ExpressionError(
    `Incorrect operand type for operator or function; operator: ${kind.toUpperCase()}, operand type: ${WORDS[type]}`,
  );
};

const literal = (name: string, operand: BoundTerm, wanted: string): void => {
  const type = operand.kind === 'value' ? typeOf(operand.value) : undefined;
  if (type !== undefined && type !== wanted) throw wrongType(name, type);
};

const checkTerm = (source: BoundTerm): void => {
  if (source.kind === 'sum') {
    for (const side of [source.left, source.right]) {
      literal(source.operator, side, 'N');
      checkTerm(side);
    }
  }
  if (source.kind !== 'call') return;
  if (source.args.length !== UPDATE_FUNCTIONS[source.name]) throw wrongCount(source.name, source.args.length);
  if (source.name === 'if_not_exists' && source.args[0]?.kind !== 'path') throw needsPath(source.name);
  for (const arg of source.args) {
    if (source.name === 'list_append') literal(source.name, arg, 'L');
    checkTerm(arg);
  }
};

/** Throws an ExpressionError for undefined placeholders, paths that overlap, and literals of a type their operator cannot take. */
export const bindUpdate = (source: readonly Action[], fill: Placeholders): readonly BoundAction[] => {
  const actions = source.map((action) => bind(action, fill));
  apart(actions);
  for (const action of actions) if (action.kind === 'add' || action.kind === 'delete') operandType(action);
  for (const action of actions) if (action.kind === 'set') checkTerm(action.term);
  return actions;
};
