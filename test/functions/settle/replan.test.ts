import { describe, expect, test } from 'vitest';
import { create as createSettle } from '../../../functions/settle/handler.ts';
import { create as createStep } from '../../../functions/step/handler.ts';
import { create as createSweep } from '../../../functions/sweep/handler.ts';
import type { AllocationRequest } from '../../../shared/contracts/resource-allocation.ts';
import { allocate } from '../../../shared/domain/allocation/allocate.ts';
import { ownBus } from '../../../shared/lambda/bus.ts';
import { delivery, type Rooms, raw, rooms } from '../../support/rooms.ts';
import { execution, PLACE, perform, stage, stepNamed, unit } from '../../support/scene.ts';

const ID = 'gunfire-response-I1';
const low = (more: object = {}) => execution('I1', { priority: 'LOW', ...more });

/** A run of LOW priority has sent patrols; what goes before it takes one officer. */
const preempted = async (free: number, needs: Record<string, number> = { OFFICER: 1 }) => {
  const ground = rooms();
  const officers = Array.from({ length: 1 + free }, (_, n) => unit(`o${n}`, 'OFFICER', 100 * (n + 1)));
  await stage(ground, { executions: [low()], fleet: [officers[0], unit('v', 'VEHICLE', 100)].filter((one) => one !== undefined) });
  await createStep(ground.runtime)(perform('I1', 'sendPatrols', { step: { ...stepNamed('sendPatrols'), needs } }));
  const want: AllocationRequest = {
    executionId: 'other',
    step: 'help',
    needs: { OFFICER: 1 },
    location: PLACE,
    priority: 'EMERGENCY',
    leaseS: 600,
  };
  await allocate({ ...ground.stores, bus: ownBus(ground.runtime), clock: ground.runtime.clock })(want, {
    incidentId: 'I9',
    actor: 'system/test',
  });
  for (const one of officers.slice(1)) await ground.stores.journal.commit(one.id, [], ground.stores.resources.register(one));
  const word = ground.told.find(({ type }) => type === 'resource.preempted');
  ground.told.length = 0;
  return { ...ground, word: delivery(raw('swoe', word?.detail, { 'detail-type': 'resource.preempted' })) };
};
const told = ({ told: all }: Pick<Rooms, 'told'>) =>
  all.map(({ type, detail }) => [type, (detail['units'] as { id: string }[]).map(({ id }) => id)]);
const failures = ({ asked }: Pick<Rooms, 'asked'>) =>
  asked.filter(({ operation }) => operation === 'SendTaskFailure').map(({ input }) => input['error']);

describe('a run from which a unit was taken', () => {
  test('allocates another for the same step, and its subsystem hears who is on it now', async () => {
    const ground = await preempted(2);
    await createSettle(ground.runtime)(ground.word);
    expect(told(ground)).toEqual([['action.updated', ['o1']]]);
    expect(await ground.stores.executions.step(ID, 'sendPatrols')).toMatchObject({ status: 'DISPATCHED', units: ['o1'] });
    expect((await ground.stores.resources.heldBy(ID)).map(({ resourceId }) => resourceId).sort()).toEqual(['o1']);
    expect((await ground.stores.executions.get(ID))?.missing).toEqual([]);
    expect(await ground.stores.resources.displaced()).toEqual([]);
  });

  test('does so once, however often it is told', async () => {
    const ground = await preempted(4);
    const settle = createSettle(ground.runtime);
    await settle(ground.word);
    await settle(ground.word);
    expect(ground.told).toHaveLength(1);
    expect((await ground.entries()).filter(({ kind, executionId }) => kind === 'resource.allocated' && executionId === ID)).toHaveLength(2);
  });

  test('goes on with whom it has where there is no other, and says what it lacks', async () => {
    const ground = await preempted(0, { OFFICER: 1, VEHICLE: 1 });
    await createSettle(ground.runtime)(ground.word);
    expect(await ground.stores.executions.get(ID)).toMatchObject({
      degraded: true,
      missing: [{ step: 'sendPatrols', error: 'SWOE.Preempted', cause: expect.stringContaining('EMERGENCY goes before LOW') }],
    });
    expect(told(ground)).toEqual([['action.updated', ['v']]]);
    expect(failures(ground)).toEqual([]);
  });

  test('fails a step that nobody is left on, so that its machine does what it says of failures', async () => {
    const ground = await preempted(0);
    await createSettle(ground.runtime)(ground.word);
    expect(failures(ground)).toEqual(['SWOE.Preempted']);
    expect(await ground.stores.executions.step(ID, 'sendPatrols')).toMatchObject({ status: 'FAILED', error: 'SWOE.Preempted' });
  });

  test('says what it lacks of a step that was done: its units were still on the way', async () => {
    const ground = await preempted(0);
    const { journal, executions } = ground.stores;
    await journal.commit('I1', [], [executions.enterStep(ID, 'sendPatrols', 'COMPLETED')]);
    await createSettle(ground.runtime)(ground.word);
    expect(failures(ground)).toEqual([]);
    expect((await executions.get(ID))?.missing).toMatchObject([{ step: 'sendPatrols', error: 'SWOE.Preempted' }]);
  });

  test('does nothing where it is over', async () => {
    const ground = await preempted(3);
    const { journal, executions, resources } = ground.stores;
    await journal.commit('I1', [], executions.enter(ID, 'CANCELLED'));
    await createSettle(ground.runtime)(ground.word);
    expect(ground.told).toEqual([]);
    expect(await resources.displaced()).toEqual([]);
    expect(await resources.get('o1')).toMatchObject({ status: 'FREE' });
  });
});

test('a word that was lost on the way is put on the queue again by the sweep, until the run has planned anew', async () => {
  const ground = await preempted(2);
  const sent = () => ground.asked.filter(({ input }) => String(input['QueueUrl']).endsWith('-settle'));
  await createSweep(ground.runtime)();
  expect(sent()).toEqual([]);
  await ground.scheduler.run(ground.scheduler.now() + 61_000);
  await createSweep(ground.runtime)();
  expect(sent()).toHaveLength(1);
  const { detail, ...event } = JSON.parse(String(sent()[0]?.input['MessageBody']));
  await createSettle(ground.runtime)(delivery({ ...event, detail }));
  expect(told(ground)).toEqual([['action.updated', ['o1']]]);
  await createSweep(ground.runtime)();
  expect(sent()).toHaveLength(1);
});

test('a person’s bundle that lost two units is given two others, whichever word of it comes first', async () => {
  const ground = rooms();
  const { stores, runtime } = ground;
  await stage(ground, { executions: [low()], fleet: ['a', 'b'].map((id, n) => unit(id, 'OFFICER', 100 * (n + 1))) });
  const claim = allocate({ ...stores, bus: ownBus(runtime), clock: runtime.clock });
  const want = (executionId: string, priority: AllocationRequest['priority']): AllocationRequest => ({
    executionId,
    step: 'by-hand-1',
    needs: { OFFICER: 2 },
    location: PLACE,
    priority,
    leaseS: 600,
  });
  await claim(want(ID, 'LOW'), { incidentId: 'I1', actor: 'person/ada' });
  await claim(want('incident/I9', 'EMERGENCY'), { incidentId: 'I9', actor: 'person/ada' });
  const words = ground.told.map(({ detail }) => raw('swoe', detail, { 'detail-type': 'resource.preempted' }));
  expect(words).toHaveLength(2);
  for (const id of ['c', 'd']) await stores.journal.commit(id, [], stores.resources.register(unit(id, 'OFFICER', 500)));
  await createSettle(runtime)(delivery(...words.reverse()));
  expect((await stores.resources.heldBy(ID)).map(({ resourceId }) => resourceId).sort()).toEqual(['c', 'd']);
  expect(await stores.resources.displaced()).toEqual([]);
});
