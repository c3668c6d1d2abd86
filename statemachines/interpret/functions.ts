import { createHash } from 'node:crypto';
import type jsonata from 'jsonata';
import { chanceOf, uuidOf } from './chance.ts';

/** What an expression may know of the world. It comes with each evaluation, so one parsed expression serves all executions. */
export interface World {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly chance: () => number;
}

/** The binding under which an evaluation carries its world; no expression can spell it. */
export const WORLD = '\u0000world';

const ALGORITHMS: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};
const MAX_RANGE = 1000;

/** Without a code of JSONata's own, which would put JSONata's message in place of this one. */
class FunctionFault extends Error {}

const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value);

const partition = (items: unknown, size: unknown): unknown[][] | undefined => {
  if (items === undefined) return undefined;
  if (!Array.isArray(items)) throw new FunctionFault('Argument 1 of function "partition" must be an array');
  if (!isWhole(size) || size < 1) throw new FunctionFault('Argument 2 of function "partition" must be a whole number of at least 1');
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
};

const range = (first: unknown, last: unknown, delta: unknown): number[] => {
  if (!isWhole(first) || !isWhole(last) || !isWhole(delta))
    throw new FunctionFault('The arguments of function "range" must be whole numbers');
  if (delta === 0) throw new FunctionFault('Argument 3 of function "range" must not be 0');
  const length = Math.max(0, Math.floor((last - first) / delta) + 1);
  if (length > MAX_RANGE) throw new FunctionFault(`Function "range" returns at most ${MAX_RANGE} items, but ${length} were asked for`);
  return Array.from({ length }, (_, index) => first + index * delta);
};

const hash = (content: unknown, algorithm: unknown): string | undefined => {
  if (content === undefined) return undefined;
  if (typeof content !== 'string') throw new FunctionFault('Argument 1 of function "hash" must be a string');
  const name = ALGORITHMS[String(algorithm)];
  if (!name) throw new FunctionFault(`Argument 2 of function "hash" must be one of ${Object.keys(ALGORITHMS).join(', ')}`);
  return createHash(name).update(content).digest('hex');
};

const parse = (text: unknown): unknown => {
  if (text === undefined) return undefined;
  if (typeof text !== 'string') throw new FunctionFault('Argument 1 of function "parse" must be a string');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FunctionFault(`Argument 1 of function "parse" is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
};

/** Durstenfeld's, from the execution's own chance. */
const shuffled = (items: unknown[] | undefined, chance: () => number): unknown[] | undefined => {
  if (items === undefined || items.length <= 1) return items;
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(chance() * (last + 1));
    [result[last], result[other]] = [result[other], result[last]];
  }
  return result;
};

type Native = { implementation: (this: unknown, ...args: unknown[]) => unknown };

const worldOf = (focus: jsonata.Focus): World => focus.environment.lookup(WORLD) as World;

/** Adds AWS's functions to an expression, puts the injected clock and chance under JSONata's own, and takes `$eval` away. */
export const equip = (expression: jsonata.Expression): void => {
  expression.registerFunction('partition', partition);
  expression.registerFunction('range', range);
  expression.registerFunction('hash', hash);
  expression.registerFunction('parse', parse);
  expression.registerFunction('uuid', function () {
    return uuidOf(worldOf(this).chance);
  });
  expression.registerFunction('random', function (seed: unknown) {
    return seed === undefined ? worldOf(this).chance() : chanceOf(JSON.stringify(seed))();
  });
  expression.registerFunction(
    'shuffle',
    function (items: unknown[]) {
      return shuffled(items, worldOf(this).chance);
    },
    '<a:a>',
  );
  expression.registerFunction('millis', function () {
    return worldOf(this).now;
  });
  expression.registerFunction('now', function (picture: unknown, timezone: unknown) {
    const { now } = worldOf(this);
    return (this.environment.lookup('fromMillis') as Native).implementation.call(this, now, picture, timezone);
  });
  expression.assign('eval', undefined);
};
