import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { type Lane, LIMITS, limitsOf, placeIn } from '../../../../shared/domain/kernel/limits.ts';
import { workflowNamed, workflows } from '../../../../workflows/index.ts';

const limit = (most: number) => ({ of: 'workflow', name: 'x', most }) as const;
const lane = (held: readonly number[], waiting: readonly string[] = []): Lane => ({
  holders: new Map(held.map((n) => [n, `run-${n}`])),
  waiting,
});
const lanes = fc
  .integer({ min: 1, max: 30 })
  .chain((most) => fc.record({ most: fc.constant(most), held: fc.uniqueArray(fc.nat(most - 1)), id: fc.uuid() }));

test('nothing CRITICAL is limited, and every workflow that is limited exists', () => {
  for (const { name, priority } of workflows.filter((one) => one.priority === 'CRITICAL'))
    expect(limitsOf(LIMITS, { workflow: name, priority })).toEqual([]);
  expect(Object.keys(LIMITS.workflows).filter((name) => !workflowNamed(name))).toEqual([]);
});

test('a CRITICAL run is limited only where its priority is named, and never by its workflow', () => {
  const run = { workflow: 'x', priority: 'CRITICAL' } as const;
  expect(limitsOf({ workflows: { x: 1 }, priorities: { HIGH: 1 } }, run)).toEqual([]);
  expect(limitsOf({ workflows: { x: 1 }, priorities: { CRITICAL: 9 } }, run)).toEqual([{ of: 'priority', name: 'CRITICAL', most: 9 }]);
});

test.prop([lanes])('whoever comes gets a place below the limit that nobody holds, exactly while there is one', ({ most, held, id }) => {
  const place = placeIn(lane(held), limit(most), id, true);
  const free = [...Array(most).keys()].filter((n) => !held.includes(n));
  expect(free.length > 0 ? free : [undefined]).toContain(place);
});

test.prop([lanes])(
  'whoever holds a place takes no other, and nobody goes before those that wait but in their turn',
  ({ most, held, id }) => {
    const [first] = held;
    if (first !== undefined) expect(placeIn(lane(held, ['w']), limit(most), `run-${first}`, false)).toBe('held');
    expect(placeIn(lane(held, ['w']), limit(most), id, false)).toBeUndefined();
  },
);
