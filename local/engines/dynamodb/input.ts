import { constraint, invalid, unreadable } from './faults.ts';

export type Input = Readonly<Record<string, unknown>>;
export type Output = Record<string, unknown>;

/** What a member of a request may be: a kind of JSON or one of some words. */
type Kind = 'string' | 'boolean' | 'integer' | 'list' | 'map' | readonly string[];
export type Shape = Readonly<Record<string, Kind>>;

const kindOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'object' ? 'map' : typeof value;
};

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

const checkMember = (name: string, value: unknown, kind: Kind): void => {
  const wanted = typeof kind === 'string' ? kind : 'string';
  if (kindOf(value) !== wanted) throw unreadable(`${name} must be of type ${wanted}, not ${kindOf(value)}`);
  if (typeof kind !== 'string' && !kind.includes(value as string)) {
    throw constraint(value, lowerFirst(name), `Member must satisfy enum value set: [${kind.join(', ')}]`);
  }
};

/** Every member of a request is known and of its kind: nothing that a caller asks for is silently left out. */
export const checkShape = (what: string, input: Input, shape: Shape, required: readonly string[]): void => {
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined || value === null) continue;
    const kind = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (!kind)
      throw invalid(`The local DynamoDB engine does not cover the member ${name} of ${what}; see local/engines/dynamodb/README.md`);
    checkMember(name, value, kind);
  }
  const missing = required.find((name) => input[name] === undefined || input[name] === null);
  if (missing) throw constraint(null, lowerFirst(missing), 'Member must not be null');
};

/** Members of checked input. Absent and null are the same, as on the wire. */
export const text = (input: Input, name: string): string | undefined => (input[name] as string | null | undefined) ?? undefined;
export const flag = (input: Input, name: string): boolean => input[name] === true;
export const integer = (input: Input, name: string): number | undefined => (input[name] as number | null | undefined) ?? undefined;
export const list = (input: Input, name: string): readonly unknown[] => (input[name] as readonly unknown[] | undefined) ?? [];
export const map = (input: Input, name: string): Input => (input[name] as Input | undefined) ?? {};

/** An element of a list or map of structures. */
export const structure = (value: unknown, what: string): Input => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unreadable(`${what} must be a structure`);
  return value as Input;
};
