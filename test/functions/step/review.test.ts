import { expect, test } from 'vitest';
import { create } from '../../../functions/step/handler.ts';
import { locking, overridden, REVIEW, RUN } from '../../support/override.ts';
import { type Rooms, rooms } from '../../support/rooms.ts';
import { hold, perform, stage } from '../../support/scene.ts';

const requested = async (ground: Rooms) => (await ground.entries()).filter(({ kind }) => kind === 'approval.requested');

test('a life-safety override is dispatched together with a question to a supervisor, who has 24 h, and no machine waits for it', async () => {
  const ground = rooms();
  await overridden(ground);
  expect(ground.told).toMatchObject([{ type: 'action.requested', detail: { action: 'LOCKDOWN_INITIATE' } }]);
  const [asked] = await ground.stores.executions.openApprovals();
  expect(asked).toMatchObject({
    id: REVIEW,
    kind: 'review',
    ask: 'supervisor',
    releases: [],
    askedAt: '2026-11-22T17:00:00.000Z',
    expiresAt: '2026-11-23T17:00:00.000Z',
  });
  expect(asked).not.toHaveProperty('token');
});

test('a review shows what was done, with which arguments, when, and why nobody was asked before', async () => {
  const ground = rooms();
  await overridden(ground);
  const [asked] = await ground.stores.executions.openApprovals();
  expect(asked?.facts).toEqual({
    summary: 'Shots',
    step: 'lockAtOnce',
    action: 'LOCKDOWN_INITIATE',
    actionId: `${RUN}/lockAtOnce/0`,
    arguments: { target: 'building', site: 'school-7', egress: 'open', endedBy: 'incident_commander', exercise: false },
    at: '2026-11-22T17:00:00.000Z',
    why: [expect.stringMatching(/^Done without approval as a declared life-safety override.*\[life-safety-review: /)],
    behind: [],
  });
});

test('the question stands in the journal in the same breath as the dispatch', async () => {
  const ground = rooms();
  await overridden(ground);
  const own = (await ground.entries()).filter(({ executionId }) => executionId === RUN);
  const kinds = own.sort((a, b) => a.seq - b.seq).map(({ kind }) => kind);
  expect(kinds.slice(-2)).toEqual(['action.requested', 'approval.requested']);
  expect((await requested(ground))[0]?.data).toMatchObject({ approvalId: REVIEW, kind: 'review', actionId: `${RUN}/lockAtOnce/0` });
});

test('an override delivered twice is reviewed once', async () => {
  const ground = rooms();
  await overridden(ground);
  await create(ground.runtime)(locking({ token: 'token-newer' }));
  expect(ground.told).toHaveLength(2);
  expect(await requested(ground)).toHaveLength(1);
  expect(await ground.stores.executions.openApprovals()).toHaveLength(1);
});

test('two deliveries at once are reviewed once', async () => {
  const ground = rooms({ shuffle: true, seed: 7 });
  await ground.settle(overridden(ground));
  const room = create(ground.runtime);
  await ground.stores.journal.commit('I1', [], [ground.stores.executions.enterStep(RUN, 'lockAtOnce', 'FAILED')]);
  await ground.settle(Promise.all([room(locking({ token: 'a' })), room(locking({ token: 'b' }))]));
  expect((await requested(ground)).map(({ data }) => data['actionId'])).toEqual([`${RUN}/lockAtOnce/0`, `${RUN}/lockAtOnce/1`]);
});

test('an override that is tried again is another one, and is reviewed for itself', async () => {
  const ground = rooms();
  await overridden(ground);
  await ground.stores.journal.commit('I1', [], [ground.stores.executions.enterStep(RUN, 'lockAtOnce', 'FAILED')]);
  await create(ground.runtime)(locking({ token: 'token-again' }));
  const open = await ground.stores.executions.openApprovals();
  expect(open.map(({ id }) => id).sort()).toEqual([REVIEW, `${RUN}~lockAtOnce.review.1`]);
});

test('a review is neither in the way of the step’s own question nor closed with it', async () => {
  const ground = rooms();
  await overridden(ground);
  const { step } = locking() as Extract<ReturnType<typeof locking>, { op: 'perform' }>;
  const room = create(ground.runtime);
  await room({ ...hold('I1', 'alertOfficers'), executionId: RUN, step });
  const ids = async () => (await ground.stores.executions.openApprovals()).map(({ id }) => id).sort();
  expect(await ids()).toEqual([`${RUN}~lockAtOnce`, REVIEW]);
  await room({
    contract: 1,
    op: 'miss',
    executionId: RUN,
    attempt: 0,
    step: step.name,
    action: step.action,
    round: 0,
    undo: step.undo,
    error: { Error: 'States.Timeout' },
  });
  expect(await ids()).toEqual([REVIEW]);
});

test('a step that is no override puts no review', async () => {
  const ground = rooms();
  await stage(ground, {});
  await create(ground.runtime)(perform('I1', 'alertOfficers'));
  expect(ground.told).toHaveLength(1);
  expect(await ground.stores.executions.openApprovals()).toEqual([]);
});
