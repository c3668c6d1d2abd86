/** DynamoDB's attribute value as it is stored: frozen, numbers canonical, binary as base64 text. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly M: Item }
  | { readonly L: readonly AttributeValue[] }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] };

export type Item = { readonly [name: string]: AttributeValue };
export type Type = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'M' | 'L' | 'SS' | 'NS' | 'BS';

export const TYPES: ReadonlySet<string> = new Set<Type>(['S', 'N', 'B', 'BOOL', 'NULL', 'M', 'L', 'SS', 'NS', 'BS']);

export const typeOf = (value: AttributeValue): Type => {
  for (const type in value) return type as Type;
  throw new Error('an attribute value without a type was stored; normalise() must let none through');
};

export const isSet = (type: Type): boolean => type === 'SS' || type === 'NS' || type === 'BS';

/** The members of a set value. */
export const membersOf = (value: AttributeValue): readonly string[] =>
  'SS' in value ? value.SS : 'NS' in value ? value.NS : 'BS' in value ? value.BS : [];

/** An attribute by name; a plain lookup would find `constructor` in every item. */
export const attribute = (item: Item, name: string): AttributeValue | undefined => (Object.hasOwn(item, name) ? item[name] : undefined);

/** Sets an attribute on an item under construction; a plain assignment to `__proto__` would change the object instead. */
export const assign = (target: Record<string, AttributeValue>, name: string, value: AttributeValue): void => {
  if (name === '__proto__') Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  else target[name] = value;
};

/** Freezes a value and everything in it. What is frozen already was frozen whole. */
export const freeze = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const child of Object.values(value)) freeze(child);
  return Object.freeze(value);
};
