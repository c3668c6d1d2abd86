import { expect, test } from 'vitest';
import { channelsOf } from '../../../functions/publish/channels-of.ts';
import { create } from '../../../functions/sweep/handler.ts';
import { dynamoDb } from '../../../shared/lambda/clients.ts';
import { reviewsStore } from '../../../shared/stores/reviews.ts';
import { rooms } from '../../support/rooms.ts';

const MONDAY = Date.UTC(2026, 10, 23);
const DUE = Date.UTC(2026, 11, 7);

const running = async () => {
  const ground = rooms({ start: MONDAY });
  const sweep = create(ground.runtime);
  await sweep();
  const reviews = reviewsStore(dynamoDb(ground.runtime), 'kernel');
  return { ...ground, sweep, reviews, said: async () => (await ground.entries()).filter(({ kind }) => kind === 'audit.unsigned') };
};

test('a week that no auditor signed by the end of the next is told of, as an alert, once', async () => {
  const { sweep, scheduler, said } = await running();
  await scheduler.run(DUE - 1);
  await sweep();
  expect(await said()).toEqual([]);
  await scheduler.run(DUE);
  for (let n = 0; n < 2; n += 1) await sweep();
  const [entry, ...more] = await said();
  expect([entry?.data, more]).toEqual([{ week: '2026-W48', due: '2026-12-07T00:00:00.000Z' }, []]);
  expect(entry && channelsOf(entry)).toContain('alerts');
});

test('a week that was signed is not told of, nor one from before there were reviews', async () => {
  const { sweep, scheduler, said, reviews, stores } = await running();
  const review = {
    week: '2026-W48',
    hash: '0'.repeat(64),
    found: 'in-order' as const,
    note: 'fine',
    by: 'ann',
    at: '2026-12-01T00:00:00.000Z',
  };
  await stores.journal.commit('audit', [], [reviews.sign(review)]);
  await scheduler.run(DUE + 60_000);
  await sweep();
  expect(await said()).toEqual([]);
});
