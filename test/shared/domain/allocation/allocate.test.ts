import { describe, expect, test } from 'vitest';
import { iso } from '../../../../shared/lambda/ids.ts';
import { unit } from '../../../support/scene.ts';
import { NOW, request, run, staged } from './ground.ts';

const ago = (minutes: number): string => iso(NOW - minutes * 60_000);

describe('an allocation', () => {
  test('is of the nearest, and says how far each has to come and why it was chosen', async () => {
    const ground = await staged([unit('far', 'OFFICER', 1600), unit('near', 'OFFICER', 800), unit('further', 'OFFICER', 1700)]);
    expect(await ground.claim(request('I1', { OFFICER: 2 }))).toMatchObject({
      outcome: 'allocated',
      units: [
        { id: 'near', fence: 1, distanceM: 800, etaS: 60 },
        { id: 'far', fence: 1, distanceM: 1600, etaS: 120 },
      ],
      why: [
        { unit: 'near', because: 'the nearest free one' },
        { unit: 'far', because: 'the nearest free one after 1 more' },
      ],
      notNearer: [],
    });
  });

  test('says of each nearer unit why it was not chosen', async () => {
    const ground = await staged([
      unit('held', 'DRONE', 100),
      unit('broken', 'DRONE', 200, { health: { faults: ['gimbal'], maintenance: [] } }),
      unit('blind', 'DRONE', 300),
      unit('away', 'DRONE', 400, { status: 'OUT_OF_SERVICE' }),
      unit('old', 'DRONE', 500, { locatedAt: ago(40), capabilities: ['thermal'] }),
      unit('sent', 'DRONE', 900, { capabilities: ['thermal'] }),
      unit('beyond', 'DRONE', 1000, { capabilities: ['thermal'], status: 'OUT_OF_SERVICE' }),
    ]);
    await ground.claim(request('I2', { DRONE: 1 }, { priority: 'HIGH' }));
    const requires = { DRONE: { capabilities: ['thermal'], certifications: [] } };
    const given = await ground.claim(request('I1', { DRONE: 1 }, { requires }));
    expect(given).toMatchObject({ outcome: 'allocated', units: [{ id: 'sent' }] });
    expect(given?.notNearer.map(({ unit: id, because }) => [id, because])).toEqual([
      ['held', `held by ${run('I2')} for sendPatrols, HIGH`],
      ['broken', 'lacks thermal'],
      ['blind', 'lacks thermal'],
      ['away', 'out of service'],
      ['old', 'free, but its position is 40 min old'],
    ]);
  });

  test('that is short says by how many, why nobody near is sent, and holds nobody', async () => {
    const ground = await staged([unit('a', 'OFFICER', 100), unit('b', 'OFFICER', 200, { shift: { from: ago(500), to: ago(1) } })]);
    expect(await ground.claim(request('I1', { OFFICER: 2, DRONE: 1 }))).toEqual({
      outcome: 'short',
      short: { OFFICER: 1, DRONE: 1 },
      notNearer: [{ unit: 'b', type: 'OFFICER', distanceM: 200, etaS: 15, because: `off shift: on from ${ago(500)} to ${ago(1)}` }],
    });
    expect(await ground.holders()).toEqual({ a: undefined, b: undefined });
  });

  test('sends a unit whose position is old only where too few are fresh, and says so', async () => {
    const ground = await staged([unit('old', 'OFFICER', 100, { locatedAt: ago(60) }), unit('fresh', 'OFFICER', 2000)]);
    const given = await ground.claim(request('I1', { OFFICER: 2 }));
    expect(given).toMatchObject({
      units: [{ id: 'fresh' }, { id: 'old' }],
      why: [{ because: 'the nearest free one' }, { because: expect.stringContaining('its position is 60 min old') }],
    });
  });

  test('fetches nobody fresh from another district past a crew whose receiver is silent', async () => {
    const ground = await staged([unit('old', 'OFFICER', 100, { locatedAt: ago(60) }), unit('fresh', 'OFFICER', 9000)]);
    expect(await ground.claim(request('I1', { OFFICER: 1 }))).toMatchObject({ units: [{ id: 'old' }] });
  });

  test('judges a unit as it will be when it is needed', async () => {
    const shift = { from: iso(NOW + 3_600_000), to: iso(NOW + 9 * 3_600_000) };
    const ground = await staged([unit('next-watch', 'OFFICER', 100, { shift }), unit('on', 'OFFICER', 200)]);
    expect(await ground.claim(request('I1', { OFFICER: 1 }, { earliest: iso(NOW + 4_000_000) }))).toMatchObject({
      units: [{ id: 'next-watch' }],
    });
    expect(await ground.claim(request('I2', { OFFICER: 1 }))).toMatchObject({ units: [{ id: 'on' }] });
  });

  test('that comes twice is given the same units, and one that lost a unit is given one more', async () => {
    const ground = await staged(['a', 'b', 'c'].map((id, n) => unit(id, 'OFFICER', 100 * (n + 1))));
    const want = request('I1', { OFFICER: 2 });
    await ground.claim(want);
    expect(await ground.claim(want)).toMatchObject({
      units: [
        { id: 'a', fence: 1 },
        { id: 'b', fence: 1 },
      ],
    });
    const { resources, journal } = ground.stores;
    const [a] = await resources.many(['a']);
    const lease = a && (await resources.leaseOf(a));
    if (a && lease) await journal.commit('x', [], resources.release(a, lease, 'UNKNOWN'));
    expect(await ground.claim(want)).toMatchObject({ units: [{ id: 'b' }, { id: 'c', fence: 1 }] });
    expect(await ground.holders()).toEqual({ a: undefined, b: run('I1'), c: run('I1') });
  });
});

test('64 who want one unit each at the same place, at once, all get one, on at most three writes each', async () => {
  const fleet = Array.from({ length: 80 }, (_, n) => unit(`u${String(n).padStart(2, '0')}`, 'OFFICER', 20 * (n + 1)));
  const ground = await staged(fleet, [], { shuffle: true, seed: 7 });
  const writes = ground.counted('TransactWriteItems');
  const asked = Array.from({ length: 64 }, (_, n) => request(`J${n}`, { OFFICER: 1 }));
  const given = await ground.settle(Promise.all(asked.map((want) => ground.claim(want))));
  expect(given.map((one) => one?.outcome)).toEqual(asked.map(() => 'allocated'));
  const ids = given.flatMap((one) => (one?.outcome === 'allocated' ? one.units.map(({ id }) => id) : []));
  expect(new Set(ids).size).toBe(64);
  expect(writes() / 64).toBeLessThanOrEqual(3);
});
