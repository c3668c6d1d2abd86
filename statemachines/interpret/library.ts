import { createHash } from 'node:crypto';
import { javaRandom } from './chance.ts';
import { parseStrictly } from './json.ts';

/**
 * The functions that AWS adds to JSONata, as AWS was seen to answer: a missing argument often gives nothing, numbers are cut towards
 * zero, what has the wrong type or is one argument too many does not match the signature, and a wrong value is D3137.
 */

/** What JSONata fills its own sentence for a code in with. */
type Fault = { readonly code: string; readonly message?: string; readonly index?: number; readonly token?: string };

const fail = (fault: Fault): never => {
  throw fault;
};

const invalid = (message: string): never => fail({ code: 'D3137', message });

/** `index` counts from 1. */
const mismatch = (token: string, index: number): never => fail({ code: 'T0410', index, token });

const exactly = (name: string, most: number, args: readonly unknown[]): void => {
  if (args[most] !== undefined) mismatch(name, most + 1);
};

const whole = (name: string, index: number, value: unknown): number =>
  typeof value === 'number' ? Math.trunc(value) : mismatch(name, index);

/** `[1,2,3], 2` → `[[1,2],[3]]`. Without a size it is one part; of nothing, or in parts of nothing, it is nothing. */
export const partition = (...args: unknown[]): unknown[][] | undefined => {
  exactly('partition', 2, args);
  const [items, wanted] = args;
  if (items === undefined) return undefined;
  if (!Array.isArray(items)) return fail({ code: 'T0412', index: 1, token: 'partition' });
  if (items.length === 0) return undefined;
  if (wanted === undefined) return [items];
  const size = whole('partition', 2, wanted);
  if (size < 0) return invalid('Second argument must be zero or greater');
  if (size === 0) return undefined;
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
};

/** More items than AWS gives an expression memory for. */
const MOST_ITEMS = 500_000;

/** `0, 10, 5` → `[0,5,10]`. One number alone is not a list; a step that leads nowhere gives nothing. */
export const range = (...args: unknown[]): number[] | number | undefined => {
  exactly('range', 3, args);
  const first = whole('range', 1, args[0]);
  const last = whole('range', 2, args[1]);
  if (args[2] === undefined) return undefined;
  const step = whole('range', 3, args[2]);
  if (step === 0 || (last - first) * step < 0) return undefined;
  if (first === last) return first;
  const length = Math.floor((last - first) / step) + 1;
  if (length > MOST_ITEMS) throw new Error('Expression evaluation memory limit exceeded');
  return Array.from({ length }, (_, index) => first + index * step);
};

const ALGORITHMS: Readonly<Record<string, string>> = {
  'SHA-1': 'sha1',
  'SHA-384': 'sha384',
  'SHA-256': 'sha256',
  'SHA-512': 'sha512',
  MD5: 'md5',
};

/** Hexadecimal digits. */
export const hash = (...args: unknown[]): string | undefined => {
  exactly('hash', 2, args);
  const [content, algorithm] = args;
  if (typeof content !== 'string') return mismatch('hash', 1);
  if (algorithm === undefined) return undefined;
  if (typeof algorithm !== 'string') return mismatch('hash', 2);
  const name = Object.hasOwn(ALGORITHMS, algorithm) ? ALGORITHMS[algorithm] : undefined;
  if (!name) return invalid(`Hash algorithm '${algorithm}' must be one of ${Object.keys(ALGORITHMS).join(', ')}`);
  return createHash(name).update(content).digest('hex');
};

/** JSON as AWS reads it: once, whole, and without a key twice. */
export const parse = (...args: unknown[]): unknown => {
  exactly('parse', 1, args);
  const [text] = args;
  if (text === undefined) return undefined;
  if (typeof text !== 'string') return mismatch('parse', 1);
  try {
    return parseStrictly(text);
  } catch {
    return invalid('Invalid JSON');
  }
};

/** The same seed gives the same number as in AWS, which draws as Java does; without one it is the execution's own chance. */
export const random = (args: readonly unknown[], chance: () => number): number => {
  exactly('random', 1, args);
  return args[0] === undefined ? chance() : javaRandom(whole('random', 1, args[0]));
};

export const uuid = (args: readonly unknown[], draw: () => string): string => {
  exactly('uuid', 0, args);
  return draw();
};
