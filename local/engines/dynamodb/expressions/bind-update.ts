import { isSet, type Type, typeOf } from '../values/attribute.ts';
import { needsPath, wrongCount, wrongType } from './operand-checks.ts';
import type { Placeholders, Values } from './placeholders.ts';
import { type Action, type Operand, type Path, pathText, type Term, UPDATE_FUNCTIONS } from './syntax.ts';
import { ExpressionError } from './tokens.ts';

export type BoundTerm =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly BoundTerm[] }
  | { readonly kind: 'sum'; readonly operator: '+' | '-'; readonly left: BoundTerm; readonly right: BoundTerm };

export type BoundAction =
  | { readonly kind: 'set'; readonly path: Path; readonly term: BoundTerm }
  | { readonly kind: 'remove'; readonly path: Path }
  | { readonly kind: 'add' | 'delete'; readonly path: Path; readonly value: string };

const term = (source: Term | Operand, fill: Placeholders): BoundTerm => {
  switch (source.kind) {
    case 'path':
      return { kind: 'path', path: fill.path(source.path) };
    case 'value':
      return source;
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
  return { kind: action.kind, path, value: action.value };
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

const typeIn = (values: Values, name: string): Type | undefined => {
  const value = values.get(name);
  return value && typeOf(value);
};

const operandType = ({ kind, value }: BoundAction & { kind: 'add' | 'delete' }, values: Values): void => {
  const type = typeIn(values, value) as Type;
  if (isSet(type) || (kind === 'add' && type === 'N')) return;
  throw new ExpressionError(
    `Incorrect operand type for operator or function; operator: ${kind.toUpperCase()}, operand type: ${WORDS[type]}`,
  );
};

const literal = (name: string, operand: BoundTerm, wanted: string, values: Values): void => {
  const type = operand.kind === 'value' ? typeIn(values, operand.name) : undefined;
  if (type !== undefined && type !== wanted) throw wrongType(name, type);
};

const checkTerm = (source: BoundTerm, values: Values): void => {
  if (source.kind === 'sum') {
    for (const side of [source.left, source.right]) {
      literal(source.operator, side, 'N', values);
      checkTerm(side, values);
    }
  }
  if (source.kind !== 'call') return;
  if (source.args.length !== UPDATE_FUNCTIONS[source.name]) throw wrongCount(source.name, source.args.length);
  if (source.name === 'if_not_exists' && source.args[0]?.kind !== 'path') throw needsPath(source.name);
  for (const arg of source.args) {
    if (source.name === 'list_append') literal(source.name, arg, 'L', values);
    checkTerm(arg, values);
  }
};

/** Throws an ExpressionError for names that stand for nothing and paths that overlap. */
export const bindUpdate = (source: readonly Action[], fill: Placeholders): readonly BoundAction[] => {
  const actions = source.map((action) => bind(action, fill));
  apart(actions);
  return actions;
};

/** Throws an ExpressionError for values of a type that their operator cannot take. */
export const checkUpdate = (actions: readonly BoundAction[], values: Values): void => {
  for (const action of actions) if (action.kind === 'add' || action.kind === 'delete') operandType(action, values);
  for (const action of actions) if (action.kind === 'set') checkTerm(action.term, values);
};
