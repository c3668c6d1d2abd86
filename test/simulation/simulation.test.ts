import { expect, test } from 'vitest';
import { edited } from './bugs/build.ts';
import { bugs } from './bugs/index.ts';
import { countFaults, type Planned } from './faults.ts';
import { type Plan, planOf } from './plan.ts';
import type { RunResult } from './run.ts';
import { shrink } from './shrink.ts';

test('a fault meets the n-th passing of its place, whoever else passes', () => {
  const lost: Planned = { place: 'call dynamodb:PutItem', n: 2, fault: { kind: 'lose' } };
  const slow: Planned = { place: 'call', n: 4, fault: { kind: 'delay', ms: 5 } };
  const faults = countFaults([lost, slow]);
  const names = ['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:GetItem'];
  expect(names.map((name) => faults.call(name)?.kind)).toEqual([undefined, undefined, 'lose', 'delay']);
  expect(faults.met()).toEqual([lost, slow]);
});

test('the same seed is the same plan, and another seed is another', () => {
  expect(planOf('7')).toEqual(planOf('7'));
  expect(planOf('7')).not.toEqual(planOf('8'));
});

test('shrinking leaves the faults and happenings without which the violation is not there', async () => {
  const seed = [...Array(500).keys()].map(String).find((one) => planOf(one).faults.length >= 4 && planOf(one).happenings.length >= 6);
  const plan = planOf(seed ?? '');
  const [fault, happening] = [plan.faults[2], plan.happenings[4]];
  const run = async (tried: Plan): Promise<RunResult> => ({
    seed: tried.seed,
    violations:
      tried.faults.some((one) => one === fault) && tried.happenings.some((one) => one === happening)
        ? [{ invariant: 'x', says: 'it is there' }]
        : [],
    met: tried.faults,
    crashes: 0,
    virtualMs: 0,
    cpuMs: 0,
    passed: {},
  });
  const { plan: small } = await shrink(run, plan);
  expect(small.faults).toEqual([fault]);
  expect(small.happenings).toEqual([happening]);
});

test.each(bugs.map(({ name, edits }) => [name, edits] as const))('the bug "%s" still fits the source', (_, edits) => {
  for (const { file } of edits)
    expect(() =>
      edited(
        file,
        edits.filter((one) => one.file === file),
      ),
    ).not.toThrow();
});

test('there are bugs of every part: functions, stores and the machine under them', () => {
  expect(bugs.length).toBeGreaterThanOrEqual(20);
  expect(new Set(bugs.map(({ name }) => name)).size).toBe(bugs.length);
});
