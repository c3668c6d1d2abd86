import { expect, test } from 'vitest';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { flatten } from '../../../shared/contracts/workflow.ts';
import { workflows } from '../../../workflows/index.ts';
import { incident, onDuty, stage } from '../../support/scene.ts';
import { type Api, api, withExecution } from './ground.ts';

/** The API, asked by somebody on duty. */
const answering = async (): Promise<Api> => {
  const ground = api();
  await stage(ground, { executions: [], facts: onDuty('ada') });
  return ground;
};
const answered = (factsHash: string, roles: Parameters<Api['post']>[2] = { roles: ['supervisor'] }) => ({
  body: { answer: 'approve', reason: 'confirmed by two sensors', factsHash },
  roles,
});

test('open questions are shown with their facts and how long is left, and without their token', async () => {
  const ground = await answering();
  const { approval } = await withExecution(ground);
  const { body } = await ground.get('/approvals');
  expect(body.items).toEqual([
    expect.objectContaining({ id: approval.id, facts: approval.facts, factsHash: approval.factsHash, secondsLeft: 90 }),
  ]);
  expect(JSON.stringify(body)).not.toContain('secret');
});

test.each(['school_official', 'ciso', 'clinician'] as const)('a %s sees the questions that are theirs and no others', async (role) => {
  const ground = await answering();
  const { approval } = await withExecution(ground, undefined, undefined, { question: { ask: role } });
  await withExecution(ground, 'gunfire-response-i2', 'i2');
  const { body } = await ground.get('/approvals', { roles: [role] });
  expect(body.items).toMatchObject([{ id: approval.id }]);
  expect((await ground.get('/approvals', { roles: ['viewer'] })).body.items).toHaveLength(2);
  expect((await ground.get('/status', { roles: [role] })).status).toBe(403);
});

test('every role that a workflow asks may answer', () => {
  const answer = endpoints.find(({ operation }) => operation === 'answerApproval');
  const asked = workflows.flatMap(({ steps }) =>
    flatten(steps).flatMap((node) =>
      node.kind === 'approval' ? [node.ask, ...(node.second ? [node.second] : []), ...node.escalateTo] : [],
    ),
  );
  expect(asked.length).toBeGreaterThan(0);
  expect([...new Set(asked)].filter((role) => !answer?.roles.some((one) => one === role))).toEqual([]);
});

test('the right person’s answer goes on the bus', async () => {
  const ground = await answering();
  const { approval } = await withExecution(ground);
  const { body, roles } = answered(approval.factsHash);
  expect((await ground.post(`/approvals/${encodeURIComponent(approval.id)}`, body, roles)).status).toBe(202);
  expect(ground.told).toEqual([
    {
      source: 'swoe',
      type: 'approval.answered',
      detail: { approvalId: approval.id, ...body, by: 'ada', role: 'supervisor', at: '2026-11-22T17:00:00.000Z' },
    },
  ]);
});

test('another role, other facts, no such question or a late answer are refused, each in its way', async () => {
  const ground = await answering();
  const { approval } = await withExecution(ground);
  const path = `/approvals/${approval.id}`;
  const { body, roles } = answered(approval.factsHash);
  expect((await ground.post(path, body, { roles: ['chief'] })).status).toBe(403);
  expect((await ground.post(path, answered('stale').body, roles)).status).toBe(409);
  expect((await ground.post('/approvals/none', body, roles)).status).toBe(404);
  await ground.settle(new Promise<void>((resolve) => ground.scheduler.after(90_000, resolve)));
  expect((await ground.post(path, body, roles)).status).toBe(404);
  expect(ground.told).toEqual([]);
});

test('who asked for the workflow is told at once that the answer is somebody else’s', async () => {
  const ground = await answering();
  const { approval } = await withExecution(ground, undefined, undefined, { requestedBy: 'ada' });
  const { body, roles } = answered(approval.factsHash);
  const refused = await ground.post(`/approvals/${approval.id}`, body, roles);
  expect([refused.status, refused.body['detail']]).toEqual([403, 'Who asked for the workflow may not answer for it']);
  expect(ground.told).toEqual([]);
});

const yes = { by: 'bob', role: 'supervisor' as const, answer: 'approve' as const, reason: 'seen', at: '2026-11-22T16:59:30.000Z' };
const two = (voices: (typeof yes)[]) => ({ question: { second: 'chief' as const, voices } });

test('who has said yes and who is still wanted are shown, and the role that is wanted is the one a person answers in', async () => {
  const ground = await answering();
  const { approval } = await withExecution(ground, undefined, undefined, two([yes]));
  expect((await ground.get('/approvals')).body.items).toMatchObject([{ voices: [{ by: 'bob' }], lacking: ['chief'] }]);
  const { body } = answered(approval.factsHash);
  const accepted = await ground.post(`/approvals/${approval.id}`, body, { roles: ['supervisor', 'chief'] });
  expect([accepted.status, accepted.body['lacking'], ground.told.at(-1)?.detail['role']]).toEqual([202, [], 'chief']);
});

test('the same person twice is refused with what is still wanted', async () => {
  const ground = await answering();
  const { approval } = await withExecution(ground, undefined, undefined, two([{ ...yes, by: 'ada' }]));
  const { body } = answered(approval.factsHash);
  const refused = await ground.post(`/approvals/${approval.id}`, body, { roles: ['supervisor', 'chief'] });
  expect([refused.status, refused.body['detail']]).toEqual([409, 'You have said yes; a chief who is another person must']);
  expect(ground.told).toEqual([]);
});

test('changed facts are a conflict that shows them with their hash, and an answer on that hash is taken', async () => {
  const ground = await answering();
  const { approval } = await withExecution(ground, undefined, undefined, two([yes]));
  await stage(ground, { executions: [], incidents: [incident('i1', { location: { lat: 26.8, lon: -80.05, radiusM: 25 } })] });
  const { body, roles } = answered(approval.factsHash);
  const path = `/approvals/${approval.id}`;
  const refused = await ground.post(path, body, roles);
  expect(refused).toMatchObject({
    status: 409,
    body: { facts: { location: { lat: 26.8 } }, factsHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
  const [shown] = (await ground.get('/approvals')).body.items;
  expect(shown).toMatchObject({
    factsHash: refused.body['factsHash'],
    facts: refused.body['facts'],
    voices: [],
    lacking: ['supervisor', 'chief'],
  });
  const fresh = answered(String(refused.body['factsHash']));
  expect((await ground.post(path, fresh.body, roles)).status).toBe(202);
});

test('a pause is no question: it is not listed, not counted and cannot be answered', async () => {
  const ground = await answering();
  const { approval } = await withExecution(ground, undefined, undefined, { question: { kind: 'pause' } });
  expect((await ground.get('/approvals')).body.items).toEqual([]);
  expect((await ground.get('/status')).body).toMatchObject({ approvalsWaiting: 0 });
  const { body, roles } = answered(approval.factsHash);
  expect((await ground.post(`/approvals/${approval.id}`, body, roles)).status).toBe(404);
});
