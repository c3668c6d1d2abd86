import { expect, test } from 'vitest';
import type { ReadPage } from '../../../functions/api/days.ts';
import { sayingsOfDay } from '../../../functions/api/sayings.ts';
import { trailOf } from '../../../functions/api/trail.ts';
import { create } from '../../../functions/ingest/handler.ts';
import { delivery, gunshot, raw, rooms } from '../../support/rooms.ts';

const DAY = '2026-11-22';

/** All of a list, page by page, and how long the pages were. */
const whole = async <T>(read: ReadPage<T>, limit: number): Promise<{ items: T[]; pages: number[] }> => {
  const [items, pages]: [T[], number[]] = [[], []];
  let cursor: string | undefined;
  do {
    const page = await read({ limit, ...(cursor ? { cursor } : {}) });
    items.push(...page.items);
    pages.push(page.items.length);
    cursor = page.next;
  } while (cursor);
  return { items, pages };
};

const far = (n: number) => gunshot(`far-${n}`, { location: { lat: 20 + n, lon: -90, radiusM: 5 } });

test.each([1, 2, 3, 7, 50])('a list of events read %i at a time shows each once, though batches are one entry', async (limit) => {
  const ground = rooms();
  const room = create(ground.runtime);
  for (const sizes of [[0, 1, 2, 3], [4], [5, 6, 7, 8, 9]]) await room(delivery(...sizes.map((n) => raw('gunshot_detection', far(n)))));
  const read = sayingsOfDay(ground.stores.journal, ['event.fused']);
  const { items, pages } = await whole((page) => read(DAY, page), limit);
  expect(items.map(({ data }) => data['eventKey']).sort()).toEqual([...Array(10).keys()].map((n) => `gunshot_detection#far-${n}`).sort());
  expect(Math.max(...pages)).toBeLessThanOrEqual(limit);
});

test.each([1, 3, 50])("an incident's trail read %i at a time says how its own events came in, and no other's", async (limit) => {
  const ground = rooms();
  const room = create(ground.runtime);
  await room(delivery(raw('gunshot_detection', gunshot('one')), raw('gunshot_detection', far(1))));
  await room(delivery(raw('gunshot_detection', gunshot('two')), raw('gunshot_detection', far(2))));
  const one = await ground.stores.events.get('gunshot_detection#one');
  const { items, pages } = await whole(trailOf(ground.stores, String(one?.node)), limit);
  const said = items.filter(({ kind }) => kind === 'event.accepted' || kind === 'event.fused');
  const keys = said.map(({ kind, data }) => [kind, (data['items'] as { eventKey: string }[]).map(({ eventKey }) => eventKey)]);
  expect(keys.sort()).toEqual(
    ['event.accepted', 'event.fused'].flatMap((kind) => ['one', 'two'].map((id) => [kind, [`gunshot_detection#${id}`]])).sort(),
  );
  expect(new Set(items.map(({ stream, seq }) => `${stream}#${seq}`)).size).toBe(items.length);
  expect(Math.max(...pages)).toBeLessThanOrEqual(limit);
});
