import { expect, test } from 'vitest';
import { dynamoDb } from '../../../shared/lambda/clients.ts';
import { journalStore, keptOf, streamOf } from '../../../shared/stores/journal.ts';
import { table } from '../../../shared/stores/table.ts';
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

test('writes without an entry are done each time they are asked for, also where the same were done before others', async () => {
  const { runtime, settle } = rooms();
  const client = dynamoDb(runtime);
  const [store, journal] = [journalStore({ client, name: 'journal', runtime }), table(client, 'journal')];
  const note = { pk: 'NOTE', sk: 'HEAD' };
  const found = async () => (await journal.get(note.pk, note.sk)) !== undefined;
  const seen: boolean[] = [];
  for (const write of [journal.put(note), journal.remove(note.pk, note.sk), journal.put(note)]) {
    await settle(store.commit('a note', [], [write]));
    seen.push(await settle(found()));
  }
  expect(seen).toEqual([true, false, true]);
});

test('what an auditor reviews is kept under its week as well, and nothing else is', async () => {
  const { stores, runtime } = rooms();
  const journal = table(dynamoDb(runtime), 'journal');
  const { commit, ofWeek } = stores.journal;
  await commit('person/ann', [{ kind: 'audit.read', actor: 'person/ann', data: {} }]);
  await commit('person/ann', [{ kind: 'step.started', actor: 'system/step', data: {} }]);
  expect((await ofWeek('2026-W47', { limit: 10 })).items).toMatchObject([{ kind: 'audit.read', seq: 1 }]);
  const [item] = await journal.under(streamOf('person/ann'));
  expect([keptOf(item ?? {}).misfiled, keptOf({ ...item, week: '2026-W48' }).misfiled]).toEqual([false, true]);
});
