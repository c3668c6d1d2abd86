import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Row } from '../../../../local/engines/dynamodb/tables/row.ts';
import { Sorted } from '../../../../local/engines/dynamodb/tables/sorted.ts';

const row = (order: number): Row => new Row('p', String(order).padStart(5, '0'), {}, 0, false, []);
const orders = (rows: Iterable<{ readonly order: string }>): number[] => [...rows].map(({ order }) => Number(order));

describe('a partition', () => {
  it('of thousands, filled and emptied in any order, is walked both ways from anywhere', () => {
    const change = fc.record({ seed: fc.nat(), from: fc.nat(3000) });
    fc.assert(
      fc.property(change, ({ seed, from }) => {
        // A walk through all residues in a scrambled order: most inserts fall into the middle.
        const scrambled = Array.from({ length: 3000 }, (_, at) => (at * 1009 + seed) % 3000);
        const sorted = new Sorted();
        for (const order of scrambled) sorted.insert(row(order));
        const gone = new Set(scrambled.filter((_, at) => at % 3 === seed % 3));
        for (const order of gone) sorted.remove(row(order));
        const left = Array.from({ length: 3000 }, (_, at) => at).filter((order) => !gone.has(order));
        const reaches = ({ order }: { readonly order: string }): boolean => Number(order) >= from;
        expect(orders(sorted.forward(reaches))).toEqual(left.filter((order) => order >= from));
        expect(orders(sorted.backward(reaches))).toEqual(left.filter((order) => order < from).reverse());
      }),
      { numRuns: 20 },
    );
  });

  it('emptied, is empty', () => {
    const sorted = new Sorted();
    for (let order = 0; order < 2000; order += 1) sorted.insert(row(order));
    for (let order = 0; order < 2000; order += 1) sorted.remove(row(order));
    expect([sorted.empty, orders(sorted.forward(() => true))]).toEqual([true, []]);
  });
});
