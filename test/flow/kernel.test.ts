import { expect, test } from 'vitest';
import { seededRandom } from '../../local/kernel/random.ts';
import { rememberedLog } from '../../local/kernel/remembered-log.ts';
import type { KernelQueue } from '../../shared/contracts/kernel.ts';
import type { EventLedger } from '../../shared/contracts/ledger.ts';
import { agreed, approveAll, FLEET, shot, system } from './system.ts';

type Running = Awaited<ReturnType<typeof system>>;

/** `SWOE_PAUSE_ROUNDS=200 npx vitest run test/flow/kernel.test.ts` plays two hundred. */
const ROUNDS = Number(process.env['SWOE_PAUSE_ROUNDS'] ?? 8);
const why = { reason: 'a drill under load' };

/** What leaves the engine, seen where the machine writes it down: an action that reaches a subsystem's queue, and a state machine that starts. */
const watch = () => {
  const log = rememberedLog();
  const seen: string[] = [];
  const look = (engine: string, record: unknown): void => {
    const { op, kind, queue = '', body, birth } = record as { op?: string; kind?: string; queue?: string; body?: string; birth?: unknown };
    if (engine === 'states' && kind === 'start') seen.push(`started ${JSON.stringify(birth).slice(0, 120)}`);
    if (engine !== 'queues' || op !== 'send' || !queue.startsWith('swoe-dev-actions-')) return;
    const { 'detail-type': type, detail } = JSON.parse(body ?? '{}') as { 'detail-type'?: string; detail?: { actionId: string } };
    if (type === 'action.requested') seen.push(`asked ${detail?.actionId}`);
  };
  return {
    seen,
    log: {
      ...log,
      write: (engine: string, record: unknown) => {
        look(engine, record);
        log.write(engine, record);
      },
    },
  };
};

const stop = (running: Running, mode: 'finish' | 'compensate') =>
  agreed(running, '/kernel/stop', { ...why, mode }, ['kernel_operator', 'kernel_operator']);

const operate = async (running: Running, command: 'pause' | 'resume'): Promise<void> => {
  const { status } = await running.rest('kernel_operator', 'POST', `/kernel/${command}`, why);
  expect([command, status]).toEqual([command, 200]);
};

const place = (n: number) => ({ location: { lat: 26.7753 + (n * 1200) / 111_195, lon: -80.0581, radiusM: 25 } });

/** The day's ledger, where each match must have come to one of its ends, or wait. */
const ledger = async (running: Running) => (await running.rest<EventLedger>('viewer', 'GET', '/events/ledger')).body.total;
const queue = async (running: Running) => (await running.rest<KernelQueue>('viewer', 'GET', '/kernel/queue?limit=200')).body;

test(`${ROUNDS} pauses under load: while the engine is paused nothing is dispatched or started, and in the end nothing was lost`, async () => {
  const { seen, log } = watch();
  const running = await system({ seed: 11, poll: 500, log });
  const random = seededRandom('rounds');
  const some = (most: number): number => Math.floor(random() * most);
  await running.populate(FLEET);
  let [shots, held, queued] = [0, 0, 0];
  const hear = async (): Promise<void> => {
    const id = `round-${shots}`;
    // Every third is heard again, and joins.
    await running.put('gunshot_detection', 'gunshot.detected', shot(id, place(Math.floor(shots - (shots % 3 === 2 ? 1 : 0)))));
    shots += 1;
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    await hear();
    await running.pass(some(1500));
    await operate(running, 'pause');
    const before = seen.length;
    await hear();
    if (some(2) === 0) await approveAll(running);
    await running.pass(2000 + some(20_000));
    expect([round, seen.slice(before)]).toEqual([round, []]);
    const { state, items } = await queue(running);
    expect(state).toBe('PAUSED');
    held += items.filter(({ kind }) => kind === 'step').length;
    queued += items.filter(({ kind }) => kind === 'start').length;
    await operate(running, 'resume');
    await running.pass(some(40_000));
  }
  for (let patience = 0; patience < 60 && (await running.executions()).length > 0; patience += 1) await running.pass(120_000);
  await running.pass(5000);
  expect(await running.executions()).toEqual([]);
  expect((await queue(running)).items).toEqual([]);
  const total = await ledger(running);
  expect(total).toMatchObject({ queued: 0, failed: 0, inFlight: 0, closes: true });
  expect(total.matched).toBe(total.started + total.joined + total.refused);
  expect(total.matched).toBeGreaterThanOrEqual(shots);
  // It was a test: much waited in each way, and all that was to start did, once.
  expect(Math.min(held, queued)).toBeGreaterThanOrEqual(ROUNDS / 2);
  const starts = seen.filter((one) => one.startsWith('started'));
  expect([starts.length, new Set(starts).size]).toEqual([total.started, total.started]);
}, 3_600_000);

test('a stop lets what runs come to its end and starts nothing; a start takes up what waits', async () => {
  const running = await system({ seed: 12, poll: 250 });
  await running.populate(FLEET);
  await running.put('gunshot_detection', 'gunshot.detected', shot('first', place(0)));
  await running.pass(1000);
  expect((await stop(running, 'finish')).ask.outcome?.status).toBe(200);
  await running.put('gunshot_detection', 'gunshot.detected', shot('second', place(5)));
  await running.pass(600_000);
  expect((await running.rest('viewer', 'GET', '/kernel')).body).toMatchObject({ state: 'STOPPED', mode: 'finish' });
  expect((await running.executions()).map(({ status }) => status)).toEqual(['QUEUED']);
  expect((await running.rest('kernel_operator', 'POST', '/kernel/start', why)).status).toBe(200);
  await running.pass(2000);
  expect((await running.executions()).map(({ status }) => status)).toEqual(['RUNNING']);
  await running.pass(900_000);
  expect(await running.executions()).toEqual([]);
  expect(await ledger(running)).toMatchObject({ matched: 2, started: 2, queued: 0, closes: true });
});

test('a stop that calls off cancels what runs and recalls what a machine may recall', async () => {
  const running = await system({ seed: 13, poll: 250, manners: () => 'silent' });
  await running.populate(FLEET);
  await running.put('gunshot_detection', 'gunshot.detected', shot('first', place(0)));
  await running.pass(2000);
  expect(running.asked.map(({ action }) => action)).toContain('DRONE_DISPATCH');
  await stop(running, 'compensate');
  await running.pass(5000);
  expect((await running.rest('viewer', 'GET', '/kernel')).body).toMatchObject({ state: 'STOPPED', mode: 'compensate' });
  expect(await running.executions()).toEqual([]);
  expect(running.cancelled.map(({ action }) => action)).toContain('DRONE_DISPATCH');
  const [ended] = await running.journal('&kind=workflow.cancelled');
  expect(ended?.data).toMatchObject({ status: 'CANCELLED', cause: 'cancelled by a kernel_operator' });
});
