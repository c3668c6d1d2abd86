import jsonata from 'jsonata';
import { bound } from './bounds.ts';
import { queryFailure } from './failure.ts';
import { equip, WORLD, type World } from './functions.ts';

/** The names an expression can use: `states` and the variables in scope. */
export type Names = Readonly<Record<string, unknown>>;

const CACHE = new Map<string, jsonata.Expression>();

export const isExpression = (value: string): boolean => value.startsWith('{%') && value.endsWith('%}');

export const inside = (value: string): string => value.slice(2, -2).trim();

/** Parsing costs 60–100 µs, so every text is parsed once in the life of the process. Throws JSONata's own error. */
export const parseExpression = (text: string): jsonata.Expression => {
  const known = CACHE.get(text);
  if (known) return known;
  const expression = jsonata(text);
  equip(expression);
  bound(expression);
  CACHE.set(text, expression);
  return expression;
};

/** AWS ends its sentence before an error that has a code, and puts a colon before one that has none. */
const problemOf = (error: unknown): string => {
  const { code, message } = error as { code?: string; message?: string };
  return code ? `. ${code}: ${message}` : `: ${message}`;
};

const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
};

const PLAIN_PATH = /^\$[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/;

/** Words that JSONata reads as operators. */
const WORDS = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function']);

const PATHS = new Map<string, readonly string[] | undefined>();

/** The names on the way where an expression only points at something; undefined where it says more. */
const pathOf = (text: string): readonly string[] | undefined => {
  if (PATHS.has(text)) return PATHS.get(text);
  const steps = PLAIN_PATH.test(text) ? text.slice(1).split('.') : undefined;
  const path = steps?.some((step) => WORDS.has(step)) ? undefined : steps;
  PATHS.set(text, path);
  return path;
};

/**
 * Most expressions only point at something in `$states` or a variable. Where no array is on the way, which JSONata would map over,
 * walking there gives the same answer without a microtask. Undefined means: ask JSONata.
 */
const pointedAt = (text: string, names: Names): unknown => {
  const path = pathOf(text);
  if (!path) return undefined;
  let value: unknown = names;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
};

const isFunction = (value: unknown): boolean => {
  const { _jsonata_lambda: lambda, _jsonata_function: native } = Object(value) as {
    _jsonata_lambda?: boolean;
    _jsonata_function?: boolean;
  };
  return typeof value === 'function' || lambda === true || native === true;
};

/** JSONata marks its sequences with members of their own; a round trip through JSON leaves data and nothing else. */
const plain = (value: unknown): unknown => (typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value)) : value);

/**
 * Evaluates one expression to JSON data. JSONata is asynchronous in name only: with functions that are all synchronous it settles
 * in microtasks, so a step of the interpreter never leaves its turn of the event loop.
 */
export const evaluate = async (text: string, location: string, names: Names, world: World): Promise<unknown> => {
  const subject = `The JSONata expression '${text}' specified for the field '${location}'`;
  let value = pointedAt(text, names);
  if (value !== undefined) return value;
  try {
    value = await parseExpression(text).evaluate(undefined, { ...names, [WORLD]: world });
  } catch (error) {
    throw queryFailure(`${subject} threw an error during evaluation${problemOf(error)}`, location);
  }
  if (value === undefined) throw queryFailure(`${subject} returned nothing (undefined).`, location);
  if (isFunction(value))
    throw queryFailure(`${subject} returned an unexpected result type. Expected JSON data, but was 'function'.`, location);
  return plain(value);
};

/** The failure of a field whose value has the wrong type, in AWS's words. */
export const wrongType = (text: string, location: string, expected: string, value: unknown): never => {
  const was = `Expected '${expected}', but was '${typeOf(value)}' for value: ${JSON.stringify(value)}`;
  throw queryFailure(
    `The JSONata expression '${text}' specified for the field '${location}' returned an unexpected result type. ${was}`,
    location,
  );
};
