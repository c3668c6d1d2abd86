import { describe, expect, it } from 'vitest';
import { shuffled } from '../shuffles/order.ts';
import { FILES, isThere, recordsOf } from '../shuffles/records.ts';
import { oneByOne, placed, whole } from '../shuffles/sets.ts';
import { through } from '../shuffles/through.ts';

/** Each record of the file, by the rules alone; and a part of it through the rooms and the store. `npm run bench:shuffles` does the whole. */
const SHUFFLES = 100;
const SAMPLE = 300;

describe.each(FILES)('%s', (name) => {
  if (!isThere(name)) console.log(`real records not found, skipped: ${name}`);

  it.skipIf(!isThere(name))(
    'in 100 random orders, a tenth of it twice, gives the member sets of the whole file at once',
    () => {
      const all = recordsOf(name).map(({ seen }) => placed(seen));
      const expected = whole(all.map(({ seen }) => seen));
      expect(expected.length).toBeLessThan(all.length);
      for (let seed = 1; seed <= SHUFFLES; seed += 1) expect(oneByOne(shuffled(all, seed)).join('\n')).toBe(expected.join('\n'));
    },
    300_000,
  );

  it.skipIf(!isThere(name))(
    'its first 300 records, through eight ingesters at once and the store, give them too',
    async () => {
      const all = recordsOf(name, SAMPLE);
      const expected = whole(all.map(({ seen }) => seen));
      for (const seed of [1, 2]) expect((await through(all, seed)).join('\n')).toBe(expected.join('\n'));
    },
    120_000,
  );
});
