import { expect, test } from 'vitest';
import { scenarios } from '../../../local/city/scenarios/index.ts';
import type { Source } from '../../../shared/contracts/vocabulary.ts';
import { profileOf, sources } from '../../../shared/sources/index.ts';
import { workflows } from '../../../workflows/index.ts';

const mayNot = (source: Source, type: string): string[] => {
  const { categories } = sources[source];
  const { category } = profileOf(source, type);
  return categories === 'any' || categories.includes(category) ? [] : [`${source}: ${type} is ${category}`];
};

test('no source is refused what the city’s scenarios have it say', () => {
  expect(Object.values(scenarios).flatMap(({ events }) => events.flatMap(({ source, type }) => mayNot(source, type)))).toEqual([]);
});

test('no source is refused what a response waits for from it', () => {
  const waited = workflows.flatMap(({ on }) =>
    on.flatMap((trigger) => {
      if (trigger.kind !== 'EVENT') return [];
      const { type = [], source = [] } = trigger.pattern as { type?: string[]; source?: Source[] };
      return source.flatMap((one) => type.map((what) => [one, what] as const));
    }),
  );
  expect(waited.length).toBeGreaterThan(30);
  expect(waited.flatMap(([source, type]) => mayNot(source, type))).toEqual([]);
});
