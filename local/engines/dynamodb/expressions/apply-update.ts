import { invalid } from '../faults.ts';
import { type AttributeValue, type Item, isSet, membersOf, typeOf } from '../values/attribute.ts';
import { addNumbers, subtractNumbers } from '../values/decimal.ts';
import type { BoundAction, BoundTerm } from './bind-update.ts';
import { valueAt, withValueAt } from './document.ts';
import type { Path } from './syntax.ts';

const wrongOperand = () => invalid('An operand in the update expression has an incorrect data type');
const noSuchPath = () => invalid('The document path provided in the update expression is invalid for update');

const number = (value: AttributeValue): string => {
  if (!('N' in value)) throw wrongOperand();
  return value.N;
};

const list = (value: AttributeValue): readonly AttributeValue[] => {
  if (!('L' in value)) throw wrongOperand();
  return value.L;
};

/** A SET's right side, from the item as it was before the update. */
const compute = (term: BoundTerm, item: Item): AttributeValue => {
  switch (term.kind) {
    case 'value':
      return term.value;
    case 'path': {
      const value = valueAt(item, term.path);
      if (value === undefined) throw invalid('The provided expression refers to an attribute that does not exist in the item');
      return value;
    }
    case 'sum': {
      const [left, right] = [number(compute(term.left, item)), number(compute(term.right, item))];
      return { N: term.operator === '+' ? addNumbers(left, right) : subtractNumbers(left, right) };
    }
    case 'call': {
      const [first, second] = term.args as readonly [BoundTerm, BoundTerm];
      if (term.name === 'list_append') return { L: [...list(compute(first, item)), ...list(compute(second, item))] };
      return (first.kind === 'path' && valueAt(item, first.path)) || compute(second, item);
    }
  }
};

const setOf = (like: AttributeValue, members: readonly string[]): AttributeValue =>
  ({ [typeOf(like)]: members }) as unknown as AttributeValue;

const added = (old: AttributeValue | undefined, value: AttributeValue): AttributeValue => {
  if (old === undefined) return value;
  if (typeOf(old) !== typeOf(value)) throw wrongOperand();
  if ('N' in value) return { N: addNumbers(number(old), value.N) };
  return setOf(value, [...new Set([...membersOf(old), ...membersOf(value)])]);
};

/** Undefined when the set is left without members, which takes the attribute away. */
const without = (old: AttributeValue, value: AttributeValue): AttributeValue | undefined => {
  if (typeOf(old) !== typeOf(value) || !isSet(typeOf(old))) throw wrongOperand();
  const gone = new Set(membersOf(value));
  const left = membersOf(old).filter((member) => !gone.has(member));
  return left.length > 0 ? setOf(old, left) : undefined;
};

interface Change {
  readonly path: Path;
  readonly value: AttributeValue | undefined;
}

const changeOf = (action: BoundAction, item: Item): Change => {
  if (action.kind === 'set') return { path: action.path, value: compute(action.term, item) };
  if (action.kind === 'remove') return { path: action.path, value: undefined };
  const old = valueAt(item, action.path);
  if (action.kind === 'add') return { path: action.path, value: added(old, action.value) };
  return { path: action.path, value: old && without(old, action.value) };
};

const position = ({ path }: Change): number => {
  const last = path.at(-1);
  return typeof last === 'number' ? last : 0;
};

const parentExists = (item: Item, path: Path): boolean => {
  const parent = path.length > 1 ? valueAt(item, path.slice(0, -1)) : undefined;
  return path.length === 1 || (parent !== undefined && (typeof path.at(-1) === 'number' ? 'L' in parent : 'M' in parent));
};

/**
 * The item after the update; throws a ValidationException where a path or an operand does not fit the item.
 * All values come from the item as it was. Writes go first, low positions before high ones, so that elements past a list's
 * end are appended in order; removals follow from the highest position down, so that each means the position it named.
 */
export const applyUpdate = (actions: readonly BoundAction[], item: Item): Item => {
  const changes = actions.map((action) => changeOf(action, item));
  const writes = changes.filter(({ value }) => value !== undefined).sort((a, b) => position(a) - position(b));
  const removals = changes.filter(({ value }) => value === undefined).sort((a, b) => position(b) - position(a));
  let result = item;
  for (const { path, value } of [...writes, ...removals]) {
    if (!parentExists(item, path)) throw noSuchPath();
    result = withValueAt(result, path, value) ?? result;
  }
  return result;
};
