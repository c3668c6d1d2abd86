import { active, north, put, type Scene } from './stage.ts';

const HERE = north(90_000);
const reason = 'as it looks from here';
const officer = (id: string, metres = 90_000) => ({ id, type: 'OFFICER', capabilities: [], ...north(metres) });

interface Given {
  readonly units: readonly { readonly id: string; readonly fence: number }[];
}

/** What people do with units by hand, and what befalls a run that loses one: scenes of `exercise`. */
export const units: Readonly<Record<string, Scene>> = {
  'units are made known, given, kept, given back and promised by hand': async ({ running }) => {
    const say = <T = Record<string, unknown>>(path: string, body: object) =>
      running.rest<T>('dispatcher', 'POST', `/resources${path}`, { reason, ...body });
    for (const id of ['hand-1', 'hand-2', 'hand-3']) await running.rest('dispatcher', 'POST', '/resources', officer(id));
    const ask = (incidentId: string) => say<Given>('/allocate', { incidentId, needs: { OFFICER: 1 }, ...HERE });
    // Two who ask in one moment want the same unit.
    const [{ body: first }] = await Promise.all([ask('hand-a'), ask('hand-b')]);
    const [unit = { id: '', fence: 0 }] = first.units;
    await say(`/${unit.id}/renew`, { fence: unit.fence, leaseS: 7200 });
    await say(`/${unit.id}/release`, { fence: unit.fence });
    await say('/hand-3/status', { status: 'AVAILABLE', health: { faults: [] } });
    await say('/hand-3/location', north(90_050));
    await say('/hand-3/maintenance', { maintenance: [] });
    const at = (hours: number): string => new Date(running.scheduler.now() + hours * 3_600_000).toISOString();
    const { body: promised } = await say<{ id: string }>('/reservations', {
      units: ['hand-3'],
      from: at(20),
      to: at(21),
      incidentId: 'hand-a',
    });
    await say(`/reservations/${promised.id}/end`, {});
    // This one the sweep ends.
    await say('/reservations', { units: ['hand-3'], from: at(0.01), to: at(0.02), incidentId: 'hand-a' });
    for (const path of ['/available?type=OFFICER&lat=27.58&lon=-80.0581', '/utilization', '/reservations'])
      await running.rest('viewer', 'GET', `/resources${path}`);
    await running.pass(200_000);
  },
  'a person waits for a unit until one says that it can be sent': async ({ running }) => {
    const wanted = { incidentId: 'patient', needs: { BOAT: 1 }, ...north(150_000), waitS: 600, reason };
    await running.rest('dispatcher', 'POST', '/resources/allocate', wanted);
    await running.rest('viewer', 'GET', '/resources/waiting');
    const unit = { id: 'boat-late', type: 'BOAT', status: 'AVAILABLE' };
    const says = { specversion: '1.0', id: 'status-boat-late', source: 'dispatch', type: 'unit.status' };
    await running.put('dispatch', 'unit.status', { ...says, data: { unit, ...north(150_000) } });
    await running.pass(3_000);
  },
  /** All look before any takes. */
  'three responses want the same units in one moment': async (stage) => {
    const { running } = stage;
    for (const id of ['between-1', 'between-2', 'between-3', 'between-4'])
      await running.rest('dispatcher', 'POST', '/resources', officer(id, 131_000));
    for (const id of ['between-car-1', 'between-car-2'])
      await running.rest('dispatcher', 'POST', '/resources', { ...officer(id, 131_000), type: 'VEHICLE' });
    stage.failing.add('slow dynamodb:TransactWriteItems');
    await put(stage, 'rival-1', 130_000);
    await put(stage, 'rival-2', 132_000);
    await put(stage, 'rival-3', 131_000);
    await running.pass(30_000);
    stage.failing.clear();
    await running.pass(400_000);
  },
  /** Two officers are called away from a run while nobody listens; when somebody does, two others are free. */
  'a run loses its units to what goes before it, and is given others': async (stage) => {
    const { running } = stage;
    await put(stage, 'called-away', 100_000);
    await running.pass(1_500);
    const run = (await active(stage)).at(-1)?.id ?? '';
    for (const id of ['lost-1', 'lost-2']) await running.rest('dispatcher', 'POST', '/resources', officer(id, 110_000));
    const wanted = { needs: { OFFICER: 2 }, ...north(110_000), reason };
    await running.rest('dispatcher', 'POST', '/resources/allocate', { ...wanted, executionId: run, priority: 'LOW' });
    stage.failing.add('swoe-dev-settle');
    await running.rest('dispatcher', 'POST', '/resources/allocate', { ...wanted, incidentId: 'grave', priority: 'EMERGENCY' });
    for (const id of ['other-1', 'other-2']) await running.rest('dispatcher', 'POST', '/resources', officer(id, 100_100));
    await running.pass(100_000);
    stage.failing.clear();
    await running.pass(400_000);
  },
};
