import { absent, constraint, invalid, unreadable } from './faults.ts';

export type Input = Readonly<Record<string, unknown>>;
export type Output = Record<string, unknown>;

/** What a member of a request may be: a kind of JSON or one of some words. */
type Kind = 'string' | 'boolean' | 'integer' | 'list' | 'map' | readonly string[];
/** The members of a structure. */
export type Shape = ReadonlyMap<string, Kind>;

export const shape = (members: Readonly<Record<string, Kind>>): Shape => new Map(Object.entries(members));

const kindOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'object' ? 'map' : typeof value;
};

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

const fitsKind = (value: unknown, kind: Kind): boolean => {
  switch (kind) {
    case 'string':
    case 'boolean':
      return typeof value === kind;
    case 'map':
      return typeof value === 'object' && !Array.isArray(value);
    case 'list':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return kind.includes(value as string);
  }
};

const misfit = (name: string, value: unknown, kind: Kind) => {
  const wanted = typeof kind === 'string' ? kind : 'string';
  if (typeof kind === 'string' || typeof value !== 'string') return unreadable(`${name} must be of type ${wanted}, not ${kindOf(value)}`);
  return constraint(value, lowerFirst(name), `Member must satisfy enum value set: [${kind.join(', ')}]`);
};

/** Every member of a request is known and of its kind: nothing that a caller asks for is silently left out. */
export const checkShape = (what: string, input: Input, members: Shape, required: readonly string[]): void => {
  for (const name of Object.keys(input)) {
    const value = input[name];
    if (value === undefined || value === null) continue;
    const kind = members.get(name);
    if (!kind)
      throw invalid(`The local DynamoDB engine does not cover the member ${name} of ${what}; see local/engines/dynamodb/README.md`);
    if (!fitsKind(value, kind)) throw misfit(name, value, kind);
  }
  const missing = required.filter((name) => input[name] === undefined || input[name] === null);
  if (missing.length > 0) throw absent(missing.map(lowerFirst));
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
