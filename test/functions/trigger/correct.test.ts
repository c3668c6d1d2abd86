import { expect, test } from 'vitest';
import { create as createSettle } from '../../../functions/settle/handler.ts';
import { create as createStep } from '../../../functions/step/handler.ts';
import { create as createTrigger } from '../../../functions/trigger/handler.ts';
import { EventCorrected } from '../../../shared/contracts/correction.ts';
import { event as on } from '../../../workflows/language/event.ts';
import { delivery, raw } from '../../support/rooms.ts';
import { ask, councilAuthorisation, execution, exigency, PLACE, perform, stage, unit } from '../../support/scene.ts';
import { event, incident, response, triggering } from './ground.ts';

const gunfire = response('gunfire-response', [on({ type: 'call.shots-fired' })]);
const ELSEWHERE = { lat: 26.79, lon: -80.06, radiusM: 10 };
const ID = 'gunfire-response-I1';
const BY = 'cad_system#c1';
const FLEET = [unit('o1', 'OFFICER', 100), unit('o2', 'OFFICER', 200), unit('v', 'VEHICLE', 100), unit('d', 'DRONE', 300)];

const first = event('e1', 'I1', { entities: [{ kind: 'plate', id: 'ABC12' }] });
const now = { ...first, location: ELSEWHERE, flags: ['corrected'] };

const correction = (more: Partial<EventCorrected> = {}) =>
  EventCorrected.parse({
    eventKey: 'cad_system#e1',
    by: BY,
    at: '2026-11-22T17:01:00.000Z',
    retracted: false,
    changed: [{ field: 'location', movedM: 1649 }],
    event: now,
    incidents: ['I1'],
    borneOutBy: 1,
    ...more,
  });

/** A run that the event started, with patrols and a drone sent and one step not yet begun. */
const underWay = async (more: Parameters<typeof execution>[1] = {}) => {
  const ground = await triggering([gunfire]);
  const { input } = execution('I1');
  const run = execution('I1', { input: { ...input, event: first }, ...more });
  await stage(ground, { executions: [run], fleet: FLEET, facts: [exigency('I1'), councilAuthorisation()] });
  const { executions, journal } = ground.stores;
  const { workflow, version, incidentId, id: executionId, createdAt: at } = run;
  const match = { workflow, version, incidentId, executionId, at, eventKey: 'cad_system#e1', outcome: 'started' as const };
  await journal.commit('I1', [], [executions.matched(match)]);
  const step = createStep(ground.runtime);
  for (const name of ['sendPatrols', 'sendDrone']) await step(perform('I1', name));
  ground.told.length = 0;
  return { ...ground, step };
};
const told = (ground: Pick<Awaited<ReturnType<typeof underWay>>, 'told'>, type = 'action.corrected') =>
  ground.told.filter((one) => one.type === type).map(({ detail }) => detail);

test('every subsystem that was asked hears what changed and where it is now, each action once however often it is delivered', async () => {
  const ground = await underWay();
  for (let n = 0; n < 3; n += 1) await ground.say('event.corrected', correction());
  expect(
    told(ground)
      .map(({ actionId, subsystem }) => [actionId, subsystem])
      .sort(),
  ).toEqual([
    [`${ID}/sendDrone/0`, 'drone_ops'],
    [`${ID}/sendPatrols/0`, 'dispatch'],
  ]);
  for (const word of told(ground))
    expect(word).toMatchObject({ correctionOf: 'cad_system#e1', by: BY, changed: ['location'], retracted: false, location: ELSEWHERE });
  expect(await ground.kinds('action.corrected')).toHaveLength(2);
  const [entry, ...more] = await ground.kinds('event.corrected');
  expect([entry?.data['changed'], entry?.data['told'], more]).toEqual([
    [{ field: 'location', movedM: 1649 }],
    expect.arrayContaining([
      { actionId: `${ID}/sendDrone/0`, subsystem: 'drone_ops' },
      { actionId: `${ID}/sendPatrols/0`, subsystem: 'dispatch' },
    ]),
    [],
  ]);
});

test('a delivery that was cut short before anyone was told is made good by the next', async () => {
  const ground = await underWay();
  ground.faults.push({ service: 'events', operation: 'PutEvents', error: 'AccessDeniedException' });
  await expect(ground.say('event.corrected', correction())).rejects.toThrow();
  expect(told(ground)).toEqual([]);
  await ground.say('event.corrected', correction());
  expect([told(ground).length, (await ground.kinds('action.corrected')).length]).toEqual([2, 2]);
});

test('the run acts on it: what begins from now on goes to the right place', async () => {
  const ground = await underWay();
  await ground.say('event.corrected', correction());
  await ground.step(perform('I1', 'alertOfficers'));
  expect(told(ground, 'action.requested')).toMatchObject([{ step: 'alertOfficers', location: ELSEWHERE }]);
  expect(await ground.stores.executions.get(ID)).toMatchObject({ situation: { location: ELSEWHERE }, input: { location: PLACE } });
});

test('an action that was told of a plate is told the right one, and no other hears of it', async () => {
  const ground = await underWay();
  const { executions, journal } = ground.stores;
  const patrols = await executions.step(ID, 'sendPatrols');
  if (!patrols) throw new Error('no step');
  await journal.commit('I1', [], [executions.writeStep({ ...patrols, told: ['plate'] }, patrols)]);
  const entities = [
    { kind: 'plate', id: 'XYZ99' },
    { kind: 'person-name', id: 'SOMEBODY' },
  ];
  await ground.say('event.corrected', correction({ changed: [{ field: 'entities', kinds: ['plate'] }], event: { ...now, entities } }));
  const named = Object.fromEntries(told(ground).map(({ subsystem, entities }) => [subsystem, entities]));
  expect(named).toEqual({ dispatch: [{ kind: 'plate', id: 'XYZ99' }], drone_ops: [] });
  expect(JSON.stringify(await ground.entries())).not.toMatch(/XYZ99|SOMEBODY/);
});

test('an open question is put on the new facts', async () => {
  const ground = await underWay();
  await ground.step(ask('I1', 'releasePrediction'));
  await ground.say('event.corrected', correction());
  const words = told(ground, 'workflow.updated').map((detail) => raw('swoe', detail, { 'detail-type': 'workflow.updated' }));
  expect(words).toHaveLength(1);
  await createSettle(ground.runtime)(delivery(...words));
  const [voided] = await ground.kinds('approval.voided');
  expect(voided?.data['changed']).toEqual(['sentTo']);
});

test('a run that ended within a day is told of, one that ended before is not', async () => {
  const ground = await underWay();
  const { executions, journal } = ground.stores;
  await journal.commit('I1', [], executions.enter(ID, 'COMPLETED', { endedAt: '2026-11-22T17:00:30.000Z' }));
  await ground.say('event.corrected', correction());
  expect([told(ground).length, told(ground, 'workflow.updated').length]).toEqual([2, 0]);
  ground.told.length = 0;
  await ground.scheduler.run(Date.UTC(2026, 10, 23, 18));
  await ground.say('event.corrected', correction({ by: 'cad_system#c2' }));
  expect(told(ground)).toEqual([]);
});

test('a false alarm is told as one, stops nothing, and says how many still bear the incident out', async () => {
  const ground = await underWay();
  await ground.say(
    'event.corrected',
    correction({
      retracted: true,
      changed: [{ field: 'retracted', to: 'yes' }],
      borneOutBy: 0,
      event: { ...first, flags: ['corrected', 'retracted'] },
    }),
  );
  expect(told(ground)).toMatchObject([{ retracted: true }, { retracted: true }]);
  expect(told(ground, 'action.cancelled')).toEqual([]);
  const run = await ground.stores.executions.get(ID);
  expect([run?.status, run?.ending]).toEqual(['RUNNING', undefined]);
  const [entry] = await ground.kinds('event.corrected');
  expect(entry?.data).toMatchObject({ retracted: true, borneOutBy: 0, runs: [{ executionId: ID, status: 'RUNNING' }] });
});

test('an event that starts something only as it was corrected starts it, once', async () => {
  const ground = await triggering([gunfire]);
  const noise = event('n1', 'I1', { type: 'call.noise' });
  await ground.hear(noise);
  expect(ground.started).toEqual([]);
  const word = correction({ eventKey: 'cad_system#n1', changed: [{ field: 'type' }], event: { ...noise, type: 'call.shots-fired' } });
  await ground.say('event.corrected', word);
  await ground.say('event.corrected', word);
  expect(ground.started).toEqual([ID]);
});

/** The event was taken for part of I1, which stands without it now; it is an incident of its own, I2. */
const gone = async () => {
  const ground = await triggering([gunfire], [incident('I1', { location: PLACE }), incident('I2', { location: ELSEWHERE })]);
  const { input } = execution('I1');
  await stage(ground, { executions: [execution('I1', { input: { ...input, event: first } })], fleet: FLEET });
  const { executions, journal } = ground.stores;
  const match = { workflow: 'gunfire-response', version: 1, incidentId: 'I1', executionId: ID, at: first.occurredAt };
  await journal.commit('I1', [], [executions.matched({ ...match, eventKey: 'cad_system#e1', outcome: 'started' })]);
  await createStep(ground.runtime)(perform('I1', 'sendPatrols'));
  ground.told.length = 0;
  return ground;
};

test('an event that left its incident is answered where it is: a run of its own starts, once, and the old one acts on what is left', async () => {
  const ground = await gone();
  const word = correction({ event: { ...now, incidentId: 'I2', incident: { ...first.incident, id: 'I2' } }, incidents: ['I1', 'I2'] });
  for (let n = 0; n < 2; n += 1) await ground.say('event.corrected', word);
  expect(ground.started).toEqual(['gunfire-response-I2']);
  expect(told(ground)).toMatchObject([{ executionId: ID, location: PLACE }]);
  expect((await ground.stores.executions.get(ID))?.situation?.location).toEqual(PLACE);
  expect(await ground.stores.executions.get('gunfire-response-I2')).toMatchObject({ input: { location: ELSEWHERE } });
});

test('a step that reads its run before the correction and dispatches after it goes to the right place, or is told', async () => {
  for (let turns = 0; turns < 24; turns += 1) {
    const ground = await triggering([gunfire], undefined, { seed: turns, shuffle: true });
    const { input } = execution('I1');
    await ground.settle(stage(ground, { executions: [execution('I1', { input: { ...input, event: first } })], fleet: FLEET }));
    const later = async () => {
      for (let turn = 0; turn < turns; turn += 1) await new Promise<void>((resolve) => ground.scheduler.after(0, resolve));
      return createTrigger(ground.runtime)(delivery(raw('swoe', correction(), { 'detail-type': 'event.corrected' })));
    };
    await ground.settle(Promise.all([createStep(ground.runtime)(perform('I1', 'sendPatrols')), later()]));
    const requested = ground.told.filter(({ type }) => type === 'action.requested').map(({ detail }) => detail['location']);
    const right = requested.some((place) => JSON.stringify(place) === JSON.stringify(ELSEWHERE));
    expect([turns, requested.length, right || told(ground).length > 0]).toEqual([turns, 1, true]);
  }
});
