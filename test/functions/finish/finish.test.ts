import { expect, test } from 'vitest';
import { create } from '../../../functions/finish/handler.ts';
import { create as createStep } from '../../../functions/step/handler.ts';
import { delivery, raw, rooms } from '../../support/rooms.ts';
import { councilAuthorisation, execution, exigency, perform, stage, stepNamed, unit } from '../../support/scene.ts';

const ID = 'gunfire-response-I1';
const complete = { contract: 1, op: 'complete', executionId: ID };
const compensate = { contract: 1, op: 'compensate', executionId: ID, error: { Error: 'SWOE.ActionFailed', Cause: 'no' } };
const statusChange = (status: string, cause = '') =>
  raw('aws.states', { name: ID, status, cause }, { 'detail-type': 'Step Functions Execution Status Change' });

const dispatchedTwo = async () => {
  const ground = rooms();
  const fleet = [unit('d', 'DRONE', 300), unit('o1', 'OFFICER', 100), unit('o2', 'OFFICER', 200), unit('v', 'VEHICLE', 100)];
  await stage(ground, { fleet, facts: [exigency('I1'), councilAuthorisation()] });
  const step = createStep(ground.runtime);
  await step(perform('I1', 'sendPatrols'));
  await step(perform('I1', 'sendDrone'));
  ground.told.length = 0;
  return { ground, room: create(ground.runtime) };
};

test('a run that lacks a step completes as degraded and says what is missing', async () => {
  const ground = rooms();
  const missing = [{ step: 'sendDrone', action: 'DRONE_DISPATCH', error: 'States.Timeout', cause: '' }];
  await stage(ground, { executions: [execution('I1', { degraded: true, missing })] });
  await create(ground.runtime)(complete);
  expect(await ground.stores.executions.get(ID)).toMatchObject({ status: 'COMPLETED', degraded: true, missing });
  expect(ground.told).toMatchObject([{ type: 'workflow.completed', detail: { degraded: true, missing } }]);
});

test('a step that never ended is ended with the run, told to its subsystem where a machine may undo it, and makes the run degraded even where nobody noted it', async () => {
  const { ground, room } = await dispatchedTwo();
  await room(complete);
  expect((await ground.stores.executions.steps(ID)).map(({ status }) => status)).toEqual(['FAILED', 'FAILED']);
  // Officers who are on their way are not called back: nobody may but a named person.
  expect(ground.told.filter(({ type }) => type === 'action.cancelled').map(({ detail }) => [detail['action'], detail['reason']])).toEqual([
    ['DRONE_DISPATCH', 'SWOE.Unrecorded'],
  ]);
  expect(await ground.stores.executions.get(ID)).toMatchObject({
    status: 'COMPLETED',
    degraded: true,
    missing: [{ step: 'sendDrone', error: 'SWOE.Unrecorded' }, { step: 'sendPatrols' }],
  });
});

test.each([
  ['failed at what a machine may undo', 'sendDrone', 'FAILED', 'd', 'FREE'],
  ['was called off and held', 'sendDrone', 'HELD', 'd', 'FREE'],
  ['failed at what only a person may undo', 'sendPatrols', 'FAILED', 'o1', 'HELD'],
  ['was asked for, not answered and held, and only a person may undo it', 'sendPatrols', 'HELD', 'o1', 'HELD'],
] as const)('a failed run, of a step that %s: %s, %s, its unit %s is %s', async (_, name, status, id, left) => {
  const { ground, room } = await dispatchedTwo();
  await ground.stores.journal.commit('I1', [], [ground.stores.executions.enterStep(ID, name, status)]);
  await room(compensate);
  expect(await ground.stores.resources.get(id)).toMatchObject({ status: left });
});

test('what was asked for and not answered when its step was held is named with who must undo it', async () => {
  const { ground, room } = await dispatchedTwo();
  for (const name of ['sendPatrols', 'sendDrone'])
    await ground.stores.journal.commit('I1', [], [ground.stores.executions.enterStep(ID, name, 'HELD')]);
  await room(compensate);
  const left = (await ground.entries()).filter(({ kind }) => kind === 'step.not-undone');
  expect(left.map(({ data }) => [data['step'], data['who']])).toEqual([['sendPatrols', 'a named person must undo it']]);
});

test('units that SWOE only held for a run are free when it fails', async () => {
  const ground = rooms();
  await stage(ground, { fleet: [unit('o1', 'OFFICER', 100)] });
  const staged = { ...stepNamed('sendPatrols'), name: 'stageReserve', action: 'RESOURCE_ALLOCATE' as const, needs: { OFFICER: 1 } };
  await createStep(ground.runtime)(perform('I1', 'sendPatrols', { step: staged, arguments: { purpose: 'staging' } }));
  expect(await ground.stores.resources.get('o1')).toMatchObject({ status: 'HELD', step: 'stageReserve' });
  await create(ground.runtime)(compensate);
  expect(await ground.stores.resources.get('o1')).toMatchObject({ status: 'FREE' });
});

test('a failed run undoes what a machine may undo, and recalls no officer', async () => {
  const { ground, room } = await dispatchedTwo();
  await room(compensate);
  expect(ground.told.filter(({ type }) => type === 'action.cancelled')).toMatchObject([{ detail: { action: 'DRONE_DISPATCH' } }]);
  expect(await ground.stores.resources.get('d')).toMatchObject({ status: 'FREE' });
  for (const id of ['o1', 'o2', 'v']) expect(await ground.stores.resources.get(id)).toMatchObject({ status: 'HELD' });
  expect((await ground.entries()).find(({ kind }) => kind === 'step.not-undone')?.data).toMatchObject({
    step: 'sendPatrols',
    who: 'a named person must undo it',
  });
  expect(await ground.stores.executions.get(ID)).toMatchObject({ status: 'FAILED' });
  expect(await ground.stores.executions.active()).toEqual([]);
});

test('an undo that fails stops no other, and the run still ends', async () => {
  const { ground, room } = await dispatchedTwo();
  ground.faults.push({ service: 'events', operation: 'PutEvents', error: 'AccessDeniedException' });
  await room(compensate);
  expect(
    (await ground.entries())
      .filter(({ kind }) => kind === 'step.not-undone')
      .map(({ data }) => data['step'])
      .sort(),
  ).toEqual(['sendDrone', 'sendPatrols']);
  expect(await ground.stores.executions.get(ID)).toMatchObject({ status: 'FAILED' });
});

test.each([
  ['TIMED_OUT', 'TIMEOUT'],
  ['ABORTED', 'CANCELLED'],
  ['FAILED', 'FAILED'],
  ['SUCCEEDED', 'COMPLETED'],
])('a status change to %s ends the execution as %s, once', async (status, ended) => {
  const { ground, room } = await dispatchedTwo();
  await room(delivery(statusChange(status, 'why')));
  await room(delivery(statusChange(status, 'why')));
  await room(compensate);
  expect(await ground.stores.executions.get(ID)).toMatchObject({ status: ended });
  expect((await ground.entries()).map(({ kind }) => kind).filter((kind) => kind.startsWith('workflow.'))).toHaveLength(2);
});

test('an end that was cut short is taken up, and its steps are undone once', async () => {
  const { ground, room } = await dispatchedTwo();
  await ground.stores.journal.commit(
    'I1',
    [{ kind: 'workflow.ending', actor: 'system/finish', data: {} }],
    [ground.stores.executions.beginEnd(ID, { ending: '2026-11-22T17:00:01.000Z', endingAs: 'FAILED', cause: 'no' })],
  );
  await room(compensate);
  const kinds = (await ground.entries()).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'workflow.ending' || kind === 'workflow.failed' || kind === 'step.undone').sort()).toEqual([
    'step.undone',
    'workflow.ending',
    'workflow.failed',
  ]);
});

test('steps that race the end of their run are undone or never begin, in any order', async () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const ground = rooms({ seed, shuffle: true });
    await ground.settle(stage(ground, { fleet: [unit('d', 'DRONE', 300)], facts: [exigency('I1'), councilAuthorisation()] }));
    const [step, room] = [createStep(ground.runtime), create(ground.runtime)];
    await ground.settle(Promise.all([step(perform('I1', 'sendDrone')), step(perform('I1', 'turnCameras')), room(compensate)]));
    const entries = (await ground.settle(ground.entries()))
      .map(({ kind }) => kind)
      .filter((kind) => /^(workflow|step|action)\./.test(kind));
    expect(entries.slice(entries.indexOf('workflow.failed'))).toEqual(['workflow.failed']);
    const steps = await ground.settle(ground.stores.executions.steps(ID));
    expect(steps.every(({ status }) => status === 'UNDONE')).toBe(true);
    expect(await ground.settle(ground.stores.resources.get('d'))).toMatchObject({ status: 'FREE' });
  }
});

test('what a failed run was still waiting for past its time counts against whoever was asked, and what had time left does not', async () => {
  const { ground, room } = await dispatchedTwo();
  await ground.scheduler.run(ground.scheduler.now() + stepNamed('sendDrone').within * 1000);
  await room(compensate);
  const { kernel } = ground.stores;
  expect(await kernel.breaker('drone_ops')).toMatchObject({ state: 'CLOSED', because: 'DRONE_DISPATCH was not answered in time' });
  expect((await kernel.breaker('dispatch')).generation).toBe(0);
});
