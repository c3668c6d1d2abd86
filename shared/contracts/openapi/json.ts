/** A JSON Schema (2020-12) or a part of an OpenAPI document, as plain JSON. */
export type Json = { [name: string]: unknown };

/** Whether a value is a JSON object. */
const isObject = (value: unknown): value is Json => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Every object in a value, itself included. */
export const objectsIn = (value: unknown): Json[] => {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return isObject(value) ? [value, ...Object.values(value).flatMap(objectsIn)] : [];
};

/** Where a value refers to. */
export const refsIn = (value: unknown): string[] => objectsIn(value).flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []));

/** A value with each reference put in other words. */
export const renamed = (value: unknown, rename: (ref: string) => string): unknown => {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === '$ref' && typeof member === 'string' ? rename(member) : renamed(member, rename),
    ]),
  );
};

/** `getStatus` → `GetStatus`, `not-found` → `NotFound`. */
export const pascal = (name: string): string => name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
