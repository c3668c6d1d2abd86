import { expect, test } from 'vitest';
import { create } from '../../../functions/step/handler.ts';
import { rooms } from '../../support/rooms.ts';
import { droneMayFly, execution, exigency, perform, stage, unit } from '../../support/scene.ts';

const failures = (ground: ReturnType<typeof rooms>) =>
  ground.asked
    .filter(({ operation }) => operation === 'SendTaskFailure')
    .map(({ input }) => ({ error: input['error'], cause: input['cause'] }));

test('a drone is sent when the stored facts allow it: the nearest one, under a fence, with its legal basis', async () => {
  const ground = rooms();
  await stage(ground, { fleet: [unit('far', 'DRONE', 3000), unit('near', 'DRONE', 300)], facts: [exigency('I1'), ...droneMayFly()] });
  await create(ground.runtime)(perform('I1', 'sendDrone'));
  expect(ground.told).toMatchObject([
    {
      type: 'action.requested',
      detail: { subsystem: 'drone_ops', action: 'DRONE_DISPATCH', units: [{ id: 'near', fence: 1 }], legalBasis: 'FS 934.50(4)(c)' },
    },
  ]);
  expect(await ground.stores.resources.get('near')).toMatchObject({ status: 'HELD', holder: 'gunfire-response-I1', fence: 1 });
  expect(await ground.stores.resources.get('far')).toMatchObject({ status: 'FREE' });
  expect(JSON.stringify(ground.told)).not.toContain('token-sendDrone');
});

test('an airframe that is approved by itself may fly, and no other is sent on its approval', async () => {
  const ground = rooms();
  const [council, airframe] = droneMayFly();
  const approval = airframe && { ...airframe, subject: 'resource/near' };
  const fleet = [unit('far', 'DRONE', 3000), unit('near', 'DRONE', 300)];
  const facts = [exigency('I1'), council, approval].filter((fact) => fact !== undefined);
  await stage(ground, { executions: [execution('I1'), execution('I2')], fleet, facts: [...facts, exigency('I2')] });
  await create(ground.runtime)(perform('I1', 'sendDrone'));
  expect(ground.told).toMatchObject([{ detail: { action: 'DRONE_DISPATCH', units: [{ id: 'near' }] } }]);
  await create(ground.runtime)(perform('I2', 'sendDrone'));
  expect(ground.told).toHaveLength(1);
  expect(failures(ground)).toMatchObject([{ error: 'SWOE.Refused', cause: expect.stringContaining('airframe') }]);
  expect(await ground.stores.resources.get('far')).toMatchObject({ status: 'FREE' });
});

test('a caller who merely claims a warrant is refused, and the refusal says why', async () => {
  const ground = rooms();
  const claimed = execution('I1');
  claimed.input.inputs = { warrant: { number: 'W-123', scope: 'aerial' }, exigency: true };
  await stage(ground, { executions: [claimed], fleet: [unit('near', 'DRONE', 300)], facts: droneMayFly() });
  await create(ground.runtime)(perform('I1', 'sendDrone'));
  expect(failures(ground)).toMatchObject([{ error: 'SWOE.Refused' }]);
  expect(ground.told).toEqual([]);
  expect(await ground.stores.resources.get('near')).toMatchObject({ status: 'FREE' });
  const decision = (await ground.entries()).find(({ kind }) => kind === 'guardrail.decided');
  expect(decision?.data).toMatchObject({ verdict: 'refuse' });
  expect(JSON.stringify(decision?.data['clauses'])).toContain('fourth-amendment-drone-surveillance');
});

test('a missing fact never suppresses an officer alert', async () => {
  const ground = rooms();
  await stage(ground, {});
  await create(ground.runtime)(perform('I1', 'alertOfficers'));
  expect(ground.told).toMatchObject([{ type: 'action.requested', detail: { action: 'OFFICER_ALERT' } }]);
  expect(failures(ground)).toEqual([]);
});

test('too few units is a failure of that step that says how many are short, and holds none of them', async () => {
  const ground = rooms();
  await stage(ground, { fleet: [unit('o1', 'OFFICER', 100), unit('v1', 'VEHICLE', 100)] });
  await create(ground.runtime)(perform('I1', 'sendPatrols'));
  expect(failures(ground)).toMatchObject([{ error: 'SWOE.ResourcesShort', cause: expect.stringContaining('1 OFFICER short') }]);
  expect(await ground.stores.resources.get('o1')).toMatchObject({ status: 'FREE' });
});

test('a command delivered twice is one action with one id and the same units, answered by the newer token', async () => {
  const ground = rooms();
  await stage(ground, { fleet: [unit('a', 'DRONE', 300), unit('b', 'DRONE', 400)], facts: [exigency('I1'), ...droneMayFly()] });
  const room = create(ground.runtime);
  ground.faults.push({ service: 'events', operation: 'PutEvents', error: 'AccessDeniedException' });
  await expect(room(perform('I1', 'sendDrone'))).rejects.toThrow('planned');
  await room(perform('I1', 'sendDrone', { token: 'second' }));
  expect(ground.told).toHaveLength(1);
  expect(ground.told[0]?.detail).toMatchObject({ actionId: 'gunfire-response-I1/sendDrone/0', units: [{ id: 'a', fence: 1 }] });
  expect((await ground.stores.executions.step('gunfire-response-I1', 'sendDrone'))?.token).toBe('second');
  expect((await ground.entries()).filter(({ kind }) => kind === 'action.requested')).toHaveLength(1);
});

test('two executions never hold one unit, however their claims interleave', async () => {
  for (let seed = 0; seed < 40; seed += 1) {
    const ground = rooms({ seed, shuffle: true });
    const ids = ['I1', 'I2', 'I3', 'I4'];
    const fleet = ['a', 'b', 'c'].map((id, n) => unit(id, 'DRONE', 100 + n));
    await stage(ground, { executions: ids.map((id) => execution(id)), fleet, facts: [...ids.map(exigency), ...droneMayFly()] });
    await ground.settle(Promise.all(ids.map((id) => create(ground.runtime)(perform(id, 'sendDrone')))));
    const given = ground.told.flatMap(({ detail }) => (detail['units'] as { id: string }[]).map(({ id }) => id));
    expect(given.sort()).toEqual(['a', 'b', 'c']);
    expect(failures(ground)).toMatchObject([{ error: 'SWOE.ResourcesShort' }]);
    for (const { id } of fleet) expect((await ground.stores.resources.get(id))?.fence).toBe(1);
  }
});

test('a missed drone frees the drone and says what is missing; the officers stay', async () => {
  const ground = rooms();
  const fleet = [unit('d', 'DRONE', 300), unit('o1', 'OFFICER', 100), unit('o2', 'OFFICER', 200), unit('v', 'VEHICLE', 100)];
  await stage(ground, { fleet, facts: [exigency('I1'), ...droneMayFly()] });
  const room = create(ground.runtime);
  await room(perform('I1', 'sendDrone'));
  await room(perform('I1', 'sendPatrols'));
  const error = { Error: 'States.Timeout', Cause: '' };
  await room({
    contract: 1,
    op: 'miss',
    executionId: 'gunfire-response-I1',
    attempt: 0,
    step: 'sendDrone',
    action: 'DRONE_DISPATCH',
    undo: 'auto',
    error,
  });
  expect(await ground.stores.resources.get('d')).toMatchObject({ status: 'FREE' });
  for (const id of ['o1', 'o2', 'v']) expect(await ground.stores.resources.get(id)).toMatchObject({ status: 'HELD' });
  expect(ground.told.filter(({ type }) => type === 'action.cancelled')).toMatchObject([
    { detail: { action: 'DRONE_DISPATCH', undo: false } },
  ]);
  expect(await ground.stores.executions.get('gunfire-response-I1')).toMatchObject({
    degraded: true,
    missing: [{ step: 'sendDrone', error: 'States.Timeout' }],
  });
  expect((await ground.stores.executions.step('gunfire-response-I1', 'sendDrone'))?.status).toBe('TIMED_OUT');
});

test('a step of an execution that has ended does nothing', async () => {
  const ground = rooms();
  await stage(ground, { executions: [execution('I1', { status: 'CANCELLED' })] });
  await create(ground.runtime)(perform('I1', 'alertOfficers'));
  expect(ground.told).toEqual([]);
  expect(failures(ground)).toMatchObject([{ error: 'SWOE.Ended' }]);
});

test('a step that the run went on without is not begun by a slow delivery of its command', async () => {
  const ground = rooms();
  const missing = [{ step: 'sendDrone', action: 'DRONE_DISPATCH', error: 'States.Timeout', cause: '' }];
  await stage(ground, {
    executions: [execution('I1', { missing })],
    fleet: [unit('near', 'DRONE', 300)],
    facts: [exigency('I1'), ...droneMayFly()],
  });
  await create(ground.runtime)(perform('I1', 'sendDrone'));
  expect(failures(ground)).toMatchObject([{ error: 'SWOE.Ended' }]);
  expect(ground.told).toEqual([]);
  expect(await ground.stores.resources.get('near')).toMatchObject({ status: 'FREE' });
});
