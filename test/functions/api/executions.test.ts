import { expect, test } from 'vitest';
import { execution } from '../../support/scene.ts';
import { api, withExecution } from './ground.ts';

const ID = 'gunfire-response-i1';
const why = { reason: 'the helicopter is down' };

const put = ({ told }: ReturnType<typeof api>) => told.filter(({ type }) => type.startsWith('execution.'));

test.each(['pause', 'cancel'] as const)('a supervisor’s %s goes on the bus with who asked and why', async (op) => {
  const door = api();
  await withExecution(door);
  const answer = await door.post(`/executions/${ID}/${op}`, why, { roles: ['supervisor'] });
  expect([answer.status, answer.body['op']]).toEqual([202, op]);
  expect(put(door)).toMatchObject([
    {
      type: 'execution.control',
      source: 'swoe',
      detail: { executionId: ID, op, by: 'ada', role: 'supervisor', ...why, requestId: expect.any(String) },
    },
  ]);
});

test.each(['pause', 'resume', 'cancel', 'redrive'])('%s is not a dispatcher’s to ask for, and needs a reason', async (op) => {
  const door = api();
  await withExecution(door);
  expect((await door.post(`/executions/${ID}/${op}`, why, { roles: ['dispatcher'] })).status).toBe(403);
  expect((await door.post(`/executions/${ID}/${op}`, {}, { roles: ['chief'] })).status).toBe(400);
  expect(put(door)).toEqual([]);
});

test.each([
  ['resume', 'RUNNING'],
  ['redrive', 'RUNNING'],
] as const)('%s of a run that is %s is a conflict that says what it is for', async (op, status) => {
  const door = api();
  await withExecution(door);
  const answer = await door.post(`/executions/${ID}/${op}`, why, { roles: ['watch_commander'] });
  expect([answer.status, String(answer.body['detail'])]).toEqual([409, expect.stringContaining(status)]);
});

test('an ended run is taken up under the name it will have', async () => {
  const door = api();
  await withExecution(door);
  await door.stores.journal.commit('i1', [], door.stores.executions.enter(ID, 'FAILED'));
  const answer = await door.agreed(`/executions/${ID}/redrive`, why, { roles: ['supervisor'] });
  expect([answer.status, answer.body['executionId'], answer.body['redriveOf']]).toEqual([202, `${ID}-r1`, ID]);
  expect(put(door)).toMatchObject([{ type: 'execution.redrive', detail: { executionId: ID } }]);
});

test('a run that nobody knows is not found', async () => {
  const door = api();
  for (const op of ['pause', 'redrive'])
    expect((await door.post(`/executions/none/${op}`, why, { roles: ['supervisor'] })).status).toBe(404);
});

const history = async () => {
  const door = api();
  for (const [n, status] of (['RUNNING', 'FAILED', 'COMPLETED', 'FAILED'] as const).entries()) {
    const run = execution(`i${n}`, { status, createdAt: `2026-11-2${n % 2}T17:0${n}:00.000Z` });
    await door.stores.journal.commit(run.incidentId, [], door.stores.executions.create(run, `e${n}`));
  }
  return door;
};

test('the history lists every run, newest first, page by page', async () => {
  const door = await history();
  const ids: unknown[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await door.get('/executions', { query: { limit: '3', ...(cursor ? { cursor } : {}) } });
    ids.push(...body.items.map(({ id }) => id));
    cursor = body.next;
  } while (cursor);
  expect(ids).toEqual(['gunfire-response-i3', 'gunfire-response-i1', 'gunfire-response-i2', 'gunfire-response-i0']);
});

test.each([
  [{ status: 'FAILED' }, ['gunfire-response-i3', 'gunfire-response-i1']],
  [{ incidentId: 'i2' }, ['gunfire-response-i2']],
  [{ workflow: 'none' }, []],
])('the history filtered by %j', async (query, ids) => {
  const { body } = await (await history()).get('/executions', { query });
  expect(body.items.map(({ id }) => id)).toEqual(ids);
  expect(body.items.every((item) => !('input' in item))).toBe(true);
});

test('a request that the workflow cannot run with is refused by its fields', async () => {
  const door = api();
  const asked = { workflow: 'gunfire-response', reason: 'heard it', location: { lat: 26.7, lon: -80 } };
  expect((await door.post('/workflow/execute', asked)).status).toBe(202);
  const { status, body } = await door.post('/workflow/execute', { ...asked, location: undefined });
  expect([status, body.errors]).toEqual([400, [expect.objectContaining({ path: 'location' })]]);
});
