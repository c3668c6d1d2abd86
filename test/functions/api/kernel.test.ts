import { expect, test } from 'vitest';
import type { Role } from '../../../shared/contracts/vocabulary.ts';
import { api } from './ground.ts';

const OPERATOR: { roles: Role[] } = { roles: ['kernel_operator'] };
const COMMANDER: { roles: Role[] } = { roles: ['watch_commander'] };
const why = { reason: 'a drill on Sunday' };

/** What the journal says beside who was let in. */
const done = async (entries: ReturnType<typeof api>['entries']) => (await entries()).filter(({ kind }) => !kind.startsWith('access.'));

test('an operator pauses the engine and lets it go on, and everyone may see that it stands', async () => {
  const { get, post, stores, entries, told } = api();
  const paused = await post('/kernel/pause', why, OPERATOR);
  expect([paused.status, paused.body]).toMatchObject([
    200,
    { state: 'PAUSED', generation: 1, by: 'ada', role: 'kernel_operator', reason: 'a drill on Sunday' },
  ]);
  expect((await get('/kernel', { roles: ['viewer'] })).body).toEqual(paused.body);
  expect((await get('/status', { roles: ['viewer'] })).body['kernel']).toEqual(paused.body);
  expect(told).toEqual([]);
  expect((await post('/kernel/resume', why, COMMANDER)).body).toMatchObject({ state: 'RUNNING', generation: 2, role: 'watch_commander' });
  expect(told.map(({ type, source }) => [type, source])).toEqual([['kernel.drain', 'swoe']]);
  expect((await stores.kernel.get()).state).toBe('RUNNING');
  expect((await done(entries)).map(({ kind, actor }) => [kind, actor])).toEqual([
    ['kernel.paused', 'person/ada'],
    ['kernel.resumed', 'person/ada'],
  ]);
});

test('a command that does not fit is a 409 that says how the engine stands, and changes nothing', async () => {
  const { post, entries } = api();
  const answer = await post('/kernel/resume', why, OPERATOR);
  expect(answer).toMatchObject({ status: 409, type: 'application/problem+json', body: { type: 'urn:swoe:problem:conflict' } });
  expect(answer.body['detail']).toBe('The engine is RUNNING; resume is for one that is PAUSED');
  expect(await done(entries)).toEqual([]);
});

test('a stop says what becomes of what runs', async () => {
  const { agreed, post } = api();
  const unsaid = await post('/kernel/stop', why, OPERATOR);
  expect([unsaid.status, unsaid.body.errors?.map(({ path }) => path)]).toEqual([400, ['mode']]);
  const stopped = await agreed('/kernel/stop', { ...why, mode: 'finish' }, OPERATOR);
  expect(stopped.body).toMatchObject({ state: 'STOPPING', mode: 'finish', by: 'ada' });
  expect((await post('/kernel/start', why, OPERATOR)).body).toMatchObject({ state: 'RUNNING' });
});

test('a stop takes two operators, and nothing stops before the second says yes', async () => {
  const { post, stores } = api();
  const stop = { ...why, mode: 'finish' };
  const asked = await post('/kernel/stop', stop, OPERATOR);
  expect([asked.status, (await stores.kernel.get()).state]).toEqual([202, 'RUNNING']);
  const path = `/asks/${(asked.body['ask'] as { id: string }).id}`;
  const yes = { answer: 'yes', reason: 'seen it too' };
  for (const second of [OPERATOR, { sub: 'bea', roles: COMMANDER.roles }]) expect((await post(path, yes, second)).status).toBe(403);
  expect((await stores.kernel.get()).state).toBe('RUNNING');
  expect((await post(path, yes, { sub: 'bea', ...OPERATOR })).status).toBe(200);
  expect((await stores.kernel.get()).state).toBe('STOPPING');
  expect((await post('/kernel/stop', stop, OPERATOR)).status).toBe(409);
});

test('who audits does not operate, whatever else they may', async () => {
  const { post, entries } = api();
  for (const roles of [
    ['kernel_operator', 'auditor'],
    ['watch_commander', 'auditor'],
  ] as Role[][]) {
    const answer = await post('/kernel/pause', why, { roles });
    expect([answer.status, answer.body['detail']]).toEqual([403, expect.stringContaining('Whoever audits the engine does not operate it')]);
  }
  expect(await done(entries)).toEqual([]);
});

test('a watch commander may pause and resume, and neither stop nor start', async () => {
  const { post } = api();
  expect((await post('/kernel/stop', { ...why, mode: 'finish' }, COMMANDER)).status).toBe(403);
  expect((await post('/kernel/start', why, COMMANDER)).status).toBe(403);
  expect((await post('/kernel/pause', why, COMMANDER)).status).toBe(200);
  expect((await post('/kernel/resume', why, { roles: ['supervisor'] })).status).toBe(403);
});

test('of two operators at once one is told that things have changed', async () => {
  const { post, entries } = api();
  const answers = await Promise.all([post('/kernel/pause', why, OPERATOR), post('/kernel/pause', why, COMMANDER)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(await done(entries)).toHaveLength(1);
});

test('the queue is listed in the order in which it goes, with age and effective priority, page by page, without tokens', async () => {
  const { get, stores } = api();
  const { kernel, journal } = stores;
  const common = { incidentId: 'I1', workflow: 'w', kind: 'start' } as const;
  const all = [
    { ...common, executionId: 'low', priority: 'LOW', since: '2026-11-22T16:30:00.000Z' },
    { ...common, executionId: 'high', priority: 'HIGH', since: '2026-11-22T16:59:00.000Z' },
    { ...common, kind: 'step', step: 's', token: 'secret', executionId: 'grave', priority: 'CRITICAL', since: '2026-11-22T17:00:00.000Z' },
  ] as const;
  for (const one of all) await journal.commit('I1', [], await kernel.wait(one));
  const first = await get('/kernel/queue', { roles: ['kernel_operator'], query: { limit: '2' } });
  expect(first.body.items.map(({ executionId, effectivePriority, ageS }) => [executionId, effectivePriority, ageS])).toEqual([
    ['grave', 'CRITICAL', 0],
    ['low', 'HIGH', 1800],
  ]);
  const second = await get('/kernel/queue', { query: { limit: '2', cursor: first.body.next ?? '' } });
  expect([second.body.items.map(({ executionId }) => executionId), second.body.next]).toEqual([['high'], undefined]);
  expect(JSON.stringify(first.body)).not.toContain('secret');
  expect((await get('/kernel/queue', { query: { cursor: 'nonsense' } })).status).toBe(400);
});
