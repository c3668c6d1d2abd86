import { expect, test } from 'vitest';
import { create as createIngest } from '../../../functions/ingest/handler.ts';
import { nodeOf } from '../../../shared/lambda/ids.ts';
import { compilePattern } from '../../../shared/pattern/index.ts';
import { toldTo, withdrawnTo } from '../../../shared/routing/sharing.ts';
import { delivery, raw, rooms } from '../../support/rooms.ts';
import { passOn, SHERIFF, type Sharing, sharing } from './ground.ts';

const OURS = '111122223333';
const KEY = `partner_agency#riviera-beach-pd/${nodeOf('gunshot_detection#shot-1')}`;

/** The neighbour's own SWOE, which knows our account. */
const neighbour = () => {
  const ground = rooms();
  const accounts = { AGENCY_ACCOUNTS: `{"${OURS}":"riviera-beach-pd"}`, OTHER_ACCOUNTS: `{"${OURS}":["partner_agency"]}` };
  const room = createIngest({ ...ground.runtime, env: { ...ground.runtime.env, ...accounts } });
  let heard = 0;
  return {
    ...ground,
    hear: async (from: Sharing) => {
      const words = from.left().slice(heard);
      heard += words.length;
      for (const word of words) await room(delivery(raw('partner_agency', word, { 'detail-type': word.type, account: OURS })));
    },
    event: async () => (await ground.stores.events.get(KEY))?.event,
  };
};

const byDispatch = (ground: Sharing, second: number, type: string, data: object) =>
  ground.put('dispatch', { specversion: '1.0', id: `c-${second}`, source: 'desk-1', type, time: `2026-11-22T16:59:5${second}.000Z`, data });
const OF = { source: 'gunshot_detection', id: 'shot-1' };

test('what one SWOE shares another takes as a neighbour’s word, and its correction and withdrawal as what they are', async () => {
  const [ours, theirs] = [sharing(), neighbour()];
  await ours.shot('shot-1');
  await passOn(ours);
  await theirs.hear(ours);
  expect(await theirs.event()).toMatchObject({
    agency: 'riviera-beach-pd',
    category: 'SENSOR',
    priority: 'CRITICAL',
    location: { lat: 26.7753 },
  });

  await byDispatch(ours, 1, 'event.corrected', { corrects: OF, location: { lat: 26.7843, lon: -80.0581, radiusM: 25 } });
  await passOn(ours);
  await theirs.hear(ours);
  expect(await theirs.event()).toMatchObject({ location: { lat: 26.7843 }, flags: ['corrected'] });

  await byDispatch(ours, 2, 'event.retracted', { retracts: OF });
  await passOn(ours);
  await theirs.hear(ours);
  expect(await theirs.event()).toMatchObject({ flags: ['corrected', 'retracted'] });
  expect((await theirs.stores.deadLetters.ofDay('2026-11-22', { limit: 10 })).items).toEqual([]);
});

test('each word matches the rule that leads to its partner, and no other partner’s', async () => {
  const ours = sharing();
  await ours.shot('shot-1');
  await passOn(ours);
  await byDispatch(ours, 1, 'event.retracted', { retracts: OF });
  await passOn(ours);
  const [told, withdrawn] = ours.left().map((detail) => ({ source: 'partner_agency', 'detail-type': detail.type, detail }));
  const rules = [toldTo(SHERIFF), withdrawnTo(SHERIFF), toldTo({ ...SHERIFF, id: 'other' }), withdrawnTo({ id: 'other' })].map(
    compilePattern,
  );
  const taken = (event: object | undefined) => rules.map((rule) => event !== undefined && rule.matches(event));
  expect([taken(told), taken(withdrawn)]).toEqual([
    [true, false, false, false],
    [false, true, false, false],
  ]);
});
