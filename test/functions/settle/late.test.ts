import { expect, test } from 'vitest';
import { create } from '../../../functions/settle/handler.ts';
import { create as createStep } from '../../../functions/step/handler.ts';
import { delivery, raw, rooms } from '../../support/rooms.ts';
import { councilAuthorisation, exigency, perform, stage, unit } from '../../support/scene.ts';

const ID = 'gunfire-response-I1';

const completedLate = async (step: 'sendDrone' | 'alertOfficers', status: 'UNDONE' | 'FAILED' | 'TIMED_OUT') => {
  const ground = rooms();
  await stage(ground, { fleet: [unit('d', 'DRONE', 300)], facts: [exigency('I1'), councilAuthorisation()] });
  await createStep(ground.runtime)(perform('I1', step));
  const asker = String(ground.told[0]?.detail['subsystem']);
  await ground.stores.journal.commit('I1', [], [ground.stores.executions.enterStep(ID, step, status)]);
  ground.told.length = 0;
  const reply = raw(asker, { actionId: `${ID}/${step}/0` }, { 'detail-type': 'action.completed' });
  return { ground, deliver: () => create(ground.runtime)(delivery(reply)) };
};

test.each(['UNDONE', 'FAILED', 'TIMED_OUT'] as const)(
  'a drone that arrives after its step was %s is called back, each time it says so',
  async (status) => {
    const { ground, deliver } = await completedLate('sendDrone', status);
    await deliver();
    await deliver();
    expect(ground.told).toMatchObject([
      { type: 'action.cancelled', detail: { actionId: `${ID}/sendDrone/0`, undo: true, subsystem: 'drone_ops' } },
      { type: 'action.cancelled' },
    ]);
    expect((await ground.entries()).filter(({ kind }) => kind === 'action.late-reply')).toHaveLength(1);
  },
);

test('what only a person may undo is not called back by a machine', async () => {
  const { ground, deliver } = await completedLate('alertOfficers', 'TIMED_OUT');
  await deliver();
  expect(ground.told).toEqual([]);
});
