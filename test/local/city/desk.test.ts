import { describe, expect, it } from 'vitest';
import { ActionReply } from '../../../shared/contracts/action.ts';
import { request, SCENE, stage } from './ground.ts';

const detail = (entry: { detail: object } | undefined): ActionReply => ActionReply.parse(entry?.detail);

describe('a subsystem that is asked', () => {
  it('a drone is accepted by its pilot, flies, and is answered for when it is on scene', async () => {
    const { desk, scheduler, answers, stages, fleet } = stage();
    void desk.requested(request());
    await scheduler.run(() => answers().length > 0);
    expect(stages()).toEqual(expect.arrayContaining(['DELIVERED', 'ACCEPTED', 'EN_ROUTE']));
    expect(answers()[0]).toMatchObject({ source: 'drone_ops', type: 'action.completed' });
    expect(detail(answers()[0])).toMatchObject({ stage: 'ON_SCENE', by: 'remote-pilot-4' });
    expect(fleet.placeOf('RB-DRONE-01')).toEqual({ lat: SCENE.lat, lon: SCENE.lon });
  });

  it('whoever comes in place of a unit that was called away sets off; the other is its new holder’s to send', async () => {
    const { desk, scheduler, answers, fleet } = stage();
    void desk.requested(request());
    await scheduler.run(() => answers().length > 0);
    const home = fleet.unit('RB-DRONE-02')?.home;
    expect(fleet.placeOf('RB-DRONE-02')).toEqual(home);
    const units = [{ id: 'RB-DRONE-02', type: 'DRONE', fence: 1 }];
    const at = '2026-01-01T00:00:30.000Z';
    const about = { subsystem: 'drone_ops', action: 'DRONE_DISPATCH', executionId: 'run-1', incidentId: 'incident-1' } as const;
    const word = {
      ...about,
      actionId: 'run-1/sendDrone/0',
      priority: 'CRITICAL',
      summary: 'called away',
      units,
      eventKey: 'k',
      at,
    } as const;
    await desk.updated({ ...word, units: [...units] });
    await scheduler.run(scheduler.now() + 25_000);
    expect(fleet.placeOf('RB-DRONE-02')).toEqual({ lat: SCENE.lat, lon: SCENE.lon });
    await desk.cancelled({ ...about, actionId: word.actionId, undo: true, reason: 'over' });
    await scheduler.run(scheduler.now() + 25_000);
    expect(fleet.placeOf('RB-DRONE-02')).toEqual(home);
    expect(fleet.placeOf('RB-DRONE-01')).toEqual({ lat: SCENE.lat, lon: SCENE.lon });
  });

  it('the same request twice is done once', async () => {
    const { desk, scheduler, answers, said } = stage();
    void desk.requested(request());
    void desk.requested(request());
    await scheduler.run(() => answers().length > 0);
    expect(answers()).toHaveLength(1);
    expect(said.filter(({ detail }) => (detail as ActionReply).stage === 'EN_ROUTE')).toHaveLength(1);
  });

  it('asked again after the answer, it gives the same answer again', async () => {
    const { desk, scheduler, answers } = stage();
    await Promise.all([desk.requested(request()), scheduler.run(() => answers().length > 0)]);
    await desk.requested(request());
    expect(answers()).toHaveLength(2);
    expect(answers()[1]?.detail).toEqual(answers()[0]?.detail);
  });

  it('a request is taken off the queue only after its answer is on the bus', async () => {
    const order: string[] = [];
    const { desk, scheduler } = stage({
      post: async ({ type }) => {
        if (type === 'action.completed') order.push('answered');
        return true;
      },
    });
    const taken = desk.requested(request()).then(() => order.push('removed'));
    await scheduler.run();
    await taken;
    expect(order).toEqual(['answered', 'removed']);
  });

  it('a correction sends the units on their way to the right place, and is said to be heard once', async () => {
    const { desk, scheduler, said, fleet } = stage();
    void desk.requested(request());
    await scheduler.run(scheduler.now() + 3000);
    const { actionId, executionId } = request();
    const elsewhere = { lat: SCENE.lat + 0.02, lon: SCENE.lon, radiusM: 10 };
    const correction = {
      ...{ actionId, executionId, subsystem: 'drone_ops', action: 'DRONE_DISPATCH' as const, incidentId: 'I1' },
      ...{ correctionOf: 'gunshot_detection#1', by: 'dispatch#c-1', changed: ['location'], retracted: false, location: elsewhere },
      ...{ priority: 'CRITICAL' as const, summary: 'Shots', entities: [], at: '2026-11-22T17:01:00.000Z' },
    };
    for (let n = 0; n < 2; n += 1) await desk.corrected(correction);
    const heard = said.filter(({ type }) => type === 'action.progress').filter((entry) => detail(entry).note?.includes('wrong: location'));
    expect(heard).toHaveLength(1);
    await scheduler.run(() => Math.abs((fleet.placeOf('RB-DRONE-01')?.lat ?? 0) - elsewhere.lat) < 0.0005);
    expect(fleet.placeOf('RB-DRONE-01')?.lat).toBeCloseTo(elsewhere.lat, 3);
  });

  it('an action called off on the way is answered as cancelled and its unit goes home', async () => {
    const { desk, scheduler, answers, fleet } = stage();
    void desk.requested(request());
    await scheduler.run(scheduler.now() + 3000);
    await desk.cancelled({
      actionId: request().actionId,
      subsystem: 'drone_ops',
      action: 'DRONE_DISPATCH',
      executionId: 'run-1',
      undo: false,
      reason: 'false alarm',
    });
    await scheduler.run();
    expect(answers()).toHaveLength(1);
    expect(detail(answers()[0])).toMatchObject({ error: 'CANCELLED', note: 'false alarm' });
    expect(fleet.placeOf('RB-DRONE-01')).toEqual(fleet.unit('RB-DRONE-01')?.home);
  });

  it('a cancellation that overtakes its request keeps the request from being done', async () => {
    const { desk, scheduler, said } = stage();
    await desk.cancelled({
      actionId: request().actionId,
      subsystem: 'drone_ops',
      action: 'DRONE_DISPATCH',
      executionId: 'run-1',
      undo: false,
      reason: 'merged',
    });
    await desk.requested(request());
    await scheduler.run();
    expect(said.map(({ type }) => type)).toEqual(['action.failed', 'action.failed']);
  });

  it('no machine ends a lockdown', async () => {
    const { desk, scheduler, said, answers } = stage();
    const lockdown = { action: 'LOCKDOWN_INITIATE' as const, units: [] };
    await Promise.all([desk.requested(request(lockdown)), scheduler.run(() => answers().length > 0)]);
    await desk.cancelled({
      actionId: request().actionId,
      subsystem: 'dispatch',
      action: 'LOCKDOWN_INITIATE',
      executionId: 'run-1',
      undo: true,
      reason: 'timeout',
    });
    expect(detail(said.at(-1)).note).toMatch(/only by a named person/);
  });

  it('a failure sends nobody and says why', async () => {
    const { desk, scheduler, answers, said } = stage({ failureRate: () => 1 });
    void desk.requested(request());
    await scheduler.run();
    expect(answers()).toHaveLength(1);
    expect(answers()[0]?.type).toBe('action.failed');
    expect(detail(answers()[0]).error).toMatch(/^[A-Z_]+$/);
    expect(said.some(({ type }) => type === 'unit.status')).toBe(false);
  });
});
