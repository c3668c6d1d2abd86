import { expect, test } from 'vitest';
import { create as createFinish } from '../../functions/finish/handler.ts';
import { create as createSettle } from '../../functions/settle/handler.ts';
import { create as createStep } from '../../functions/step/handler.ts';
import { create as createSweep } from '../../functions/sweep/handler.ts';
import { examine } from '../../functions/sweep/sweep.ts';
import { begun } from '../../shared/domain/begin.ts';
import { NEVER_TOUCHED } from '../../shared/domain/kernel/state.ts';
import { event as on } from '../../workflows/language/event.ts';
import { delivery, raw, rooms } from '../support/rooms.ts';
import { councilAuthorisation, execution, exigency, hold, perform, stage, stepNamed, unit } from '../support/scene.ts';
import { response, triggering } from './trigger/ground.ts';

/** Interleavings over several rooms that once went wrong. */
const ID = 'gunfire-response-I1';
const NEW = 'gunfire-response-I1-r1';
const compensate = { contract: 1, op: 'compensate', executionId: ID, error: { Error: 'SWOE.ActionFailed', Cause: 'no' } };
const asked = {
  executionId: ID,
  reason: 'the radio is back',
  by: 'sup-1',
  role: 'supervisor',
  at: '2026-11-22T17:10:00.000Z',
  requestId: 'R1',
};
const gunfire = response('gunfire-response', [on({ type: 'call.shots-fired' })]);

test('a reserve whose units were freed is held anew', async () => {
  const ground = await triggering([gunfire]);
  await stage(ground, { executions: [execution('I1')], fleet: [unit('o1', 'OFFICER', 100)] });
  const reserve = { ...stepNamed('sendPatrols'), name: 'holdReserve', action: 'RESOURCE_ALLOCATE', needs: { OFFICER: 1 }, undo: 'human' };
  const cmd = { ...perform('I1', 'sendPatrols'), step: reserve, arguments: { purpose: 'respond', topic: 'x' } } as never;
  const step = createStep(ground.runtime);
  await step(cmd);
  expect(await ground.stores.resources.get('o1')).toMatchObject({ status: 'HELD', step: 'holdReserve' });
  await createFinish(ground.runtime)(compensate);
  expect(await ground.stores.resources.get('o1')).toMatchObject({ status: 'FREE' });
  await ground.say('execution.redrive', asked);
  ground.asked.length = 0;
  await step({ ...(cmd as object), executionId: NEW, token: 'n' } as never);
  expect(ground.asked.map(({ operation }) => operation)).toEqual(['SendTaskSuccess']);
  expect(await ground.stores.resources.get('o1')).toMatchObject({ status: 'HELD', holder: NEW });
});

test('rounds of a repeat are done again', async () => {
  const ground = await triggering([gunfire]);
  await stage(ground, { executions: [execution('I1')] });
  const step = createStep(ground.runtime);
  for (const round of [0, 1, 2]) {
    await step(perform('I1', 'adviseTactics', { round, token: `t${round}` }));
    await createSettle(ground.runtime)(
      delivery(
        raw(
          'digital_twin',
          { actionId: `${ID}/adviseTactics/${round}`, result: { recommend: 'continue' } },
          { 'detail-type': 'action.completed' },
        ),
      ),
    );
  }
  await createFinish(ground.runtime)(compensate);
  await ground.say('execution.redrive', asked);
  ground.asked.length = 0;
  await step({ ...perform('I1', 'adviseTactics', { round: 0, token: 'n' }), executionId: NEW });
  expect(ground.asked.map(({ operation, input }) => [operation, input['error']])).toEqual([]);
});

test('a reply that lands while its step is being undone is undone', async () => {
  const bad: unknown[] = [];
  for (let seed = 0; seed < 150; seed += 1) {
    const ground = rooms({ seed, shuffle: true });
    await ground.settle(stage(ground, { fleet: [unit('d', 'DRONE', 300)], facts: [exigency('I1'), councilAuthorisation()] }));
    await ground.settle(createStep(ground.runtime)(perform('I1', 'sendDrone')));
    const source = String(ground.told.find(({ type }) => type === 'action.requested')?.detail['subsystem']);
    ground.told.length = 0;
    const finish = createFinish(ground.runtime)(compensate);
    const wait = new Promise<void>((r) => ground.scheduler.after(seed % 50 === 0 ? 0 : 0, r));
    const reply = (async () => {
      await wait;
      for (let k = 0; k < seed % 40; k += 1) await new Promise<void>((r) => ground.scheduler.after(0, r));
      await createSettle(ground.runtime)(
        delivery(raw(source, { actionId: `${ID}/sendDrone/0`, result: {} }, { 'detail-type': 'action.completed' })),
      );
    })();
    await ground.settle(Promise.all([finish, reply]));
    const entries = await ground.settle(ground.entries());
    const completed = entries.some(({ kind }) => kind === 'step.completed');
    const late = entries.some(({ kind }) => kind === 'action.late-reply');
    const status = (await ground.settle(ground.stores.executions.step(ID, 'sendDrone')))?.status;
    const undo = ground.told.some(({ type, detail }) => type === 'action.cancelled' && detail['undo'] === true);
    if ((completed || late) && !undo) bad.push([seed, status, completed, late]);
  }
  expect(bad).toEqual([]);
});

test('a step that was called off and held, and completed all the same, is undone', async () => {
  const ground = rooms();
  await stage(ground, { fleet: [unit('d', 'DRONE', 300)], facts: [exigency('I1'), councilAuthorisation()] });
  const step = createStep(ground.runtime);
  await step(perform('I1', 'sendDrone'));
  const source = String(ground.told.find(({ type }) => type === 'action.requested')?.detail['subsystem']);
  await step(hold('I1', 'sendDrone', { error: { Error: 'States.Timeout', Cause: '' } }));
  expect(await ground.stores.executions.step(ID, 'sendDrone')).toMatchObject({ status: 'HELD' });
  await createSettle(ground.runtime)(
    delivery(raw(source, { actionId: `${ID}/sendDrone/0`, result: {} }, { 'detail-type': 'action.completed' })),
  );
  expect(ground.told.filter(({ type }) => type === 'action.cancelled').map(({ detail }) => detail['undo'])).toEqual([false, true]);
});

test('a unit with a fact of its own, and a run that moved: the step comes to an end', async () => {
  const ground = rooms();
  const far = { ...unit('d2', 'DRONE', 3000) };
  const moved = { lat: far.location.lat, lon: far.location.lon, radiusM: 25 };
  const airframe = (id: string) => ({
    ...councilAuthorisation(),
    subject: `resource/${id}`,
    kind: 'airframe-approval',
    value: { standard: 'state-approved list' },
    eventKey: `public_guardian#af-${id}`,
  });
  const cityAirframe = {
    ...councilAuthorisation(),
    kind: 'airframe-approval',
    value: { standard: 'none' },
    eventKey: 'public_guardian#x',
    subject: 'resource/none',
  };
  await stage(ground, {
    executions: [
      execution('I1', {
        situation: { location: moved, priority: 'CRITICAL', summary: 's', eventKey: 'k', at: '2026-11-22T17:00:00.000Z' } as never,
      }),
    ],
    fleet: [unit('d1', 'DRONE', 10), far],
    facts: [exigency('I1'), councilAuthorisation(), cityAirframe, airframe('d1'), airframe('d2')] as never,
  });
  let calls = 0;
  const runtime = {
    ...ground.runtime,
    aws: async (s: never, o: never, i: never) => {
      calls += 1;
      if (calls > 3000) throw new Error('loops: 3000 calls');
      return ground.runtime.aws?.(s, o, i) ?? {};
    },
  };
  await createStep(runtime as never)(perform('I1', 'sendDrone'));
  expect(ground.told.map(({ type }) => type)).toContain('action.requested');
});

test('a paused run whose end was cut short is found', () => {
  const run = execution('I1', {
    status: 'PAUSED',
    pausedAt: '2026-11-22T17:05:00.000Z',
    ending: '2026-11-22T17:06:00.000Z',
    endingAs: 'CANCELLED',
  });
  expect(examine(run, NEVER_TOUCHED, Date.parse('2026-12-22T17:00:00.000Z'))).toBe('overdue');
});

test('a paused run keeps its units', async () => {
  const ground = rooms();
  const fleet = [unit('o1', 'OFFICER', 100), unit('o2', 'OFFICER', 200), unit('v', 'VEHICLE', 100)];
  await stage(ground, { fleet });
  await createStep(ground.runtime)(perform('I1', 'sendPatrols'));
  const room = createSettle(ground.runtime);
  const command = (op: string, requestId: string) =>
    delivery(
      raw(
        'swoe',
        { executionId: ID, op, by: 'sup-1', role: 'supervisor', reason: 'wait', at: '2026-11-22T17:00:00.000Z', requestId },
        { 'detail-type': 'execution.control' },
      ),
    );
  await room(command('pause', 'R1'));
  await ground.scheduler.run(ground.scheduler.now() + 3_600_000);
  await createSweep(ground.runtime)();
  expect(await ground.stores.resources.get('o1')).toMatchObject({ status: 'HELD', holder: ID });
  expect(await ground.stores.resources.get('o1')).toMatchObject({ fence: 1, leaseUntil: '2026-11-22T18:10:00.000Z' });
  const renewed = async () =>
    (await ground.entries()).filter(({ kind }) => kind === 'resource.renewed').map(({ data }) => data['resourceId']);
  expect((await renewed()).sort()).toEqual(['o1', 'o2', 'v']);
  await createSweep(ground.runtime)();
  expect(await renewed()).toHaveLength(3);
});

test('a crash after a step was given up and before its subsystem heard is mended by the next delivery', async () => {
  const ground = rooms();
  await stage(ground, { fleet: [unit('d', 'DRONE', 300)], facts: [exigency('I1'), councilAuthorisation()] });
  const step = createStep(ground.runtime);
  await step(perform('I1', 'sendDrone'));
  ground.told.length = 0;
  ground.faults.push({ service: 'events', operation: 'PutEvents', error: 'AccessDeniedException' });
  const miss = {
    contract: 1,
    op: 'miss',
    executionId: ID,
    attempt: 0,
    step: 'sendDrone',
    action: 'DRONE_DISPATCH',
    undo: 'auto',
    error: { Error: 'States.Timeout', Cause: '' },
  };
  await expect(step(miss)).rejects.toThrow();
  await step(miss);
  expect(ground.told.map(({ type }) => type)).toEqual(['action.cancelled']);
});

test('handed over to a run that has completed since: what was done stands', async () => {
  const ground = rooms();
  const heir = execution('I0');
  await stage(ground, {
    executions: [execution('I1'), heir],
    fleet: [unit('d', 'DRONE', 300)],
    facts: [exigency('I1'), councilAuthorisation()],
  });
  await createStep(ground.runtime)(perform('I1', 'sendDrone'));
  const { executions, journal } = ground.stores;
  const run = await executions.get(ID);
  await journal.commit('I1', [], [executions.enterStep(ID, 'sendDrone', 'COMPLETED')]);
  await journal.commit('I1', [], executions.handOver(run as never, heir, { at: heir.createdAt, cause: 'merged' }));
  const finish = createFinish(ground.runtime);
  await finish({ contract: 1, op: 'complete', executionId: heir.id });
  ground.told.length = 0;
  await finish(delivery(raw('swoe', { executionId: ID, by: heir.id }, { 'detail-type': 'workflow.superseded' })));
  expect(ground.told.map(({ type, detail }) => [type, detail['undo']])).toEqual([['workflow.cancelled', undefined]]);
});

test('a run that was superseded before its start does not read as started', async () => {
  const ground = rooms();
  const pending = execution('I1', { status: 'PENDING', ending: '2026-11-22T17:00:00.000Z', endingAs: 'CANCELLED', supersededBy: 'x' });
  await stage(ground, { executions: [pending] });
  const match = { workflow: 'gunfire-response', version: 1, eventKey: `event-${ID}`, incidentId: 'I1', executionId: ID };
  await ground.stores.journal.commit('I1', [], [ground.stores.executions.matched({ ...match, outcome: 'pending', at: pending.createdAt })]);
  await begun({ ...ground.stores, clock: ground.runtime.clock })({ ...match, at: pending.createdAt }, 'system/trigger');
  expect([
    (await ground.stores.executions.get(ID))?.status,
    (await ground.stores.executions.match(match.eventKey, match.workflow))?.outcome,
  ]).not.toEqual(['RUNNING', 'started']);
});

test('a held step that was completed while it was called off is not asked about', async () => {
  const ground = rooms();
  await stage(ground, { fleet: [unit('d', 'DRONE', 300)], facts: [exigency('I1'), councilAuthorisation()] });
  const step = createStep(ground.runtime);
  await step(perform('I1', 'sendDrone'));
  const { executions, journal } = ground.stores;
  // The reply lands between hold's read and its write: simulated by completing when the call-off is put on the bus.
  const aws = ground.runtime.aws as never as (s: string, o: string, i: unknown) => Promise<object>;
  const runtime = {
    ...ground.runtime,
    aws: async (s: string, o: string, i: unknown) => {
      if (o === 'PutEvents') await journal.commit('I1', [], [executions.enterStep(ID, 'sendDrone', 'COMPLETED')]);
      return aws(s, o, i);
    },
  };
  await createStep(runtime as never)(hold('I1', 'sendDrone', { error: { Error: 'States.Timeout', Cause: '' } }));
  expect(await executions.openApprovals()).toEqual([]);
});

test('who missed a step that had been completed says nothing and frees nobody', async () => {
  const ground = rooms();
  await stage(ground, { fleet: [unit('d', 'DRONE', 300)], facts: [exigency('I1'), councilAuthorisation()] });
  const step = createStep(ground.runtime);
  await step(perform('I1', 'sendDrone'));
  const { executions, journal } = ground.stores;
  await journal.commit('I1', [], [executions.enterStep(ID, 'sendDrone', 'COMPLETED')]);
  await step({
    contract: 1,
    op: 'miss',
    executionId: ID,
    attempt: 0,
    step: 'sendDrone',
    action: 'DRONE_DISPATCH',
    undo: 'auto',
    error: { Error: 'States.Timeout', Cause: '' },
  });
  expect([(await executions.step(ID, 'sendDrone'))?.status, (await ground.stores.resources.get('d'))?.status]).toEqual([
    'COMPLETED',
    'HELD',
  ]);
});

test.each([
  ['sendPatrols', 'PATROL_REROUTE'],
  ['alertOfficers', 'OFFICER_ALERT'],
] as const)('a timeout of %s recalls nobody: late help is help', async (step, action) => {
  const ground = rooms();
  await stage(ground, { fleet: [unit('o1', 'OFFICER', 100), unit('o2', 'OFFICER', 200), unit('v', 'VEHICLE', 100)] });
  const room = createStep(ground.runtime);
  await room(perform('I1', step));
  const miss = {
    contract: 1,
    op: 'miss',
    executionId: ID,
    attempt: 0,
    step,
    action,
    undo: 'human',
    error: { Error: 'States.Timeout', Cause: '' },
  };
  await room(miss);
  expect(ground.told.map(({ type }) => type)).toEqual(['action.requested']);
  expect(await ground.stores.executions.step(ID, step)).toMatchObject({ status: 'TIMED_OUT' });
});
