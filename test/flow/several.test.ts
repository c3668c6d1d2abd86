import { expect, test } from 'vitest';
import type { EventLedger } from '../../shared/contracts/ledger.ts';
import { collection, edxl, quakeOf, warningXml } from '../functions/ingest/formats/reading.ts';
import { agreed, system } from './system.ts';

/** Seven alerts of little weight, so that nothing starts. */
const alerts = Array.from(
  { length: 7 },
  (_, n) =>
    warningXml([
      ['flood-2026-17', `flood-${n}`],
      ['>Severe<', '>Minor<'],
    ]).xml,
);

interface Letter {
  busId: string;
  reason: string;
  state: string;
  refusedAgain?: { busId: string };
}

test('an envelope of seven alerts, put on the bus twice, is seven events and seven duplicates, and the ledger closes', async () => {
  const running = await system();
  for (let n = 0; n < 2; n += 1) await running.put('weather_service', 'bulletin', edxl(...alerts));
  await running.pass(5000);
  expect(await running.status()).toMatchObject({ accepted: 14, fused: 7, deadLettered: 0, dropped: { duplicate: 7 } });
  const { body } = await running.rest<EventLedger>('viewer', 'GET', '/events/ledger?from=2026-11-22T00:00:00Z');
  expect(body.total).toMatchObject({ accepted: 14, inFlight: 0, closes: true });
});

test('a feed through REST is taken apart as on the bus; the letter of a broken event of it is sent again whole, and then mended', async () => {
  const running = await system();
  const broken = { ...quakeOf('q1'), geometry: { type: 'Point', coordinates: [0, 99] } };
  const data = collection(quakeOf('q0'), broken, quakeOf('q2'));
  const body = { specversion: '1.0', id: 'feed-1', source: 'sensor_grid', type: 'usgs.feed', data };
  const { status, body: answer } = await running.rest<{ busId: string }>('dispatcher', 'POST', '/events/ingest', body);
  expect(status).toBe(202);
  await running.pass(3000);
  const letters = async () => (await running.rest<{ items: Letter[] }>('viewer', 'GET', '/events/dead-letters')).body.items;
  const [letter] = await letters();
  expect(letter).toMatchObject({
    busId: `${answer.busId}.1`,
    reason: 'features[1].geometry.coordinates[1]: Too big: expected number to be <=90',
  });
  const redrive = async (id: string | undefined, more: object = {}) => {
    const { ask } = await agreed(running, `/events/dead-letters/${id}/redrive`, { reason: 'tried again', ...more });
    return ask.outcome as { status: number; body: { end: { sentAs: string } } };
  };
  const { end } = (await redrive(letter?.busId)).body;
  await running.pass(3000);
  expect(await running.status()).toMatchObject({ accepted: 6, fused: 2, deadLettered: 2, dropped: { duplicate: 2 } });
  const { body: shown } = await running.rest<Letter>('viewer', 'GET', `/events/dead-letters/${letter?.busId}`);
  expect(shown).toMatchObject({ state: 'redriven', refusedAgain: { busId: `${end.sentAs}.1`, state: 'open' } });
  const mended = { body: { ...body, data: collection(quakeOf('q1')) } };
  expect((await redrive(shown.refusedAgain?.busId, mended)).status).toBe(202);
  await running.pass(3000);
  expect(await running.status()).toMatchObject({ accepted: 7, fused: 3, deadLettered: 2, dropped: { duplicate: 2 } });
});
