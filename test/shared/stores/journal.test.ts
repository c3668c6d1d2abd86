import { expect, test } from 'vitest';
import { dynamoDb } from '../../../shared/lambda/clients.ts';
import { journalStore } from '../../../shared/stores/journal.ts';
import { rooms } from '../../support/rooms.ts';

const RIVALS = 60;

test('sixty instances that write to one chain in lockstep all get a place', async () => {
  const { runtime: still, scheduler } = rooms();
  const runtime = { ...still, pause: (ms: number) => new Promise<void>((resolve) => void scheduler.after(ms, resolve)) };
  const stores = Array.from({ length: RIVALS }, () => journalStore({ client: dynamoDb(runtime), name: 'journal', runtime }));
  const all = Promise.all(stores.map((store, n) => store.commit('one incident', [{ kind: 'event.fused', actor: 'test', data: { n } }])));
  let done = false;
  void all.finally(() => {
    done = true;
  });
  await scheduler.run(() => done);
  const places = (await all).map((committed) => (committed.ok ? committed.entries[0]?.seq : undefined));
  expect(places.toSorted((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: RIVALS }, (_, n) => n + 1));
});
