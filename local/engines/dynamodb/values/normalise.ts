import { invalid, invalidParameter, unreadable } from '../faults.ts';
import { type AttributeValue, assign, type Item, TYPES, type Type } from './attribute.ts';
import { base64Of } from './binary.ts';
import { canonicalNumber } from './decimal.ts';

const DEEPEST = 32;

const text = (value: unknown, what: string): string => {
  if (typeof value !== 'string') throw unreadable(`${what} must be a string`);
  return value;
};

const distinct = (members: string[], type: Type): readonly string[] => {
  if (new Set(members).size === members.length) return Object.freeze(members);
  throw type === 'NS'
    ? invalid('Input collection contains duplicates')
    : invalidParameter(`Input collection [${members.join(', ')}]${type === 'BS' ? 'of type BS' : ''} contains duplicates.`);
};

const NAMES = { SS: 'An string set ', NS: 'An number set ', BS: 'Binary sets ' };

const members = (value: unknown, type: 'SS' | 'NS' | 'BS', one: (member: unknown) => string): readonly string[] => {
  if (!Array.isArray(value)) throw unreadable(`${type} must be a list`);
  if (value.length === 0) throw invalidParameter(`${NAMES[type]}${type === 'BS' ? 'should' : ' may'} not be empty`);
  return distinct(value.map(one), type);
};

const list = (value: unknown, depth: number): readonly AttributeValue[] => {
  if (!Array.isArray(value)) throw unreadable('L must be a list');
  return Object.freeze(value.map((element) => normaliseValue(element, depth + 1)));
};

const map = (value: unknown, depth: number): Item => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unreadable('Expected a map of attribute values');
  const copy: Record<string, AttributeValue> = {};
  for (const name of Object.keys(value)) {
    const child = (value as Record<string, unknown>)[name];
    if (child !== undefined) assign(copy, name, normaliseValue(child, depth + 1));
  }
  return Object.freeze(copy);
};

const of = (type: Type, value: unknown, depth: number): AttributeValue => {
  switch (type) {
    case 'S':
      return { S: text(value, 'S') };
    case 'N':
      return { N: canonicalNumber(text(value, 'N')) };
    case 'B':
      return { B: base64Of(value) };
    case 'BOOL':
      if (typeof value !== 'boolean') throw unreadable('BOOL must be true or false');
      return { BOOL: value };
    case 'NULL':
      if (value !== true) throw invalidParameter('Null attribute value types must have the value of true');
      return { NULL: true };
    case 'M':
      return { M: map(value, depth) };
    case 'L':
      return { L: list(value, depth) };
    case 'SS':
      return { SS: members(value, type, (member) => text(member, 'A member of SS')) };
    case 'NS':
      return { NS: members(value, type, (member) => canonicalNumber(text(member, 'A member of NS'))) };
    case 'BS':
      return { BS: members(value, type, base64Of) };
  }
};

const EMPTY = 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes';
const DOUBLE = 'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes';

/** The one type that a caller's attribute value has. */
const typeGiven = (value: Readonly<Record<string, unknown>>): Type => {
  let type: string | undefined;
  let several = false;
  for (const name in value) {
    if (value[name] === undefined || value[name] === null) continue;
    if (!TYPES.has(name)) throw invalid(EMPTY);
    several = type !== undefined;
    type ??= name;
  }
  if (several) throw invalid(DOUBLE);
  if (type === undefined) throw invalid(EMPTY);
  return type as Type;
};

/** A caller's attribute value, checked, copied into the stored form and frozen. */
export const normaliseValue = (value: unknown, depth = 0): AttributeValue => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw unreadable('Expected an attribute value like {"S": "text"}');
  if (depth > DEEPEST) {
    throw invalid('Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit');
  }
  const type = typeGiven(value as Record<string, unknown>);
  return Object.freeze(of(type, (value as Record<string, unknown>)[type], depth));
};

/** A caller's item or key: its own copy, so that neither side can change the other's. */
export const normaliseItem = (value: unknown): Item => map(value, -1);
