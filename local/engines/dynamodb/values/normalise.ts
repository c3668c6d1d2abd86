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
  for (const [name, child] of Object.entries(value)) if (child !== undefined) assign(copy, name, normaliseValue(child, depth + 1));
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

/** A caller's attribute value, checked, copied into the stored form and frozen. */
export const normaliseValue = (value: unknown, depth = 0): AttributeValue => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw unreadable('Expected an attribute value like {"S": "text"}');
  if (depth > DEEPEST) {
    throw invalid('Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit');
  }
  const given = Object.entries(value).filter(([, content]) => content !== undefined && content !== null);
  const [first, second] = given;
  const unknown = given.find(([type]) => !TYPES.has(type));
  if (!first || unknown) throw invalid('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  if (second) {
    throw invalid('Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes');
  }
  return Object.freeze(of(first[0] as Type, first[1], depth));
};

/** A caller's item or key: its own copy, so that neither side can change the other's. */
export const normaliseItem = (value: unknown): Item => map(value, -1);
