import { Cursor } from './cursor.ts';
import { checkActions } from './static-checks.ts';
import { type Action, type Term, UPDATE_FUNCTIONS } from './syntax.ts';
import { ExpressionError } from './tokens.ts';

const SECTIONS = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;
type Section = (typeof SECTIONS)[number];

const bracketed = (cursor: Cursor): Term => {
  if (!cursor.takes('(')) return cursor.operand();
  const inner = term(cursor);
  cursor.expect(')');
  return inner;
};

const term = (cursor: Cursor): Term => {
  const left = bracketed(cursor);
  for (const operator of ['+', '-'] as const) {
    if (cursor.takes(operator)) return { kind: 'sum', operator, left, right: bracketed(cursor) };
  }
  return left;
};

const action = (cursor: Cursor, section: Section): Action => {
  const path = cursor.path();
  switch (section) {
    case 'SET':
      cursor.expect('=');
      return { kind: 'set', path, term: term(cursor) };
    case 'REMOVE':
      return { kind: 'remove', path };
    case 'ADD':
      return { kind: 'add', path, value: cursor.value() };
    case 'DELETE':
      return { kind: 'delete', path, value: cursor.value() };
  }
};

export const parseUpdate = (source: string): readonly Action[] => {
  const cursor = new Cursor(source);
  const actions: Action[] = [];
  const seen = new Set<Section>();
  let repeated: Section | undefined;
  while (cursor.peek().kind !== 'end') {
    const section = SECTIONS.find((name) => cursor.takes(name));
    if (!section) throw cursor.unexpected();
    if (seen.has(section)) repeated ??= section;
    seen.add(section);
    do actions.push(action(cursor, section));
    while (cursor.takes(','));
  }
  checkActions(actions, UPDATE_FUNCTIONS);
  if (repeated) throw new ExpressionError(`The "${repeated}" section can only be used once in an update expression;`);
  return actions;
};
