import { expect, test } from 'vitest';
import { create as createFinish } from '../../../functions/finish/handler.ts';
import { create as createStep } from '../../../functions/step/handler.ts';
import type { ApprovalRecord } from '../../../shared/contracts/execution.ts';
import { event as on } from '../../../workflows/language/event.ts';
import { councilAuthorisation, exigency, perform, stage, unit } from '../../support/scene.ts';
import { event, incident, response, triggering } from './ground.ts';

const gunfire = response('gunfire-response', [on({ type: 'call.shots-fired' })]);
const shooter = response('shooter', [on({ type: 'panic.active-shooter' })], { supersedes: ['gunfire-response'] });
const [OLD, NEW] = ['gunfire-response-I1', 'shooter-I1'];
const panic = event('p1', 'I1', { type: 'panic.active-shooter' });
const fleet = [unit('d', 'DRONE', 300), unit('o1', 'OFFICER', 100), unit('o2', 'OFFICER', 200), unit('v', 'VEHICLE', 100)];

const question = (step: string, more: Partial<ApprovalRecord> = {}): ApprovalRecord => ({
  id: `${OLD}~${step}`,
  executionId: OLD,
  step,
  kind: 'approval',
  round: 0,
  ask: 'watch_commander',
  voices: [],
  question: 'Shall we?',
  facts: {},
  releases: [],
  factsHash: 'f',
  askedAt: '2026-11-22T17:00:00.000Z',
  expiresAt: '2026-11-22T17:05:00.000Z',
  token: `token-${step}`,
  ...more,
});

const dispatched = async () => {
  const ground = await triggering([gunfire, shooter]);
  await stage(ground, { fleet, facts: [exigency('I1'), councilAuthorisation()] });
  const step = createStep(ground.runtime);
  await step(perform('I1', 'sendPatrols'));
  await step(perform('I1', 'sendDrone'));
  ground.told.length = 0;
  return ground;
};

test('a graver response takes over: the units go to it under a higher fence, and at no moment is one free', async () => {
  const ground = await dispatched();
  await ground.hear(panic);
  for (const id of ['d', 'o1', 'o2', 'v'])
    expect(await ground.stores.resources.get(id)).toMatchObject({ status: 'HELD', holder: NEW, step: 'taken-over', fence: 2 });
  expect(await ground.stores.executions.get(OLD)).toMatchObject({ endingAs: 'CANCELLED', supersededBy: NEW });
  expect(await ground.stores.executions.get(NEW)).toMatchObject({ tookOver: [OLD], status: 'RUNNING' });
  await ground.finish('workflow.superseded');
  expect(await ground.stores.executions.get(OLD)).toMatchObject({ status: 'CANCELLED', cause: `superseded by ${NEW}` });
  expect(ground.told.filter(({ type }) => type === 'action.cancelled')).toEqual([]);
  expect(await ground.kinds('resource.released')).toEqual([]);
  expect((await ground.kinds('step.not-undone')).map(({ data }) => [data['step'], data['who']])).toEqual([
    ['sendPatrols', `${NEW} took over and answers for it`],
    ['sendDrone', `${NEW} took over and answers for it`],
  ]);
  expect(ground.asked.filter(({ operation }) => operation === 'StopExecution')).toHaveLength(1);
});

test('the whole of it may come twice, and happens once', async () => {
  const ground = await dispatched();
  for (let n = 0; n < 3; n += 1) await ground.hear(panic);
  for (let n = 0; n < 2; n += 1) await ground.finish('workflow.superseded');
  expect(await ground.kinds('resource.handed-over')).toHaveLength(4);
  expect([(await ground.kinds('workflow.superseded')).length, (await ground.kinds('workflow.cancelled')).length]).toEqual([1, 1]);
});

test('its open questions close, and a yes that was given goes along', async () => {
  const ground = await dispatched();
  const { executions, journal } = ground.stores;
  await journal.commit('I1', [], executions.ask(question('open')));
  await journal.commit('I1', [], executions.ask(question('given')));
  await journal.commit('I1', [], executions.answer(question('given'), { answer: 'approve', by: 'wc-1', reason: 'seen', voices: [] }));
  await ground.hear(panic);
  await ground.finish('workflow.superseded');
  expect(await executions.openApprovals()).toEqual([]);
  expect(await executions.asked(NEW, 'given')).toMatchObject({ answer: 'approve', by: 'wc-1', factsHash: 'f', id: `${NEW}~given` });
  expect(await executions.asked(NEW, 'open')).toBeUndefined();
  expect((await ground.kinds('approval.')).map(({ kind }) => kind).sort()).toEqual(['approval.expired', 'approval.taken-over']);
});

test('where the heir fails, what it took over is undone with its own: the drone comes home, the officers stay', async () => {
  const ground = await dispatched();
  await ground.hear(panic);
  await ground.finish('workflow.superseded');
  await createFinish(ground.runtime)({ contract: 1, op: 'compensate', executionId: NEW, error: { Error: 'X', Cause: 'y' } });
  expect(ground.told.filter(({ type }) => type === 'action.cancelled')).toMatchObject([{ detail: { actionId: `${OLD}/sendDrone/0` } }]);
  expect(await ground.stores.executions.step(OLD, 'sendDrone')).toMatchObject({ status: 'UNDONE' });
  expect(await ground.stores.resources.get('d')).toMatchObject({ status: 'FREE' });
  for (const id of ['o1', 'o2', 'v']) expect(await ground.stores.resources.get(id)).toMatchObject({ status: 'HELD', holder: NEW });
});

test('where the heir has ended before it could take anything, the old run takes its own steps back', async () => {
  const ground = await dispatched();
  await ground.hear(panic);
  await ground.stores.journal.commit('I1', [], ground.stores.executions.enter(NEW, 'FAILED'));
  await ground.finish('workflow.superseded');
  expect(ground.told.filter(({ type }) => type === 'action.cancelled')).toMatchObject([{ detail: { action: 'DRONE_DISPATCH' } }]);
  expect(await ground.stores.executions.get(OLD)).toMatchObject({ status: 'CANCELLED' });
});

test('a lighter event joins the graver run, and starts nothing beside it', async () => {
  const ground = await triggering([gunfire, shooter]);
  await ground.hear(panic);
  await ground.hear(event('e1', 'I1'));
  expect(ground.started).toEqual([NEW]);
  expect(await ground.stores.executions.match('cad_system#e1', 'gunfire-response')).toMatchObject({ outcome: 'joined', executionId: NEW });
});

test('a later event of what was superseded goes to the heir', async () => {
  const ground = await dispatched();
  await ground.hear(panic);
  await ground.finish('workflow.superseded');
  ground.told.length = 0;
  await ground.hear(event('e2', 'I1'));
  expect(ground.told).toMatchObject([{ type: 'workflow.updated', detail: { executionId: NEW } }]);
});

test('the machine of a run that was overtaken while it was being started is stopped, and its match ends', async () => {
  const ground = await triggering([gunfire, shooter], [incident('I1')]);
  await ground.hear(event('e1', 'I1'));
  await ground.hear(panic);
  await ground.hear(event('e1', 'I1'));
  expect(ground.stopped).toContain(OLD);
  expect(await ground.stores.executions.match('cad_system#e1', 'gunfire-response')).toMatchObject({ outcome: 'started' });
});
