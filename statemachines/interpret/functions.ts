import type jsonata from 'jsonata';
import { uuidOf } from './chance.ts';
import { hash, parse, partition, random, range, uuid } from './library.ts';

/** What an expression may know of the world. It comes with each evaluation, so one parsed expression serves all executions. */
export interface World {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly chance: () => number;
}

/** The binding under which an evaluation carries its world; no expression can spell it. */
export const WORLD = '\u0000world';

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
  expression.registerFunction('uuid', function (...args: unknown[]) {
    return uuid(args, () => uuidOf(worldOf(this).chance));
  });
  expression.registerFunction('random', function (...args: unknown[]) {
    return random(args, worldOf(this).chance);
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
