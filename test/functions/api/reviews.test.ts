import { describe, expect, test } from 'vitest';
import { create as createSweep } from '../../../functions/sweep/handler.ts';
import type { Role } from '../../../shared/contracts/vocabulary.ts';
import { type Api, api } from './ground.ts';

const WEEK = '2026-W48';
const MONDAY = Date.UTC(2026, 10, 23);
const SIGNABLE = Date.UTC(2026, 11, 1);
const AUDITOR: { roles: Role[] } = { roles: ['auditor'] };

/** A week in which somebody paused the engine, by then over long enough to be signed. */
const lived = async (actor = 'person/kim'): Promise<Api> => {
  const ground = api({ start: Date.UTC(2026, 10, 22, 17) });
  await createSweep(ground.runtime)();
  await ground.scheduler.run(MONDAY + 3_600_000);
  const via = { from: '192.0.2.9', to: 'pauseKernel', object: {}, size: 2, session: 's', outcome: 'done' as const };
  await ground.stores.journal.commit(actor, [{ kind: 'access.granted', actor, via, data: {} }]);
  await ground.scheduler.run(SIGNABLE);
  return ground;
};

const read = async (ground: Api) => (await ground.get(`/audit/reviews/${WEEK}`, AUDITOR)).body;
const sign = (ground: Api, hash: unknown, more: object = {}) =>
  ground.post('/audit/reviews', { week: WEEK, hash, found: 'in-order', note: 'nothing unusual', ...more }, AUDITOR);
const states = async (ground: Api): Promise<Record<string, unknown>> =>
  Object.fromEntries((await ground.get('/audit/reviews', AUDITOR)).body.items.map(({ week, state }) => [week, state]));

describe('the weekly review', () => {
  test('is signed by an auditor on the report that they read, is an entry, and stands in the list of weeks', async () => {
    const ground = await lived();
    const { report, hash, state } = await read(ground);
    expect([state, report]).toMatchObject(['open', { privileged: [{ by: 'person/kim', what: 'pauseKernel' }] }]);
    expect(await sign(ground, hash)).toMatchObject({ status: 201, body: { week: WEEK, hash, by: 'ada', found: 'in-order' } });
    const [entry] = (await ground.entries()).filter(({ kind }) => kind === 'audit.reviewed');
    expect(entry).toMatchObject({ actor: 'person/ada', data: { week: WEEK, hash, note: 'nothing unusual' } });
    expect(await states(ground)).toMatchObject({ '2026-W49': 'early', [WEEK]: 'signed', '2026-W46': 'none' });
  });

  test('is signed once', async () => {
    const ground = await lived();
    const { hash } = await read(ground);
    const both = await Promise.all([sign(ground, hash), sign(ground, hash)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await sign(ground, hash)).status).toBe(409);
  });

  test('is not signed by whoever acted in a privileged way that week', async () => {
    const ground = await lived('person/ada');
    const { hash } = await read(ground);
    expect((await sign(ground, hash)).status).toBe(403);
    expect((await states(ground))[WEEK]).toBe('open');
  });

  test('is not signed on another report than the journal gives', async () => {
    const ground = api({ start: MONDAY });
    await createSweep(ground.runtime)();
    const before = await read(ground);
    await ground.scheduler.run(SIGNABLE);
    const refused = await sign(ground, before['hash']);
    expect([refused.status, refused.body['detail']]).toEqual([409, expect.stringContaining('read it again')]);
    expect((await sign(ground, (await read(ground))['hash'])).status).toBe(201);
  });

  test('waits until each override of the week was reviewed or was not', async () => {
    const ground = api({ start: MONDAY });
    await createSweep(ground.runtime)();
    await ground.scheduler.run(SIGNABLE - 1);
    const { hash, state } = await read(ground);
    expect(state).toBe('early');
    expect((await sign(ground, hash)).status).toBe(409);
  });

  test('takes the role of an auditor, and a week that there is', async () => {
    const ground = await lived();
    const { hash } = await read(ground);
    const body = { week: WEEK, hash, found: 'in-order', note: 'mine' };
    expect((await ground.post('/audit/reviews', body, { roles: ['watch_commander'] })).status).toBe(403);
    expect((await sign(ground, hash, { week: '2025-W53' })).status).toBe(400);
    expect((await ground.get('/audit/reviews/2025-W53', AUDITOR)).status).toBe(404);
  });

  test('is read with a trace: who looked at a report is in the log', async () => {
    const ground = await lived();
    await read(ground);
    const reads = (await ground.entries()).filter(({ kind }) => kind === 'audit.read');
    expect(reads).toMatchObject([{ actor: 'person/ada', via: { to: 'getReview', object: { week: WEEK } }, data: { part: 'review' } }]);
  });
});
