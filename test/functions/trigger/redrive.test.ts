import { expect, test } from 'vitest';
import { create as createStep } from '../../../functions/step/handler.ts';
import type { StepRecord } from '../../../shared/contracts/execution.ts';
import { nextId, redriveRefusal } from '../../../shared/domain/redrive.ts';
import { event as on } from '../../../workflows/language/event.ts';
import { execution, perform, stage, stepNamed, unit } from '../../support/scene.ts';
import { response, triggering } from './ground.ts';

const gunfire = response('gunfire-response', [on({ type: 'call.shots-fired' })]);
const [OLD, NEW] = ['gunfire-response-I1', 'gunfire-response-I1-r1'];
const asked = {
  executionId: OLD,
  reason: 'the radio is back',
  by: 'sup-1',
  role: 'supervisor',
  at: '2026-11-22T17:10:00.000Z',
  requestId: 'R1',
};

const record = (step: string, status: StepRecord['status']): StepRecord => {
  const { action, undo } = stepNamed(step);
  return {
    executionId: OLD,
    incidentId: 'I1',
    step,
    action,
    actionId: `${OLD}/${step}/0`,
    status,
    ordinal: 1,
    attempt: 0,
    round: 0,
    undo,
    subsystem: 'dispatch',
    units: [],
    startedAt: '2026-11-22T17:00:01.000Z',
  };
};

const failed = async () => {
  const ground = await triggering([gunfire]);
  const fleet = [unit('o1', 'OFFICER', 100), unit('o2', 'OFFICER', 200), unit('v', 'VEHICLE', 100)];
  await stage(ground, { executions: [execution('I1')], fleet });
  await createStep(ground.runtime)(perform('I1', 'sendPatrols'));
  const { executions, journal } = ground.stores;
  await journal.commit(
    'I1',
    [],
    [executions.enterStep(OLD, 'sendPatrols', 'COMPLETED'), executions.writeStep(record('sendDrone', 'UNDONE'), undefined)],
  );
  await journal.commit('I1', [], executions.enter(OLD, 'FAILED', { ending: asked.at, endedAt: asked.at }));
  ground.told.length = 0;
  return ground;
};

test('a run is taken up as a new, linked one: what stands is not done again, and its units go along', async () => {
  const ground = await failed();
  for (let n = 0; n < 2; n += 1) await ground.say('execution.redrive', asked);
  expect(ground.started).toEqual([NEW]);
  expect(await ground.stores.executions.get(NEW)).toMatchObject({
    redriveOf: OLD,
    status: 'RUNNING',
    input: { requestedBy: 'sup-1', executionId: NEW },
  });
  for (const id of ['o1', 'o2', 'v'])
    expect(await ground.stores.resources.get(id)).toMatchObject({ holder: NEW, step: 'sendPatrols', fence: 2 });
  expect(await ground.stores.executions.step(NEW, 'sendDrone')).toBeUndefined();
  expect((await ground.kinds('workflow.redriven')).map(({ data }) => [data['of'], data['kept']])).toEqual([[OLD, ['sendPatrols']]]);
  expect([
    (await ground.kinds('match.made')).filter(({ data }) => data['eventKey']).length,
    (await ground.kinds('match.started')).length,
  ]).toEqual([1, 1]);
  ground.asked.length = 0;
  await createStep(ground.runtime)({ ...perform('I1', 'sendPatrols'), executionId: NEW });
  expect(ground.asked).toMatchObject([{ operation: 'SendTaskSuccess' }]);
  expect(ground.told.filter(({ type }) => type === 'action.requested')).toEqual([]);
});

test('it is refused while the run goes on, and once it was taken up', async () => {
  const ground = await triggering([gunfire]);
  await stage(ground, { executions: [execution('I1')] });
  await ground.say('execution.redrive', asked);
  expect(ground.started).toEqual([]);
  const ended = await failed();
  await ended.say('execution.redrive', asked);
  await ended.say('execution.redrive', { ...asked, requestId: 'R2' });
  expect(ended.started).toEqual([NEW]);
});

test('who may be taken up', () => {
  const ended = execution('I1', { status: 'FAILED' });
  expect(redriveRefusal(ended, [ended])).toBeUndefined();
  expect(redriveRefusal(execution('I1', { status: 'COMPLETED' }), [])).toContain('COMPLETED');
  expect(redriveRefusal(ended, [execution('I2')])).toContain('under way');
  expect(redriveRefusal({ ...ended, supersededBy: 'x' }, [execution('I1', { id: 'x', workflow: 'graver' })])).toContain('under way');
  expect(redriveRefusal(ended, [execution('I1', { id: NEW, status: 'FAILED' })])).toContain('taken it up');
  expect([nextId(OLD), nextId(NEW), nextId('a-r9')]).toEqual([NEW, 'gunfire-response-I1-r2', 'a-r10']);
});
