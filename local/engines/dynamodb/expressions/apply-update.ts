import { invalid } from '../faults.ts';
import { type AttributeValue, assign, freeze, type Item, isSet, membersOf, typeOf } from '../values/attribute.ts';
import { addNumbers, subtractNumbers } from '../values/decimal.ts';
import type { BoundAction, BoundTerm } from './bind-update.ts';
import { replaced, valueAt } from './document.ts';
import type { Values } from './placeholders.ts';
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
const compute = (term: BoundTerm, item: Item, values: Values): AttributeValue => {
  switch (term.kind) {
    case 'value':
      return values.get(term.name) as AttributeValue;
    case 'path': {
      const value = valueAt(item, term.path);
      if (value === undefined) throw invalid('The provided expression refers to an attribute that does not exist in the item');
      return value;
    }
    case 'sum': {
      const [left, right] = [number(compute(term.left, item, values)), number(compute(term.right, item, values))];
      return { N: term.operator === '+' ? addNumbers(left, right) : subtractNumbers(left, right) };
    }
    case 'call': {
      const [first, second] = term.args as readonly [BoundTerm, BoundTerm];
      if (term.name === 'list_append') return { L: [...list(compute(first, item, values)), ...list(compute(second, item, values))] };
      return (first.kind === 'path' && valueAt(item, first.path)) || compute(second, item, values);
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

const afterwards = (action: BoundAction, item: Item, values: Values): AttributeValue | undefined => {
  if (action.kind === 'set') return compute(action.term, item, values);
  if (action.kind === 'remove') return undefined;
  const old = valueAt(item, action.path);
  const value = values.get(action.value) as AttributeValue;
  return action.kind === 'add' ? added(old, value) : old && without(old, value);
};

const position = ({ path }: Change): number => {
  const last = path.at(-1);
  return typeof last === 'number' ? last : 0;
};

/** Writes go first, low positions before high ones, so that elements past a list's end are appended in order; removals
 * follow from the highest position down, so that each means the position it named. */
const inOrder = (changes: readonly Change[]): readonly Change[] => {
  const writes = changes.filter(({ value }) => value !== undefined).sort((a, b) => position(a) - position(b));
  const removals = changes.filter(({ value }) => value === undefined).sort((a, b) => position(b) - position(a));
  return [...writes, ...removals];
};

const parentExists = (item: Item, path: Path): boolean => {
  const parent = valueAt(item, path.slice(0, -1));
  return parent !== undefined && (typeof path.at(-1) === 'number' ? 'L' in parent : 'M' in parent);
};

const withoutNames = (item: Item, names: ReadonlySet<string>): Item => {
  const left: Record<string, AttributeValue> = {};
  for (const name of Object.keys(item)) if (!names.has(name)) assign(left, name, item[name] as AttributeValue);
  return left;
};

const changed = (item: Item, changes: readonly Change[]): Item => {
  const draft: Record<string, AttributeValue> = { ...item };
  let gone: Set<string> | undefined;
  for (const { path, value } of changes) {
    const name = path[0] as string;
    if (path.length > 1) {
      if (!parentExists(draft, path)) throw noSuchPath();
      const whole = replaced(draft[name], path, 1, value);
      if (whole) assign(draft, name, freeze(whole));
    } else if (value) assign(draft, name, freeze(value));
    // Deleting would make the object a slow one for all who read it.
    else gone = (gone ?? new Set()).add(name);
  }
  return Object.freeze(gone ? withoutNames(draft, gone) : draft);
};

/**
 * The item after the update, frozen; throws a ValidationException where a path or an operand does not fit the item.
 * All values come from the item as it was.
 */
export const applyUpdate = (actions: readonly BoundAction[], item: Item, values: Values): Item => {
  const changes = actions.map((action): Change => ({ path: action.path, value: afterwards(action, item, values) }));
  return changed(item, changes.some(({ path }) => path.length > 1) ? inOrder(changes) : changes);
};
