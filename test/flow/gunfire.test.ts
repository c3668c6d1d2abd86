import { expect, test } from 'vitest';
import { approveAll, FLEET, type Manners, shot, system, willing } from './system.ts';

const kinds = (items: { kind: string }[], ...of: string[]) => items.map(({ kind }) => kind).filter((kind) => of.includes(kind));

interface Shown {
  status: string;
  degraded: boolean;
  missing: { step: string; error: string }[];
}

const only = async (running: Awaited<ReturnType<typeof system>>) => {
  const [started] = await running.journal('&kind=workflow.started');
  return (await running.rest<Shown & { steps: { step: string; status: string }[] }>('viewer', 'GET', `/executions/${started?.executionId}`))
    .body;
};

test('one gunshot goes the whole length: dispatched at once, approved, completed, and the ledger closes', async () => {
  const running = await system();
  await running.populate(FLEET);
  await running.put('gunshot_detection', 'gunshot.detected', shot('shot-1'));
  await running.pass(2000);
  expect(running.asked.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['OFFICER_ALERT', 'DRONE_DISPATCH', 'PATROL_REROUTE', 'SENSOR_ACTIVATE']),
  );
  expect(running.asked.find(({ action }) => action === 'DRONE_DISPATCH')?.units).toMatchObject([{ id: 'drone-1', fence: 1 }]);
  await running.pass(5000);
  expect(await approveAll(running)).toBe(1);
  await running.pass(20_000);
  const execution = await only(running);
  expect(execution).toMatchObject({ status: 'COMPLETED', degraded: false, missing: [] });
  expect(execution.steps.every(({ status }) => status === 'COMPLETED')).toBe(true);
  const ledger = await running.status();
  expect(ledger).toMatchObject({ deadLettered: 0, matched: 1, started: 1, completed: 1, failed: 0 });
  expect(ledger.accepted).toBe(ledger.fused);
  const { body } = await running.rest<{ items: { status: string }[] }>('viewer', 'GET', '/resources');
  expect(body.items.every(({ status }) => status === 'FREE')).toBe(true);
  expect(await running.executions()).toEqual([]);
});

test('without an answer the prediction is not released, and the run completes as degraded and says so', async () => {
  const running = await system();
  await running.populate(FLEET);
  await running.put('gunshot_detection', 'gunshot.detected', shot('shot-1'));
  await running.pass(400_000);
  expect(running.asked.some(({ action }) => action === 'PREDICTIVE_ALERT')).toBe(false);
  expect(await only(running)).toMatchObject({
    status: 'COMPLETED',
    degraded: true,
    missing: [{ step: 'releasePrediction', error: 'States.Timeout' }],
  });
});

const droneFails =
  (manner: ReturnType<Manners>): Manners =>
  (asked) =>
    asked.action === 'DRONE_DISPATCH' ? manner : willing(asked);

test.each([
  ['fails', { after: 300, outcome: 'failed', note: 'rotor' } as const, 'SWOE.ActionFailed'],
  ['never answers, and its step times out', 'silent' as const, 'States.Timeout'],
])('a drone that %s never recalls officers, and the run says what is missing', async (_, manner, error) => {
  const running = await system({ manners: droneFails(manner) });
  await running.populate(FLEET);
  await running.put('gunshot_detection', 'gunshot.detected', shot('shot-1'));
  await running.pass(100_000);
  await approveAll(running);
  await running.pass(60_000);
  expect(await only(running)).toMatchObject({ status: 'COMPLETED', degraded: true, missing: [{ step: 'sendDrone', error }] });
  expect(running.cancelled.map(({ action }) => action).filter((action) => action !== 'DRONE_DISPATCH')).toEqual([]);
  const patrols = (await running.journal()).filter(({ data }) => data['step'] === 'sendPatrols');
  expect(kinds(patrols, 'step.completed', 'step.undone', 'action.cancelled')).toEqual(['step.completed']);
});

test('later events of the incident join the one execution', async () => {
  const running = await system();
  await running.populate(FLEET);
  await running.put('gunshot_detection', 'gunshot.detected', shot('shot-1'));
  await running.put('gunshot_detection', 'gunshot.detected', shot('shot-2'));
  await running.put('cad_system', 'call.shots-fired', { ...shot('call-1'), type: 'call.shots-fired' });
  await running.pass(3000);
  expect(await running.status()).toMatchObject({ matched: 3, started: 1, joined: 2 });
  expect(running.asked.filter(({ action }) => action === 'DRONE_DISPATCH')).toHaveLength(1);
});

test('two far apart are two incidents, two executions, and no unit is sent twice', async () => {
  const running = await system();
  await running.populate({ ...FLEET, 'car-3': ['VEHICLE', 200], 'officer-4': ['OFFICER', 700] });
  await running.put('gunshot_detection', 'gunshot.detected', shot('shot-1'));
  await running.put('gunshot_detection', 'gunshot.detected', shot('shot-2', { location: { lat: 26.8, lon: -80.0581, radiusM: 25 } }));
  await running.pass(2000);
  const sent = running.asked.flatMap(({ units }) => units.map(({ id }) => id));
  expect(await running.status()).toMatchObject({ started: 2 });
  expect(new Set(sent).size).toBe(sent.length);
});

test('an event that joins two incidents merges them: the older run goes on, the other ends CANCELLED as merged and gives its units back', async () => {
  const running = await system({ manners: (asked) => (asked.action === 'DRONE_DISPATCH' ? 'silent' : willing(asked)) });
  await running.populate({ ...FLEET, 'officer-4': ['OFFICER', 700] });
  const north = (metres: number) => ({ location: { lat: 26.7753 + metres / 111_195, lon: -80.0581, radiusM: 0 } });
  await running.put('gunshot_detection', 'gunshot.detected', shot('west', north(0)));
  await running.put('gunshot_detection', 'gunshot.detected', shot('east', north(290)));
  await running.pass(3000);
  expect(await running.status()).toMatchObject({ started: 2 });
  await running.put('cad_system', 'call.shots-fired', { ...shot('between', north(145)), type: 'call.shots-fired' });
  await running.pass(5000);
  const [ended] = await running.journal('&kind=workflow.cancelled');
  expect(ended?.data).toMatchObject({ status: 'CANCELLED', cause: expect.stringContaining('merged') });
  expect(await running.executions()).toHaveLength(1);
  const held = (
    await running.rest<{ items: { id: string; type: string; holder?: string }[] }>('viewer', 'GET', '/resources')
  ).body.items.filter(({ holder }) => holder === ended?.executionId);
  expect(held.filter(({ type }) => type === 'DRONE')).toEqual([]);
});

test('a restart in the middle goes on where it was, and does nothing twice', async () => {
  const before = await system();
  await before.populate(FLEET);
  await before.put('gunshot_detection', 'gunshot.detected', shot('shot-1'));
  await before.pass(700);
  before.stop();
  const after = await system({ log: before.log, start: before.scheduler.now() });
  // What the subsystems had taken from their queues before the restart they never answer: those steps time out.
  await after.pass(200_000);
  await approveAll(after);
  await after.pass(60_000);
  expect(await only(after)).toMatchObject({ status: 'COMPLETED' });
  const requested = (await after.journal('&kind=action.requested')).map(({ data }) => data['actionId']);
  expect(new Set(requested).size).toBe(requested.length);
  expect(await after.status()).toMatchObject({ started: 1, completed: 1 });
});

test('the same seed gives the same journal, byte for byte', async () => {
  const run = async () => {
    const running = await system({ seed: 7 });
    await running.populate(FLEET);
    await running.put('gunshot_detection', 'gunshot.detected', shot('shot-1'));
    await running.pass(10_000);
    return JSON.stringify(await running.journal());
  };
  expect(await run()).toBe(await run());
});
