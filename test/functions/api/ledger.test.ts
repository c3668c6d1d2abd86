import { expect, test } from 'vitest';
import { create as createIngest } from '../../../functions/ingest/handler.ts';
import { create as createPublish } from '../../../functions/publish/handler.ts';
import { EventLedger } from '../../../shared/contracts/ledger.ts';
import { delivery, gunshot, raw } from '../../support/rooms.ts';
import { entry, streamed } from '../publish/ground.ts';
import { api } from './ground.ts';

const HOUR = 3_600_000;

/** A shot, the same again and a stranger at 17:00; a call that cannot be read at 19:00; all of it published. */
const lived = async () => {
  const ground = api();
  const ingest = createIngest(ground.runtime);
  const shot = gunshot('s1');
  await ingest(delivery(raw('gunshot_detection', shot), raw('gunshot_detection', shot), raw('my_garage', shot)) as never);
  await ground.scheduler.run(ground.now() + 2 * HOUR);
  await ingest(delivery(raw('cad_system', { nonsense: true })) as never);
  await createPublish(ground.runtime)(streamed(...(await ground.entries())));
  return ground;
};

const ask = async (ground: Awaited<ReturnType<typeof lived>>, query: Record<string, string> = {}) =>
  EventLedger.parse((await ground.get('/events/ledger', { query })).body);

test('the ledger is told by hour and by source, and closes', async () => {
  const { from, to, total, hours, sources } = await ask(await lived());
  expect([from, to]).toEqual(['2026-11-21T20:00:00.000Z', '2026-11-22T20:00:00.000Z']);
  expect(total).toMatchObject({ accepted: 4, fused: 1, dropped: { duplicate: 1 }, deadLettered: 2, inFlight: 0, closes: true });
  expect(hours.map(({ hour, accepted, deadLettered }) => [hour, accepted, deadLettered])).toEqual([
    ['2026-11-22T17', 3, 1],
    ['2026-11-22T19', 1, 1],
  ]);
  expect(Object.fromEntries(sources.map(({ source, accepted }) => [source, accepted]))).toEqual({
    gunshot_detection: 2,
    cad_system: 1,
    unregistered: 1,
  });
});

test('it adds up to what the status says', async () => {
  const ground = await lived();
  const { total } = await ask(ground);
  const { accepted, fused, dropped, deadLettered, matched } = total;
  expect((await ground.get('/status')).body['ledger']).toMatchObject({ accepted, fused, dropped, deadLettered, matched });
});

test.each([
  [{ source: 'cad_system' }, 1],
  [{ source: 'unregistered' }, 1],
  [{ from: '2026-11-22T18:00:00Z' }, 1],
  [{ to: '2026-11-22T18:00:00Z' }, 3],
  [{ from: '2026-11-22T17:30:00Z', to: '2026-11-22T17:31:00Z' }, 3],
  [{ from: '2026-11-22T13:00:00-05:00', to: '2026-11-22T14:00:00-05:00' }, 0],
])('%o counts %i accepted', async (query, accepted) => {
  expect((await ask(await lived(), query as Record<string, string>)).total.accepted).toBe(accepted);
});

test('what is under way is in flight, and the hour does not close yet', async () => {
  const ground = api();
  const made = [
    entry('journal-01', 1, 'event.accepted', { eventKey: 'dispatch#d' }),
    entry('journal-01', 2, 'match.made', { eventKey: 'dispatch#d' }),
  ];
  await createPublish(ground.runtime)(streamed(...made));
  expect(await ask(ground)).toMatchObject({ total: { inFlight: 1, matched: 1, closes: false }, hours: [{ closes: false }] });
});

test.each([
  [{ from: '2026-11-22T18:00:00Z', to: '2026-11-22T17:00:00Z' }, 'from'],
  [{ from: '2026-01-01T00:00:00Z' }, 'from'],
  [{ source: 'my_garage' }, 'source'],
  [{ to: 'now' }, 'to'],
])('%o is a 400 that names %s', async (query, field) => {
  const { status, body } = await api().get('/events/ledger', { query: query as Record<string, string> });
  expect([status, body.errors?.[0]?.path]).toEqual([400, field]);
});
