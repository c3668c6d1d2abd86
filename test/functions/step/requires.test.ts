import { describe, expect, test } from 'vitest';
import { create as createSettle } from '../../../functions/settle/handler.ts';
import { create as createStep } from '../../../functions/step/handler.ts';
import { allocate } from '../../../shared/domain/allocation/allocate.ts';
import { ownBus } from '../../../shared/lambda/bus.ts';
import { delivery, type Rooms, raw, rooms } from '../../support/rooms.ts';
import { execution, hold, PLACE, perform, stage, stepNamed, unit } from '../../support/scene.ts';

const ID = 'gunfire-response-I1';
const cit = (id: string, northM: number) => unit(id, 'OFFICER', northM, { certifications: ['cit'] });
const plain = (id: string, northM: number) => unit(id, 'OFFICER', northM);
const certified = { requires: { OFFICER: { capabilities: [], certifications: ['cit'] } } };
const preferred = { prefers: { OFFICER: { capabilities: [], certifications: ['cit'], withinS: 300 } } };
const patrols = (more: object) => ({ ...stepNamed('sendPatrols'), needs: { OFFICER: 1 }, ...more });

const scene = async (fleet: ReturnType<typeof unit>[], priority = 'LOW') => {
  const ground = rooms();
  await ground.settle(stage(ground, { executions: [execution('I1', { priority: priority as never })], fleet }));
  return { ...ground, performs: (step: object) => createStep(ground.runtime)(perform('I1', 'sendPatrols', { step })) };
};
const record = ({ stores }: Rooms) => stores.executions.step(ID, 'sendPatrols');
const failures = ({ asked }: Rooms) => asked.filter(({ operation }) => operation === 'SendTaskFailure').map(({ input }) => input);

/** What goes before the run takes the unit that it was given. */
const takes = async (ground: Rooms, requires: object) => {
  const deps = { ...ground.stores, bus: ownBus(ground.runtime), clock: ground.runtime.clock };
  const want = { executionId: 'other', step: 'help', needs: { OFFICER: 1 }, ...requires, location: PLACE, leaseS: 600 } as const;
  await allocate(deps)({ ...want, priority: 'EMERGENCY' }, { incidentId: 'I9', actor: 'system/test' });
  const word = ground.told.find(({ type }) => type === 'resource.preempted');
  return delivery(raw('swoe', word?.detail, { 'detail-type': 'resource.preempted' }));
};

describe('a step that says what its units must have', () => {
  test('is sent the nearest that has it, past nearer ones', async () => {
    const ground = await scene([plain('p', 50), cit('c', 900)]);
    await ground.performs(patrols(certified));
    expect(await record(ground)).toMatchObject({ status: 'DISPATCHED', units: ['c'], ...certified });
  });

  test('fails where nobody has it, and says what was lacking', async () => {
    const ground = await scene([plain('p', 50)]);
    await ground.performs(patrols(certified));
    const cause = 'not enough free units within reach: 1 OFFICER certified for cit short';
    expect(failures(ground)).toMatchObject([{ error: 'SWOE.ResourcesShort', cause }]);
  });

  test('waits in the line for just that', async () => {
    const ground = await scene([plain('p', 50)]);
    const step = { ...patrols(certified), waits: 300 };
    await ground.performs(step);
    const error = { Error: 'SWOE.Waiting', Cause: 'short' };
    await createStep(ground.runtime)(hold('I1', 'sendPatrols', { step: step as never, error, within: 300, token: 'waits' }));
    expect(await ground.stores.resources.line()).toMatchObject([{ request: { executionId: ID, ...certified } }]);
    expect((await ground.entries()).find(({ kind }) => kind === 'resource.waiting')?.data).toMatchObject(certified);
  });

  test('from which a unit was taken is sent another that has it, or none', async () => {
    const ground = await scene([cit('c1', 100)]);
    await ground.performs(patrols(certified));
    const word = await takes(ground, certified);
    for (const one of [plain('p', 50), cit('c2', 900)])
      await ground.stores.journal.commit(one.id, [], ground.stores.resources.register(one));
    await createSettle(ground.runtime)(word);
    expect(await record(ground)).toMatchObject({ status: 'DISPATCHED', units: ['c2'] });
  });
});

describe('a step that prefers', () => {
  test('is sent whoever is nearest where nobody has it', async () => {
    const ground = await scene([plain('p', 50), plain('q', 80)]);
    await ground.performs(patrols(preferred));
    expect(await record(ground)).toMatchObject({ status: 'DISPATCHED', units: ['p'] });
  });
});

test('a step of a machine that knew numbers alone is sent the nearest, as ever', async () => {
  const ground = await scene([plain('p', 50), cit('c', 900)]);
  const { requires: _, prefers: __, ...old } = patrols({}) as Record<string, unknown>;
  await ground.performs(old);
  expect(await record(ground)).toMatchObject({ status: 'DISPATCHED', units: ['p'] });
});
