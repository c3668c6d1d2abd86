import { expect, test } from 'vitest';
import { create as createStep } from '../../../functions/step/handler.ts';
import { event as on } from '../../../workflows/language/event.ts';
import { perform, stage, unit } from '../../support/scene.ts';
import { event, response, triggering } from './ground.ts';

const gunfire = response('gunfire-response', [on({ type: 'call.shots-fired' })]);
const ELSEWHERE = { lat: 26.79, lon: -80.06, radiusM: 10 };
const ID = 'gunfire-response-I1';

const underWay = async () => {
  const ground = await triggering([gunfire]);
  await stage(ground, { fleet: [unit('o1', 'OFFICER', 100), unit('o2', 'OFFICER', 200), unit('v', 'VEHICLE', 100)] });
  await createStep(ground.runtime)(perform('I1', 'sendPatrols'));
  ground.told.length = 0;
  return ground;
};
const later = event('e2', 'I1', {
  occurredAt: '2026-11-22T17:02:00.000Z',
  location: ELSEWHERE,
  summary: 'They run north',
  priority: 'CRITICAL',
});

test('a later event tells the subsystems that are at a step where it is now, and settle that questions may be stale', async () => {
  const ground = await underWay();
  await ground.hear(later);
  expect(ground.told).toMatchObject([
    {
      type: 'action.updated',
      detail: {
        actionId: `${ID}/sendPatrols/0`,
        subsystem: 'dispatch',
        location: ELSEWHERE,
        summary: 'They run north',
        eventKey: 'cad_system#e2',
      },
    },
    { type: 'workflow.updated', detail: { executionId: ID, eventKey: 'cad_system#e2' } },
  ]);
  expect(await ground.stores.executions.get(ID)).toMatchObject({
    situation: { location: ELSEWHERE, summary: 'They run north' },
    input: { summary: 'Shots' },
  });
});

test('delivered twice it is written once and told again', async () => {
  const ground = await underWay();
  await ground.hear(later);
  await ground.hear(later);
  expect((await ground.kinds('workflow.updated')).length + (await ground.kinds('action.updated')).length).toBe(2);
  expect(ground.told.filter(({ type }) => type === 'action.updated')).toHaveLength(2);
});

test('a step that begins afterwards goes to the new place, and one that is asked again is asked in the same words', async () => {
  const ground = await underWay();
  await ground.hear(later);
  ground.told.length = 0;
  const step = createStep(ground.runtime);
  await step(perform('I1', 'alertOfficers'));
  await step(perform('I1', 'sendPatrols', { token: 'newer' }));
  const places = ground.told.filter(({ type }) => type === 'action.requested').map(({ detail }) => [detail['step'], detail['location']]);
  expect(places).toEqual([
    ['alertOfficers', ELSEWHERE],
    ['sendPatrols', { lat: 26.7753, lon: -80.0581, radiusM: 25 }],
  ]);
});

test('an event of a run that is over changes nothing', async () => {
  const ground = await underWay();
  await ground.stores.journal.commit('I1', [], ground.stores.executions.enter(ID, 'CANCELLED'));
  await ground.hear(later);
  expect(ground.told).toEqual([]);
  expect((await ground.stores.executions.get(ID))?.situation).toBeUndefined();
});
