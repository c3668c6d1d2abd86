import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../statemachines/interpret/expression.ts';

const told = (text: string): Promise<unknown> =>
  evaluate(text, 'Output', { states: { input: {} } }, { now: 0, chance: () => 0.25 }).catch(({ failureCause }: { failureCause: string }) =>
    failureCause.slice(failureCause.indexOf("'Output'") + 9),
  );

const NOTHING = 'returned nothing (undefined).';
const threw = (problem: string): string => `threw an error during evaluation. ${problem}`;
const mismatch = (name: string, index: number): string =>
  threw(`T0410: Argument ${index} of function "${name}" does not match function signature`);

describe('the functions that AWS adds to JSONata', () => {
  it.each([
    ['$partition([1,2,3,4,5], 2)', [[1, 2], [3, 4], [5]]],
    ['$partition([1,2,3], 2.9)', [[1, 2], [3]]],
    ['$partition([1,2,3])', [[1, 2, 3]]],
    ['$partition([], 2)', NOTHING],
    ['$partition($states.input.none, 2)', NOTHING],
    ['$partition([1], -0.5)', NOTHING],
    ['$partition([1], -2)', threw('D3137: Second argument must be zero or greater')],
    ['$partition("a", 1)', threw('T0412: Argument 1 of function "partition" must be an array of undefined')],
    ['$partition([1], "a")', mismatch('partition', 2)],
    ['$partition([1], 1, 1)', mismatch('partition', 3)],
    ['$range(0, 10, 5)', [0, 5, 10]],
    ['$range(10, 0, -4)', [10, 6, 2]],
    ['$range(0.9, 2.9, 1)', [0, 1, 2]],
    ['$range(3, 3, 1)', 3],
    ['$range(0, 10)', NOTHING],
    ['$range(0, 10, 0)', NOTHING],
    ['$range(0, 10, -1)', NOTHING],
    ['$range("0", 10, 1)', mismatch('range', 1)],
    ['$range(0, 1, 1, 1)', mismatch('range', 4)],
    ['$range(0, 1e12, 1)', 'threw an error during evaluation: Expression evaluation memory limit exceeded'],
    ["$hash('swoe', 'SHA-1')", '826caa366553ea71169539d72217abfdeade2e67'],
    ["$hash('swoe')", NOTHING],
    ["$hash('swoe', 'md5')", threw("D3137: Hash algorithm 'md5' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5")],
    ["$hash(1, 'MD5')", mismatch('hash', 1)],
    ["$hash('swoe', 5)", mismatch('hash', 2)],
    ['$parse(\'{"a":[1]}\').a', [1]],
    ['$parse("null")', null],
    ['$map(["1","[2]"], $parse)', [1, [2]]],
    ['$parse($states.input.none)', NOTHING],
    ['$parse("")', threw('D3137: Invalid JSON')],
    ['$parse("1 2")', threw('D3137: Invalid JSON')],
    ['$parse(\'{"a":1,"a":2}\')', threw('D3137: Invalid JSON')],
    ['$parse(\'{"a":{"b":1},"b":"a:\\\\"a"}\').b', 'a:"a'],
    ['$parse(1)', mismatch('parse', 1)],
    ['$parse("1", 2)', mismatch('parse', 2)],
    ['$random()', 0.25],
    ['$random(42)', 0.7275636800328681],
    ['$random(42.9)', 0.7275636800328681],
    ['$random(0)', 0.730967787376657],
    ['$random("a")', mismatch('random', 1)],
    ['$length($uuid())', 36],
    ['$uuid(1)', mismatch('uuid', 1)],
    ['$eval("1")', threw('T1006: Attempted to invoke a non-function')],
  ])('%s is %j', async (text, expected) => {
    expect(await told(text)).toEqual(expected);
  });
});
