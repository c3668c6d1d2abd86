import { expect, test } from 'vitest';
import { create as createFinish } from '../../../functions/finish/handler.ts';
import { create } from '../../../functions/settle/handler.ts';
import { overridden, REVIEW, RUN, reviewed } from '../../support/override.ts';
import { delivery, type Rooms, raw, rooms } from '../../support/rooms.ts';
import { incident, stage } from '../../support/scene.ts';

const asked = (ground: Rooms) => ground.stores.executions.asked(RUN, 'lockAtOnce.review.0');
const written = async (ground: Rooms, kind: string) => (await ground.entries()).filter((entry) => entry.kind === kind);

const done = async (more: Parameters<typeof overridden>[1] = {}) => {
  const ground = rooms();
  await overridden(ground, more);
  return { ground, room: create(ground.runtime) };
};

test.each(['approve', 'refuse'] as const)(
  'a supervisor’s %s on an override is written down with its reason and tells no machine',
  async (answer) => {
    const { ground, room } = await done();
    await room(delivery(await reviewed(ground, { answer })));
    expect(await asked(ground)).toMatchObject({ answer, by: 'sup-1', reason: 'the button was pressed in class' });
    const [entry, ...more] = await written(ground, 'approval.answered');
    expect([entry?.actor, more]).toEqual(['person/sup-1', []]);
    expect(entry?.data).toMatchObject({ approvalId: REVIEW, kind: 'review', answer, reason: 'the button was pressed in class' });
    expect(await ground.stores.executions.openApprovals()).toEqual([]);
    expect(ground.asked).toEqual([]);
  },
);

test('a review delivered twice is written once', async () => {
  const { ground, room } = await done();
  const word = await reviewed(ground);
  await room(delivery(word));
  await room(delivery(word));
  expect(await written(ground, 'approval.answered')).toHaveLength(1);
  expect(ground.asked).toEqual([]);
});

test('a review counts after the run has ended', async () => {
  const { ground, room } = await done();
  await createFinish(ground.runtime)({ contract: 1, op: 'complete', executionId: RUN });
  expect(await ground.stores.executions.get(RUN)).toMatchObject({ status: 'COMPLETED' });
  const before = ground.asked.length;
  await room(delivery(await reviewed(ground)));
  expect(await asked(ground)).toMatchObject({ answer: 'approve' });
  expect(ground.asked).toHaveLength(before);
});

test.each([
  ['who asked for the run', { by: 'ada' }],
  ['another role', { by: 'wc-1', role: 'watch_commander' }],
  ['a supervisor who is not on duty', { by: 'sup-9' }],
  ['a supervisor who was shown something else', { factsHash: 'other' }],
])('a review by %s does not count', async (_, more) => {
  const { ground, room } = await done({ requestedBy: 'ada' });
  await room(delivery(await reviewed(ground, more)));
  expect(await written(ground, 'approval.answered')).toEqual([]);
  expect(await ground.stores.executions.openApprovals()).toMatchObject([{ id: REVIEW }]);
});

test('a review after 24 h does not count', async () => {
  const { ground, room } = await done();
  await ground.scheduler.run(Date.UTC(2026, 10, 23, 17));
  await room(delivery(await reviewed(ground)));
  expect(await written(ground, 'approval.answered')).toEqual([]);
});

test('nothing that happens later voids a review: it is of what was known then', async () => {
  const { ground, room } = await done();
  const before = await asked(ground);
  await stage(ground, {
    executions: [],
    incidents: [incident('I1', { location: { lat: 26.9, lon: -80.1, radiusM: 25 }, priority: 'LOW' })],
  });
  await room(delivery(raw('swoe', { executionId: RUN }, { 'detail-type': 'workflow.updated' })));
  expect(await asked(ground)).toEqual(before);
  expect(await written(ground, 'approval.voided')).toEqual([]);
  await room(delivery(await reviewed(ground)));
  expect(await asked(ground)).toMatchObject({ answer: 'approve', factsHash: before?.factsHash });
});
