import { describe, expect, test } from 'vitest';
import { nodeOf } from '../../../shared/lambda/ids.ts';
import { agreement } from '../../support/agreement.ts';
import { delivery } from '../../support/rooms.ts';
import { COAST, corrected, falseAlarm, passOn, SHERIFF, type Sharing, sharing } from './ground.ts';

const ID = `riviera-beach-pd/${nodeOf('gunshot_detection#shot-1')}`;
const NORTH = { lat: 26.7843, lon: -80.0581, radiusM: 25 };

/** Told to these partners, before what follows. */
const told = async (partners?: readonly object[]): Promise<Sharing> => {
  const ground = sharing(partners);
  await ground.shot('shot-1');
  await passOn(ground);
  return ground;
};

const later = (ground: Sharing) => ground.left().filter(({ data }) => data.sharing.word !== 'told');

describe('a correction', () => {
  test('reaches everyone who was told, with what is agreed with each, and is recorded for each', async () => {
    const ground = await told([SHERIFF, COAST]);
    await corrected(ground, 'c-1', { location: NORTH });
    await passOn(ground);
    const reference = { id: `${ID}.${nodeOf('dispatch#c-1')}`, time: '2026-11-22T17:00:00.000Z', type: 'gunshot.detected' };
    const [coast, sheriff] = later(ground);
    expect(sheriff).toMatchObject({
      ...reference,
      data: { corrects: { id: ID }, location: NORTH, confidence: 0.93, sharing: { recipient: 'sheriff' } },
    });
    expect(coast).toMatchObject({ ...reference, data: { corrects: { id: ID }, location: NORTH, sharing: { recipient: 'coast-guard' } } });
    expect(coast?.data).not.toHaveProperty('confidence');
    const recorded = (await ground.recorded()).map(({ data }) => [data['recipient'], data['word'], data['by']]);
    expect(recorded.slice(2)).toEqual([
      ['coast-guard', 'corrected', 'dispatch#c-1'],
      ['sheriff', 'corrected', 'dispatch#c-1'],
    ]);
  });

  test('of what somebody was not told is nothing to them', async () => {
    const ground = await told([SHERIFF, COAST]);
    await corrected(ground, 'c-1', { confidence: 0.5 });
    await passOn(ground);
    expect(later(ground).map(({ data }) => data.sharing.recipient)).toEqual(['sheriff']);
  });

  test('is told once however often it is delivered', async () => {
    const ground = await told();
    await corrected(ground, 'c-1', { location: NORTH });
    const announced = ground.announced();
    for (let n = 0; n < 3; n += 1) await ground.share(delivery(...announced));
    expect(later(ground)).toHaveLength(1);
  });

  test('that overtakes its event leaves nothing wrong behind: the event is told as it is now', async () => {
    const ground = sharing();
    await ground.shot('shot-1');
    const [event] = ground.announced();
    await corrected(ground, 'c-1', { location: NORTH });
    await passOn(ground);
    if (event) await ground.share(delivery(event));
    expect(ground.left().map(({ data }) => [data.sharing.word, data['location']])).toEqual([['told', NORTH]]);
  });

  test('by which an event becomes somebody’s business tells it to them', async () => {
    const ground = sharing();
    await ground.shot('shot-1', { priority: 'LOW' });
    await passOn(ground);
    await corrected(ground, 'c-1', { priority: 'CRITICAL' });
    await passOn(ground);
    expect(ground.left().map(({ id, data }) => [id, data.sharing.word])).toEqual([[ID, 'told']]);
  });
});

describe('what was told is withdrawn, without a word of what is so instead', () => {
  const withdrawal = { id: `${ID}.${nodeOf('dispatch#c-1')}`, type: 'event.retracted', data: { retracts: { id: ID } } };
  const bare = ['agency', 'retracts', 'sharing'];

  test('of a false alarm', async () => {
    const ground = await told([SHERIFF, COAST]);
    await falseAlarm(ground, 'c-1');
    await passOn(ground);
    expect(later(ground)).toMatchObject([withdrawal, withdrawal]);
    expect(later(ground).map(({ data }) => Object.keys(data).sort())).toEqual([bare, bare]);
  });

  test('of an event that is of nothing agreed any more', async () => {
    const ground = await told();
    await corrected(ground, 'c-1', { category: 'CITY', summary: 'Fireworks' });
    await passOn(ground);
    expect(later(ground).map(({ data }) => Object.keys(data).sort())).toEqual([bare]);
  });

  test('of an agreement that has ended: whoever was told hears of the error, and nothing new', async () => {
    const ground = await told([{ id: 'sheriff', agreement: agreement({}, { until: '2026-11-22T17:00:01Z' }) }]);
    await ground.scheduler.run(ground.scheduler.now() + 2_000);
    await corrected(ground, 'c-1', { location: NORTH });
    await passOn(ground);
    expect(later(ground).map(({ data }) => [data.sharing.word, Object.keys(data).sort()])).toEqual([['withdrawn', bare]]);
    expect((await ground.recorded()).at(-1)?.data).toMatchObject({ word: 'withdrawn', fields: [] });
  });
});

test('a false alarm is told to nobody anew', async () => {
  const ground = sharing();
  await ground.shot('shot-1');
  const [event] = ground.announced();
  await falseAlarm(ground, 'c-1');
  await passOn(ground);
  if (event) await ground.share(delivery(event));
  expect(ground.left()).toEqual([]);
});

test('an agency that has left the stage cannot be told, and the log says so', async () => {
  const before = await told();
  await corrected(before, 'c-1', { location: NORTH });
  const gone = sharing([COAST]);
  const [word] = before.announced();
  await gone.shot('shot-1');
  await gone.stores.journal.commit(
    'x',
    [],
    [
      {
        Put: {
          TableName: 'events',
          Item: { pk: `SHARED#${nodeOf('gunshot_detection#shot-1')}`, sk: 'sheriff', to: 'sheriff', agreement: 'MOU-2026-014' },
        },
      },
    ],
  );
  await corrected(gone, 'c-1', { location: NORTH });
  if (word) await gone.share(delivery(word));
  expect(gone.lines).toEqual(['sharing.unreachable']);
  expect(gone.left().filter(({ data }) => data.sharing.recipient === 'sheriff')).toEqual([]);
});
