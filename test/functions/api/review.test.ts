import { expect, test } from 'vitest';
import { create as createFinish } from '../../../functions/finish/handler.ts';
import type { Role } from '../../../shared/contracts/vocabulary.ts';
import { overridden, REVIEW, RUN } from '../../support/override.ts';
import { incident, stage } from '../../support/scene.ts';
import { type Api, api } from './ground.ts';

/** The API, asked by Ada, of an override whose run has ended. */
const ended = async (more: Parameters<typeof overridden>[1] = {}): Promise<Api> => {
  const ground = api();
  await overridden(ground, more);
  await createFinish(ground.runtime)({ contract: 1, op: 'complete', executionId: RUN });
  ground.told.length = 0;
  return ground;
};

const answer = async (ground: Api, roles: Role[], more: object = {}) => {
  const asked = await ground.stores.executions.asked(RUN, 'lockAtOnce.review.0');
  const body = { answer: 'approve', reason: 'the button was pressed', factsHash: asked?.factsHash, ...more };
  return ground.post(`/approvals/${encodeURIComponent(REVIEW)}`, body, { roles });
};

test('a review is listed with its facts and the seconds that are left, after its run has ended and whatever changed since', async () => {
  const ground = await ended();
  const stored = await ground.stores.executions.asked(RUN, 'lockAtOnce.review.0');
  await stage(ground, { executions: [], incidents: [incident('I1', { priority: 'LOW' })] });
  const { body } = await ground.get('/approvals');
  expect(body.items).toMatchObject([
    { id: REVIEW, kind: 'review', secondsLeft: 86_400, facts: stored?.facts, factsHash: stored?.factsHash, lacking: ['supervisor'] },
  ]);
});

test.each(['approve', 'refuse'])('a supervisor’s %s on an ended run’s override goes on the bus', async (word) => {
  const ground = await ended();
  expect((await answer(ground, ['supervisor'], { answer: word })).status).toBe(202);
  expect(ground.told).toMatchObject([
    { type: 'approval.answered', detail: { approvalId: REVIEW, answer: word, by: 'ada', role: 'supervisor' } },
  ]);
});

test('a review is a supervisor’s, not the requester’s, wants a reason, and is gone after 24 h', async () => {
  const ground = await ended();
  expect((await answer(ground, ['watch_commander'])).status).toBe(403);
  expect((await answer(ground, ['supervisor'], { reason: '' })).status).toBe(400);
  expect((await answer(ground, ['supervisor'], { factsHash: 'other' })).status).toBe(409);
  expect((await answer(await ended({ requestedBy: 'ada' }), ['supervisor'])).status).toBe(403);
  await ground.settle(new Promise<void>((resolve) => ground.scheduler.after(86_400_000, resolve)));
  expect((await answer(ground, ['supervisor'])).status).toBe(404);
  expect(ground.told).toEqual([]);
});
