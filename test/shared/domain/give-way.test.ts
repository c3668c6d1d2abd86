import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { Execution } from '../../../shared/contracts/execution.ts';
import { givingWay, type Supersedes } from '../../../shared/domain/give-way.ts';

type Run = Pick<Execution, 'id' | 'workflow' | 'status' | 'ending' | 'createdAt'>;

const NAMES = ['a', 'b', 'c', 'd'];
const run = fc.record({
  id: fc.uuid(),
  workflow: fc.constantFrom(...NAMES),
  status: fc.constantFrom('PENDING', 'RUNNING', 'PAUSED', 'COMPLETED', 'CANCELLED'),
  ending: fc.constantFrom(undefined, undefined, undefined, '2026-11-22T17:00:09.000Z'),
  createdAt: fc.integer({ min: 0, max: 5 }).map((s) => `2026-11-22T17:00:0${s}.000Z`),
}) satisfies fc.Arbitrary<Run>;
const runs = fc.uniqueArray(run, { selector: ({ id }) => id, maxLength: 7 });
/** Any relation, those that go in circles too. */
const relation = fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES)), { maxLength: 6 }).map(
  (pairs): Supersedes =>
    (name) =>
      pairs.filter(([grave, light]) => grave === name && light !== name).map(([, light]) => light),
);

const after = (all: readonly Run[], supersedes: Supersedes): Run[] => {
  const gone = new Set(givingWay(all, supersedes).map(({ from }) => from.id));
  return all.map((one) => (gone.has(one.id) ? { ...one, ending: 'now' } : one));
};
const going = (all: readonly Run[]): Run[] => all.filter(({ status, ending }) => !ending && !['COMPLETED', 'CANCELLED'].includes(status));
const names = (all: readonly Run[]): string[] =>
  going(all)
    .map(({ id }) => id)
    .sort();

test.prop([runs, relation])('whoever gives way gives way to one that goes on, and nothing is left to decide', (all, supersedes) => {
  const left = going(after(all, supersedes));
  for (const { from, to } of givingWay(all, supersedes)) {
    expect(left).toContain(to);
    expect(left).not.toContain(from);
  }
  expect(givingWay(after(all, supersedes), supersedes)).toEqual([]);
  expect(new Set(left.map(({ workflow }) => workflow)).size).toBe(left.length);
  expect(going(all).length === 0 || left.length > 0).toBe(true);
});

test.prop([runs, relation, fc.nat()])('the order in which runs are read does not matter', (all, supersedes, turn) => {
  const turned = [...all.slice(turn % (all.length + 1)), ...all.slice(0, turn % (all.length + 1))].reverse();
  expect(names(after(turned, supersedes))).toEqual(names(after(all, supersedes)));
});

test.prop([runs, relation])(
  'runs that come one by one, in the order they were made, leave the same as all at once where nothing is undone by coming late',
  (all, supersedes) => {
    const arrived = [...all].sort((a, b) => (a.createdAt + a.id < b.createdAt + b.id ? -1 : 1));
    let standing: Run[] = [];
    for (const next of arrived) standing = after([...standing, next], supersedes);
    // Whoever is left at the end would not give way to anybody who is left, and nobody graver goes on beside what it takes over from.
    expect(givingWay(standing, supersedes)).toEqual([]);
    for (const one of going(standing))
      for (const other of going(standing)) if (one !== other) expect(one.workflow).not.toBe(other.workflow);
  },
);

test('a graver response takes over, whoever was first, and through what lies between', () => {
  const supersedes: Supersedes = (name) => ({ c: ['b'], b: ['a'] })[name] ?? [];
  const made = (id: string, workflow: string, s: number): Run => ({
    id,
    workflow,
    status: 'RUNNING',
    createdAt: `2026-11-22T17:00:0${s}.000Z`,
  });
  const [first, second, third] = [made('1', 'a', 1), made('2', 'c', 2), made('3', 'a', 3)];
  const pairs = givingWay([third, second, first], supersedes).map(({ from, to, why }) => [from.id, to.id, why]);
  expect(pairs).toEqual([
    ['1', '2', 'superseded'],
    ['3', '2', 'superseded'],
  ]);
});
