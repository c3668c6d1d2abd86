import { describe, expect, test } from 'vitest';
import { endLease, renewLease } from '../../../../shared/domain/release.ts';
import { iso } from '../../../../shared/lambda/ids.ts';
import { unit } from '../../../support/scene.ts';
import { NOW, request, run, staged } from './ground.ts';

const fleet = [unit('a', 'OFFICER', 100), unit('b', 'OFFICER', 200), unit('c', 'OFFICER', 300)];
const ACTOR = 'system/test';

describe('at one moment', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('two deliveries of a step are given its unit once, under seed %i', async (seed) => {
    const ground = await staged(fleet, [], { seed, shuffle: true });
    const want = request('I1', { OFFICER: 1 });
    const given = await ground.settle(Promise.all([ground.claim(want), ground.claim(want)]));
    expect(given.map((one) => one?.outcome)).toEqual(['allocated', 'allocated']);
    expect((await ground.settle(ground.stores.resources.heldBy(run('I1')))).length).toBe(1);
  });

  test('a lease that was renewed after it was read as lapsed does not lapse', async () => {
    const { claim, stores } = await staged(fleet);
    await claim(request('I1', { OFFICER: 1 }));
    const [read] = await stores.resources.lapsed(iso(NOW + 3_600_000));
    if (!read) throw new Error('no lease');
    await renewLease(stores)(read, iso(NOW + 7_200_000), ACTOR);
    expect(await endLease(stores)(read, 'UNKNOWN', ACTOR)).toBe(false);
    expect(await stores.resources.get('a')).toMatchObject({ status: 'HELD', holder: run('I1') });
  });

  test('a unit that is let go under a lease renewed meanwhile stands in no list of leases', async () => {
    const { claim, stores } = await staged(fleet);
    await claim(request('I1', { OFFICER: 1 }));
    const [read] = await stores.resources.heldBy(run('I1'));
    if (!read) throw new Error('no lease');
    await renewLease(stores)(read, iso(NOW + 7_200_000), ACTOR);
    expect(await endLease(stores)(read, 'FREE', ACTOR)).toBe(true);
    expect(await stores.resources.lapsed('9999')).toEqual([]);
  });
});
