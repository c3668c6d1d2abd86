import { expect, test } from 'vitest';
import { FLEET, shot, system } from './system.ts';

type Running = Awaited<ReturnType<typeof system>>;

/** Switches the bus's rule for CRITICAL events to `trigger`: what is told meanwhile is lost. */
const rule = (running: Running, operation: 'DisableRule' | 'EnableRule') =>
  running.live(
    running.machine.call(running.machine.localUser, 'events', operation, { Name: 'swoe-dev-trigger-critical', EventBusName: 'swoe' }),
  );

test('a gunshot of which the bus told trigger nothing is found by the sweep, said as an alert, and answered once', async () => {
  const running = await system();
  await running.populate(FLEET);
  await rule(running, 'DisableRule');
  await running.put('gunshot_detection', 'gunshot.detected', shot('shot-1'));
  await running.pass(100_000);
  expect(await running.status()).toMatchObject({ matched: 0 });
  await running.pass(120_000);
  expect(await running.journal('&kind=sweep.found')).toMatchObject([
    { data: { finding: 'unmatched', eventKey: 'gunshot_detection#shot-1', workflows: ['gunfire-response'], announced: true } },
  ]);
  expect(await running.status()).toMatchObject({ matched: 1, started: 1, joined: 0 });
  expect(running.asked.filter(({ action }) => action === 'OFFICER_ALERT')).toHaveLength(1);
  await rule(running, 'EnableRule');
  await running.pass(300_000);
  expect(await running.journal('&kind=sweep.found')).toHaveLength(1);
  const { accepted, fused } = await running.status();
  expect(accepted).toBe(fused);
});

test('a day without losses is a day without findings', async () => {
  const running = await system();
  await running.populate(FLEET);
  await running.put('gunshot_detection', 'gunshot.detected', shot('shot-1'));
  await running.put('cad_system', 'call.noise', { ...shot('noise-1'), type: 'call.noise' });
  await running.pass(600_000);
  expect(await running.journal('&kind=sweep.found')).toEqual([]);
});
