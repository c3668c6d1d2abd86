import { describe, expect, test } from 'vitest';
import { expireAsks } from '../../../functions/sweep/asks.ts';
import type { Ask } from '../../../shared/contracts/ask.ts';
import type { Role } from '../../../shared/contracts/vocabulary.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import { asksStore } from '../../../shared/stores/asks.ts';
import { api, withExecution } from './ground.ts';

const ID = 'gunfire-response-i1';
const why = { reason: 'the drone is mended' };

/** A run that failed, and a supervisor who asked to take it up. */
const asked = async (chance = {}) => {
  const ground = api(chance);
  const { settle } = ground;
  const work = async () => {
    await withExecution(ground);
    await ground.stores.journal.commit('i1', [], ground.stores.executions.enter(ID, 'FAILED'));
    return ground.post(`/executions/${ID}/redrive`, why, { roles: ['supervisor'] });
  };
  const first = await settle(work());
  const ask = first.body['ask'] as Ask;
  const say = (answer: 'yes' | 'no', sub = 'bea', roles: Role[] = ['watch_commander']) =>
    ground.post(`/asks/${ask.id}`, { answer, reason: 'looked at it' }, { sub, roles });
  const told = () => ground.told.filter(({ type }) => type === 'execution.redrive');
  const kinds = async () => (await ground.entries()).map(({ kind }) => kind).filter((kind) => kind.startsWith('ask.'));
  const later = (ms: number) => settle(new Promise<void>((resolve) => ground.scheduler.after(ms, resolve)));
  return { ...ground, first, ask, say, redrives: told, kinds, later };
};

describe('what takes two persons', () => {
  test('is asked for by one, and nothing happens', async () => {
    const { first, ask, redrives, kinds, get } = await asked();
    expect([first.status, ask.state, ask.by]).toEqual([202, 'open', 'ada']);
    expect([redrives(), await kinds()]).toEqual([[], ['ask.opened']]);
    expect((await get('/asks', { roles: ['chief'] })).body.items).toEqual([ask]);
  });

  test('is done in the first one’s name when a second says yes, and both are written down', async () => {
    const { say, redrives, kinds, entries } = await asked();
    const { status, body } = await say('yes');
    expect([status, body['ask']]).toMatchObject([200, { state: 'granted', answer: { by: 'bea' }, outcome: { status: 202 } }]);
    expect(redrives()).toMatchObject([{ detail: { executionId: ID, by: 'ada' } }]);
    expect(await kinds()).toEqual(['ask.opened', 'ask.granted']);
    expect((await entries()).find(({ kind }) => kind === 'ask.granted')).toMatchObject({ actor: 'person/bea', data: { by: 'ada' } });
  });

  test('is not done by one person twice, in whatever role', async () => {
    const { say, redrives } = await asked();
    expect((await say('yes', 'ada', ['chief'])).status).toBe(403);
    expect(redrives()).toEqual([]);
  });

  test('is answered only in a role the operation is for', async () => {
    const { say } = await asked();
    expect((await say('yes', 'kim', ['kernel_operator'])).status).toBe(403);
    expect((await say('yes', 'dan', ['dispatcher'])).status).toBe(403);
  });

  test('is over after a no; a yes then comes too late', async () => {
    const { say, redrives, kinds } = await asked();
    expect((await say('no')).body['ask']).toMatchObject({ state: 'refused' });
    expect((await say('yes', 'cy')).status).toBe(409);
    expect([redrives(), await kinds()]).toEqual([[], ['ask.opened', 'ask.refused']]);
  });

  test('is over after 15 minutes, and the sweep says so once', async () => {
    const ground = await asked();
    await ground.later(15 * 60_000);
    expect((await ground.say('yes')).status).toBe(404);
    expect((await ground.get('/asks', { roles: ['chief'] })).body.items).toEqual([]);
    const { journal } = ground.stores;
    const expire = expireAsks({ journal, asks: asksStore(ground.client, 'connections'), clock: ground.runtime.clock });
    await expire('system/sweep');
    await expire('system/sweep');
    expect(await ground.kinds()).toEqual(['ask.opened', 'ask.expired']);
    expect(ground.redrives()).toEqual([]);
  });

  test('the same yes said again is answered as before, and does nothing again', async () => {
    const { say, redrives } = await asked();
    expect(await say('yes')).toEqual(await say('yes'));
    expect((await say('yes', 'cy')).status).toBe(409);
    expect(redrives()).toHaveLength(1);
  });

  test('the same asked again while it waits is one ask', async () => {
    const { post, ask, kinds } = await asked();
    const again = await post(`/executions/${ID}/redrive`, why, { roles: ['supervisor'] });
    expect([again.status, again.body['ask']]).toEqual([202, ask]);
    expect(await kinds()).toEqual(['ask.opened']);
  });

  test('what would be refused anyway troubles nobody', async () => {
    const { post, kinds } = await asked();
    expect((await post('/executions/none/redrive', why, { roles: ['supervisor'] })).status).toBe(404);
    expect(await kinds()).toEqual(['ask.opened']);
  });

  test('a bus that did not take it is tried again by whoever said yes', async () => {
    const { say, faults, redrives, kinds, later } = await asked();
    faults.push({ service: 'events', operation: 'PutEvents', error: 'InternalException' });
    expect((await say('yes')).status).toBe(503);
    await later(1);
    expect((await say('yes')).body['ask']).toMatchObject({ outcome: { status: 202 } });
    expect([redrives().length, await kinds()]).toEqual([1, ['ask.opened', 'ask.granted']]);
  });

  test('whoever asked and was shut out since gets nothing done', async () => {
    const { post, say, redrives } = await asked();
    await post('/people/ada/disable', { reason: 'phone lost' }, { sub: 'root', roles: ['admin'] });
    expect((await say('yes')).status).toBe(409);
    expect(redrives()).toEqual([]);
  });

  test.each(Array.from({ length: 10 }, (_, seed) => [seed]))('of six answers at once one does it, once (seed %i)', async (seed) => {
    const { say, settle, redrives, kinds } = await asked({ seed, shuffle: true });
    const all = ['bea', 'cy', 'di', 'bea', 'cy', 'di'].map((sub) => say('yes', sub));
    const answers = await settle(Promise.all(all));
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    expect([redrives().length, await kinds()]).toEqual([1, ['ask.opened', 'ask.granted']]);
  });
});

test('an ask says when it ends', async () => {
  const { ask, now } = await asked();
  expect(ask.expiresAt).toBe(iso(now() + 15 * 60_000));
});
