import { expect, test } from 'vitest';
import { FLEET, type Manners, shot, system, willing } from './system.ts';

type Running = Awaited<ReturnType<typeof system>>;

const north = (metres: number) => ({ location: { lat: 26.7753 + metres / 111_195, lon: -80.0581, radiusM: 0 } });
const MORE = { ...FLEET, 'officer-4': ['OFFICER', 700], 'car-3': ['VEHICLE', 600] } satisfies typeof FLEET;

/** Two shootings too far apart to be one, and a call about a place between them that was observed before both and comes after. */
const twoAndTheLateOne = async (running: Running, wait: number): Promise<void> => {
  const before = new Date(running.scheduler.now() - 60_000).toISOString();
  await running.put('gunshot_detection', 'gunshot.detected', shot('west', north(0)));
  await running.put('gunshot_detection', 'gunshot.detected', shot('east', north(290)));
  await running.pass(wait);
  await running.put('cad_system', 'call.shots-fired', { ...shot('between', north(145)), type: 'call.shots-fired', time: before });
};

/** Each unit with the runs it was sent out for: a unit that goes with its mission from one run to another is not sent again. */
const sendings = (running: Running): Map<string, string[]> => {
  const sent = new Map<string, string[]>();
  for (const { action, units, actionId } of running.asked)
    if (action === 'PATROL_REROUTE' || action === 'DRONE_DISPATCH')
      for (const { id } of units) sent.set(id, [...(sent.get(id) ?? []), actionId]);
  return sent;
};

const slowly: Manners = (asked) => (asked.action === 'DRONE_DISPATCH' ? 'silent' : willing(asked));

test.each([0, 60, 400, 3000])(
  'a late event that comes %i ms after two shots makes one incident of them: one run goes on, the other ends CANCELLED as merged, no unit is sent twice',
  async (wait) => {
    const running = await system({ seed: wait + 1, manners: slowly, poll: 250 });
    await running.populate(MORE);
    await twoAndTheLateOne(running, wait);
    await running.pass(6000);
    const started = new Set((await running.journal('&kind=workflow.started')).map(({ executionId }) => executionId));
    const cancelled = await running.journal('&kind=workflow.cancelled');
    const going = await running.executions();
    expect(going).toHaveLength(1);
    expect(cancelled.map(({ data }) => data['cause'])).toEqual(cancelled.map(() => `merged: ${going[0]?.id} goes on`));
    if (wait >= 400) expect([started.size, cancelled.length]).toEqual([2, 1]);
    const twice = [...sendings(running)].filter(([, missions]) => missions.length > 1);
    expect(twice).toEqual([]);
    await running.pass(600_000);
    expect(await running.executions()).toEqual([]);
    expect([...sendings(running)].filter(([, missions]) => missions.length > 1)).toEqual([]);
    const incidents = new Set((await running.journal('&kind=incident.merged')).map(({ data }) => data['from']));
    expect(incidents.size).toBeGreaterThan(0);
    const { accepted, fused, matched, started: begun, joined, refused, queued } = await running.status();
    expect([accepted, matched]).toEqual([fused, begun + joined + refused + queued]);
  },
);

test('the run that is handed over to holds what the other held, and after its end nobody holds anything', async () => {
  const running = await system({ manners: slowly, poll: 250 });
  await running.populate(MORE);
  await twoAndTheLateOne(running, 3000);
  const holders = async () => {
    const { body } = await running.rest<{ items: { id: string; holder?: string }[] }>('viewer', 'GET', '/resources');
    return new Map(body.items.filter(({ holder }) => holder).map(({ id, holder }) => [id, holder]));
  };
  await running.pass(2000);
  const [goingOn] = await running.executions();
  const held = await holders();
  expect(held.size).toBeGreaterThan(2);
  expect(new Set(held.values())).toEqual(new Set([goingOn?.id]));
  await running.pass(900_000);
  expect([...(await holders()).keys()].filter((id) => !id.startsWith('drone'))).toEqual([]);
});
