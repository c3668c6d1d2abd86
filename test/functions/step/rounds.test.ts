import fc from 'fast-check';
import { expect, test } from 'vitest';
import { create as createSettle } from '../../../functions/settle/handler.ts';
import { create } from '../../../functions/step/handler.ts';
import type { StepCommand } from '../../../shared/contracts/execution.ts';
import { delivery, type Rooms, raw, rooms } from '../../support/rooms.ts';
import { ask, onDuty, perform, stage } from '../../support/scene.ts';

const RUN = 'gunfire-response-I1';
const step = 'adviseTactics';
const command = (round: number, token = `token-${round}`): StepCommand => perform('I1', step, { round, token });

const requests = (ground: Rooms) => ground.told.filter(({ type }) => type === 'action.requested').map(({ detail }) => detail['actionId']);
const answered = (ground: Rooms) =>
  ground.asked.filter(({ operation }) => operation === 'SendTaskSuccess').map(({ input }) => ({ ...input }));

const replied = (ground: Rooms, attempt: number, result: object = {}) =>
  createSettle(ground.runtime)(
    delivery(raw('digital_twin', { actionId: `${RUN}/${step}/${attempt}`, result }, { 'detail-type': 'action.completed' })),
  );

test('a completed step of an older round is done anew; of the same round it is only said again', async () => {
  const ground = rooms();
  await stage(ground, {});
  const room = create(ground.runtime);
  await room(command(0));
  await replied(ground, 0, { recommend: 'continue' });
  await room(command(0, 'late-token'));
  expect(requests(ground)).toEqual([`${RUN}/${step}/0`]);
  expect(answered(ground).at(-1)).toEqual({
    taskToken: 'late-token',
    output: JSON.stringify({ actionId: `${RUN}/${step}/0`, said: { recommend: 'continue' } }),
  });
  await room(command(1));
  expect(requests(ground)).toEqual([`${RUN}/${step}/0`, `${RUN}/${step}/1`]);
  expect(await ground.stores.executions.step(RUN, step)).toMatchObject({ round: 1, attempt: 1, status: 'DISPATCHED' });
});

test('a round that was missed is not begun late, and the next one is begun', async () => {
  const ground = rooms();
  await stage(ground, {});
  const room = create(ground.runtime);
  await room(command(0));
  const missed = { contract: 1, op: 'miss', executionId: RUN, attempt: 0, step, action: 'TACTICAL_ANALYSIS', undo: 'never' } as const;
  const error = { Error: 'States.Timeout', Cause: '' };
  await room({ ...missed, round: 0, error });
  await room(command(0, 'late-token'));
  expect(requests(ground)).toHaveLength(1);
  await room(command(1));
  expect(requests(ground)).toEqual([`${RUN}/${step}/0`, `${RUN}/${step}/1`]);
  await room({ ...missed, round: 0, error });
  expect(await ground.stores.executions.step(RUN, step)).toMatchObject({ round: 1, status: 'DISPATCHED' });
  await room({ ...missed, round: 1, error });
  expect((await ground.stores.executions.get(RUN))?.missing).toMatchObject([{ step, round: 1 }]);
  expect(await ground.stores.executions.step(RUN, step)).toMatchObject({ status: 'TIMED_OUT' });
});

test('however often commands come, each round is one action, and no older round begins again', async () => {
  const rounds = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(rounds, async (order) => {
      const ground = rooms();
      await stage(ground, {});
      const room = create(ground.runtime);
      let latest = -1;
      const begun = new Set<number>();
      for (const round of order) {
        await room(command(round));
        if (round < latest) continue;
        latest = round;
        begun.add(round);
        await replied(ground, begun.size - 1);
      }
      expect(new Set(requests(ground)).size).toBe(begun.size);
      expect(await ground.stores.executions.step(RUN, step)).toMatchObject({ round: latest, status: 'COMPLETED' });
    }),
    { numRuns: 25 },
  );
});

test('a new round asks anew, and a yes of the round before does not answer it', async () => {
  const ground = rooms();
  await stage(ground, { facts: onDuty('wc-1') });
  const [room, settle] = [create(ground.runtime), createSettle(ground.runtime)];
  await room(ask('I1', 'goOn'));
  const [first] = await ground.stores.executions.openApprovals();
  const yes = {
    approvalId: first?.id,
    answer: 'approve',
    reason: 'seen it',
    factsHash: first?.factsHash,
    by: 'wc-1',
    role: 'watch_commander',
    at: '2026-11-22T17:00:05.000Z',
  };
  const event = raw('swoe', yes, { 'detail-type': 'approval.answered' });
  await settle(delivery(event));
  expect(answered(ground)).toEqual([{ taskToken: 'token-goOn', output: JSON.stringify({ answer: 'approve' }) }]);
  await room(ask('I1', 'goOn', { round: 1, token: 'token-1' }));
  await settle(delivery(event));
  expect(answered(ground)).toHaveLength(1);
  expect(await ground.stores.executions.openApprovals()).toMatchObject([{ round: 1, voices: [], token: 'token-1' }]);
});
