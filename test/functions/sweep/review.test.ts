import { expect, test } from 'vitest';
import { create as createFinish } from '../../../functions/finish/handler.ts';
import { channelsOf } from '../../../functions/publish/channels-of.ts';
import { create as createSettle } from '../../../functions/settle/handler.ts';
import { create as createStep } from '../../../functions/step/handler.ts';
import { create } from '../../../functions/sweep/handler.ts';
import { overridden, REVIEW, RUN, reviewed } from '../../support/override.ts';
import { delivery, type Rooms, rooms } from '../../support/rooms.ts';
import { ask } from '../../support/scene.ts';

const DAY_LATER = Date.UTC(2026, 10, 23, 17);

const ended = async () => {
  const ground = rooms();
  await overridden(ground);
  await createFinish(ground.runtime)({ contract: 1, op: 'complete', executionId: RUN });
  return ground;
};
const expired = async (ground: Rooms) => (await ground.entries()).filter(({ kind }) => kind === 'approval.expired');

test('a review that nobody gave within 24 h is closed, and alarms, once', async () => {
  const ground = await ended();
  await ground.scheduler.run(DAY_LATER);
  for (let n = 0; n < 2; n += 1) await create(ground.runtime)();
  const [entry, ...more] = await expired(ground);
  expect([entry?.actor, more]).toEqual(['system/sweep', []]);
  expect(entry).toMatchObject({ incidentId: 'I1', executionId: RUN, data: { approvalId: REVIEW, kind: 'review', ask: 'supervisor' } });
  expect(entry && channelsOf(entry)).toContain('alerts');
  expect(await ground.stores.executions.openApprovals()).toEqual([]);
});

test('a review that still has time is left alone', async () => {
  const ground = await ended();
  await ground.scheduler.run(DAY_LATER - 1000);
  await create(ground.runtime)();
  expect(await expired(ground)).toEqual([]);
  expect(await ground.stores.executions.openApprovals()).toMatchObject([{ id: REVIEW }]);
});

test('a review that was given is never overdue', async () => {
  const ground = await ended();
  await createSettle(ground.runtime)(delivery(await reviewed(ground)));
  await ground.scheduler.run(DAY_LATER);
  await create(ground.runtime)();
  expect(await expired(ground)).toEqual([]);
  expect(await ground.stores.executions.asked(RUN, 'lockAtOnce.review.0')).toMatchObject({ answer: 'approve' });
});

test('a question that a machine waits for is not the sweep’s to close', async () => {
  const ground = rooms();
  await overridden(ground);
  await createStep(ground.runtime)({ ...ask('I1', 'warnPublic'), executionId: RUN });
  await ground.scheduler.run(DAY_LATER);
  await create(ground.runtime)();
  expect((await ground.stores.executions.openApprovals()).map(({ id }) => id)).toEqual([`${RUN}~warnPublic`]);
});

test('of a sweep and an answer in the same moment, on clocks that differ, exactly one closes the review', async () => {
  const won = new Set<string>();
  for (let seed = 1; seed <= 20; seed += 1) {
    const ground = rooms({ shuffle: true, seed });
    await ground.settle(overridden(ground));
    await ground.scheduler.run(DAY_LATER);
    const slow = { ...ground.runtime, clock: { now: () => ground.scheduler.now() - 5_000 } };
    const word = await reviewed(ground);
    await ground.settle(Promise.all([createSettle(slow)(delivery(word)), create(ground.runtime)()]));
    const closing = (await ground.entries()).filter(({ kind }) => kind === 'approval.expired' || kind === 'approval.answered');
    expect(closing).toHaveLength(1);
    won.add(String(closing[0]?.kind));
    expect(await ground.stores.executions.openApprovals()).toEqual([]);
  }
  expect([...won].sort()).toEqual(['approval.answered', 'approval.expired']);
});
