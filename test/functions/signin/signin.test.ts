import { expect, test } from 'vitest';
import { create } from '../../../functions/signin/handler.ts';
import { api } from '../api/ground.ts';

const event = (when: 'Pre' | 'Post', sub?: string) => ({
  triggerSource: `${when}Authentication_Authentication`,
  request: sub === undefined ? { userNotFound: true } : { userAttributes: { sub } },
});

const make = (chance = {}) => {
  const ground = api(chance);
  const door = create(ground.runtime);
  return {
    ...ground,
    attempt: (sub = 'ann') => door(event('Pre', sub)),
    succeed: (sub = 'ann') => door(event('Post', sub)),
    stranger: () => door(event('Pre')),
    later: (minutes: number) => ground.settle(new Promise<void>((resolve) => ground.scheduler.after(minutes * 60_000, resolve))),
    kinds: async () => (await ground.entries()).map(({ kind }) => kind).filter((kind) => /^(logon|person)\./.test(kind)),
  };
};

const times = async (n: number, work: () => Promise<unknown>): Promise<void> => {
  for (let nth = 0; nth < n; nth += 1) await work();
};

test('five attempts that no success followed lock for a quarter of an hour', async () => {
  const { attempt, later, kinds } = make();
  await times(5, () => attempt());
  await expect(attempt()).rejects.toThrow('locked');
  await expect(attempt()).rejects.toThrow('locked');
  expect((await kinds()).filter((kind) => kind === 'logon.locked')).toHaveLength(1);
  await attempt('bob');
  await later(15);
  await attempt();
});

test('a success wipes the slate, and attempts that are old do not count', async () => {
  const { attempt, succeed, later } = make();
  await times(4, () => attempt());
  await succeed();
  await times(5, () => attempt());
  await later(15);
  await times(5, () => attempt());
  await expect(attempt()).rejects.toThrow('locked');
});

test('a supervisor breaks the glass, and it is written down', async () => {
  const { attempt, post, kinds } = make();
  await times(5, () => attempt());
  await expect(attempt()).rejects.toThrow('locked');
  const why = { reason: 'mistyped in the dark' };
  expect((await post('/people/ann/unlock', why, { roles: ['dispatcher'] })).status).toBe(403);
  expect((await post('/people/ann/unlock', why, { roles: ['supervisor'] })).status).toBe(200);
  expect((await post('/people/ann/unlock', why, { roles: ['supervisor'] })).status).toBe(404);
  await attempt();
  expect((await kinds()).at(-2)).toBe('person.unlocked');
});

test('a disabled person is not let try, and a stranger has nothing to lock', async () => {
  const { attempt, stranger, post, kinds } = make();
  await post('/people/ann/disable', { reason: 'left' }, { sub: 'root', roles: ['admin'] });
  await expect(attempt()).rejects.toThrow('disabled');
  await times(9, stranger);
  expect(await kinds()).toEqual(['person.disabled']);
});

test.each([1, 2, 3])('of twenty attempts at once no more than five are made (seed %i)', async (seed) => {
  const { attempt, settle } = make({ seed, shuffle: true });
  const all = Array.from({ length: 20 }, () =>
    attempt().then(
      () => 1,
      () => 0,
    ),
  );
  const made = (await settle(Promise.all(all))).reduce<number>((sum, one) => sum + one, 0);
  expect(made).toBeLessThanOrEqual(5);
  expect(made).toBeGreaterThan(0);
});
