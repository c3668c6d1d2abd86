import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../statemachines/interpret/expression.ts';
import type { World } from '../../../statemachines/interpret/functions.ts';

const NOW = Date.UTC(2020, 1, 2, 3, 4, 5);
const world: World = { now: NOW, chance: () => 0.25 };

const outcome = async (text: string, names: Record<string, unknown> = {}): Promise<unknown> =>
  evaluate(text, 'Output', { states: {}, ...names }, world).catch(({ failureCause }: { failureCause: string }) => failureCause);

const NAME = fc.constantFrom('a', 'b', 'length', 'constructor', 'toString', 'sequence', 'input', 'string', 'and', 'true', 'in', 'null');

const DATA = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, fc.constantFrom(null, true, 0, '', 'x', 2), fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(NAME, tie('value'), { maxKeys: 5, noNullPrototype: true }),
})).value;

describe('evaluation', () => {
  it('a path walked without JSONata gives what JSONata gives', async () => {
    await fc.assert(
      fc.asyncProperty(DATA, fc.array(NAME, { maxLength: 4 }), fc.constantFrom('states', 'v', 'a'), async (data, steps, first) => {
        const path = [`$${first}`, ...steps].join('.');
        const names = { states: data, v: data };
        // A blank behind it keeps it from the short way and means nothing to JSONata.
        const told = (value: unknown): unknown => (typeof value === 'string' ? value.replace(`'${path} '`, `'${path}'`) : value);
        expect(await outcome(path, names)).toEqual(told(await outcome(`${path} `, names)));
      }),
      { numRuns: 1000 },
    );
  });

  it('an endless loop and an endless recursion fail the expression, and a long one that ends does not', async () => {
    expect(await outcome('($f := function(){ $f() }; $f())')).toContain('threw an error during evaluation: Expression evaluation timeout');
    expect(await outcome('($f := function($n){ 1 + $f($n) }; $f(1))')).toContain('D1011: Stack overflow');
    expect(await outcome('($f := function($n){ $n > 0 ? $f($n - 1) : "done" }; $f(20000))')).toBe('done');
    expect(await outcome('$count($map([1..20000], function($v){ $v + 1 }))')).toBe(20_000);
  });

  it('bounds count for each evaluation alone, even where many run at once', async () => {
    const long = '($f := function($n){ $n > 0 ? $f($n - 1) : "done" }; $f(20000))';
    expect(new Set(await Promise.all(Array.from({ length: 5 }, () => outcome(long))))).toEqual(new Set(['done']));
  });

  it("no expression sees the machine's clock or chance", async () => {
    expect(await outcome('$now()')).toBe(new Date(NOW).toISOString());
    expect(await outcome('$millis()')).toBe(NOW);
    expect(await outcome('$toMillis("12:13", "[H01]:[m01]")')).toBe(Date.UTC(2020, 1, 2, 12, 13));
    expect(await outcome('$shuffle([1, 2, 3, 4])')).toEqual([4, 3, 1, 2]);
    expect(await outcome('$random()')).toBe(0.25);
  });
});
