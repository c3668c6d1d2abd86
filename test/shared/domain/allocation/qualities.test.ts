import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Resource } from '../../../../shared/contracts/resource.ts';
import type { AllocationRequest, Preference, Requirement } from '../../../../shared/contracts/resource-allocation.ts';
import { choose } from '../../../../shared/domain/allocation/choose.ts';
import { serve } from '../../../../shared/domain/allocation/serve.ts';
import { stand } from '../../../../shared/domain/allocation/stand.ts';
import { whyNotNearer } from '../../../../shared/domain/allocation/why-not.ts';
import { release } from '../../../../shared/domain/release.ts';
import { unit } from '../../../support/scene.ts';
import { NOW, request, staged } from './ground.ts';

const cit = (northM: number, id = `cit-${northM}`): Resource => unit(id, 'OFFICER', northM, { certifications: ['cit'] });
const plain = (northM: number, id = `plain-${northM}`): Resource => unit(id, 'OFFICER', northM);
const asks = (more: Partial<Requirement>): Requirement => ({ capabilities: [], certifications: [], ...more });
const certified = { requires: { OFFICER: asks({ certifications: ['cit'] }) } };
const likes = (more: Partial<Preference> = {}) => ({
  prefers: { OFFICER: { ...asks({ certifications: ['cit'] }), withinS: 300, ...more } },
});

/** What is chosen of free units, with why, and why no nearer ones. */
const chosenOf = async (fleet: readonly Resource[], count: number, more: Partial<AllocationRequest>, atHand: Resource[] = [], turn = 0) => {
  const resources = { free: async () => [...fleet], busy: async () => [] };
  const deps = { resources, clock: { now: () => NOW } };
  const want = { ...request('I1', { OFFICER: count }, more), atHand };
  const chosen = await choose(deps)(want, turn);
  const notNearer = await whyNotNearer(deps)(want, chosen);
  return {
    ok: chosen.ok,
    short: chosen.short,
    ids: chosen.picks.map(({ id }) => id),
    why: chosen.picks.map(({ because }) => because),
    notNearer: Object.fromEntries(notNearer.map(({ unit: id, because }) => [id, because])),
  };
};

const WORDS = ['a', 'b', 'c'];
const listed = fc.subarray(WORDS);
const fleets = fc.array(fc.record({ capabilities: listed, certifications: listed, northM: fc.integer({ min: 10, max: 9_000 }) }), {
  minLength: 1,
  maxLength: 12,
});
const fleetOf = (rows: readonly { northM: number; capabilities: string[]; certifications: string[] }[]): Resource[] =>
  rows.map(({ northM, ...has }, n) => unit(`u${n}`, 'OFFICER', northM, has));

const has = (one: Resource | undefined, { capabilities, certifications }: Requirement): boolean =>
  one !== undefined &&
  capabilities.every((word) => one.capabilities.includes(word)) &&
  certifications.every((word) => one.certifications.includes(word));

describe('what is required', () => {
  test('each unit that is given has, whether free or at hand, whatever is preferred and whoever was beaten to it', async () => {
    const wants = fc.record({
      rows: fleets,
      hand: fc.nat({ max: 3 }),
      count: fc.integer({ min: 1, max: 3 }),
      turn: fc.nat({ max: 2 }),
      requires: fc.record({ capabilities: listed, certifications: listed }),
      prefers: fc.record({ capabilities: listed, certifications: listed, withinS: fc.constantFrom(30, 300) }),
    });
    let given = 0;
    await fc.assert(
      fc.asyncProperty(wants, async ({ rows, hand, count, turn, requires, prefers }) => {
        const fleet = fleetOf(rows);
        const more = { requires: { OFFICER: requires }, prefers: { OFFICER: prefers } };
        const { ok, ids } = await chosenOf(fleet.slice(hand), count, more, fleet.slice(0, hand), turn);
        const able = fleet.filter((one) => has(one, requires)).length;
        for (const id of ids)
          expect(
            has(
              fleet.find((one) => one.id === id),
              requires,
            ),
          ).toBe(true);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ok).toBe(able >= count);
        given += ids.length;
      }),
    );
    expect(given).toBeGreaterThan(0);
  });

  test('is short where nobody has it, and every unit near says what it lacks', async () => {
    expect(await chosenOf([plain(100), plain(200)], 1, certified)).toMatchObject({
      ok: false,
      short: { OFFICER: 1 },
      notNearer: { 'plain-100': 'not certified for cit', 'plain-200': 'not certified for cit' },
    });
  });

  test('goes to one of two runs that ask for the one who has it at the same time, and the other is short', async () => {
    const ground = await staged([plain(50), cit(900), plain(1_000)]);
    const asked = ['I1', 'I2'].map((run) => ground.claim(request(run, { OFFICER: 1 }, certified)));
    const both = await ground.settle(Promise.all(asked));
    expect(both.map((one) => one?.outcome).sort()).toEqual(['allocated', 'short']);
    expect(both.flatMap((one) => (one?.outcome === 'allocated' ? one.units : [])).map(({ id }) => id)).toEqual(['cit-900']);
  });

  test('is taken from a run of lower priority where that alone has it, and from nobody who lacks it', async () => {
    const ground = await staged([plain(50), cit(900)]);
    await ground.claim(request('I1', { OFFICER: 2 }, { priority: 'LOW' }));
    await ground.claim(request('I2', { OFFICER: 1 }, { ...certified, priority: 'EMERGENCY' }));
    expect(await ground.holders()).toMatchObject({ 'plain-50': 'gunfire-response-I1', 'cit-900': 'gunfire-response-I2' });
  });
});

describe('what is preferred', () => {
  test('goes before nearer units, which are told why', async () => {
    const { ids, why, notNearer } = await chosenOf([plain(100), cit(2_000)], 1, likes());
    expect(ids).toEqual(['cit-2000']);
    expect(why).toEqual(['the nearest free one certified for cit, which goes first within 5 min']);
    expect(notNearer).toEqual({ 'plain-100': 'not certified for cit: one certified for cit goes first within 5 min' });
  });

  test('does not go where it cannot be there in time: the nearest goes at once', async () => {
    const { ok, ids, why } = await chosenOf([plain(100), cit(8_000)], 1, likes());
    expect({ ok, ids }).toEqual({ ok: true, ids: ['plain-100'] });
    expect(why).toEqual(['too few certified for cit can be there within 5 min; the nearest free one']);
  });

  test('is filled up with the nearest others', async () => {
    const { ids } = await chosenOf([plain(100), plain(200), cit(2_000)], 3, likes());
    expect(ids).toEqual(['cit-2000', 'plain-100', 'plain-200']);
  });

  test('is so many as were said, and the others are the nearest, whatever they have', async () => {
    const fleet = [plain(100), plain(200), cit(1_000), cit(2_000)];
    const { ids, notNearer } = await chosenOf(fleet, 2, likes({ count: 1 }));
    expect(ids).toEqual(['cit-1000', 'plain-100']);
    expect(notNearer).toEqual({ 'plain-200': 'free, but one certified for cit goes first within 5 min' });
  });

  test('leaves nothing short that would not be short without it', async () => {
    const wants = fc.record({
      rows: fleets,
      count: fc.integer({ min: 1, max: 4 }),
      turn: fc.nat({ max: 2 }),
      prefers: fc.record({
        capabilities: listed,
        certifications: listed,
        withinS: fc.constantFrom(30, 300, 3_000),
        count: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
      }),
    });
    await fc.assert(
      fc.asyncProperty(wants, async ({ rows, count, turn, prefers }) => {
        const fleet = fleetOf(rows);
        const [with_, without] = [
          await chosenOf(fleet, count, { prefers: { OFFICER: prefers } }, [], turn),
          await chosenOf(fleet, count, {}, [], turn),
        ];
        expect(with_.short).toEqual(without.short);
        expect(with_.ids).toHaveLength(without.ids.length);
        expect(new Set(with_.ids).size).toBe(with_.ids.length);
      }),
    );
  });
});

describe('in the line', () => {
  /** A run that waits for an officer who is certified, first in the line, and one that waits for any. */
  const waiting = async (fleet: Resource[]) => {
    const ground = await staged(fleet);
    // The nearest first: each of them is held for an incident of its own.
    for (const { id } of fleet) await ground.claim(request(id, { OFFICER: 1 }, { priority: 'HIGH', executionId: `incident/${id}` }));
    const waits = { actor: 'person/ada', until: ground.runtime.clock.now() + 1_800_000, short: { OFFICER: 1 } };
    const [special, any] = [
      request('I1', { OFFICER: 1 }, { ...certified, executionId: 'incident/I1', priority: 'HIGH' }),
      request('I2', { OFFICER: 1 }, { executionId: 'incident/I2' }),
    ];
    await ground.settle(stand(ground.lining)({ ...waits, request: special, incidentId: 'I1' }));
    await ground.settle(stand(ground.lining)({ ...waits, request: any, incidentId: 'I2' }));
    const tokens = { succeed: async () => true, fail: async () => true };
    return {
      frees: async (id: string) => {
        await ground.settle(release(ground.lining)(`incident/${id}`, 'person/ada'));
        await ground.settle(serve({ ...ground.lining, tokens }, 'system/test')());
      },
      line: async () => (await ground.stores.resources.line()).map(({ request: { executionId } }) => executionId),
      holders: ground.holders,
    };
  };

  test('whoever waits for a specialist does not keep others from those who are none', async () => {
    const { frees, line, holders } = await waiting([plain(100), cit(900)]);
    await frees('plain-100');
    expect(await line()).toEqual(['incident/I1']);
    expect(await holders()).toMatchObject({ 'plain-100': 'incident/I2' });
  });

  test('the specialist goes to whoever waits for one, and not to the one behind whom anybody would do', async () => {
    const { frees, line, holders } = await waiting([plain(100), cit(900)]);
    await frees('cit-900');
    expect(await line()).toEqual(['incident/I2']);
    expect(await holders()).toMatchObject({ 'cit-900': 'incident/I1' });
  });
});
