import { describe, expect, it } from 'vitest';
import { factAsserted, STANDING } from '../../../local/city/facts.ts';
import { orderIn } from '../../../local/city/letters.ts';
import { ROSTER } from '../../../local/city/roster.ts';
import { heartbeat } from '../../../local/city/statements.ts';
import { Envelope } from '../../../shared/contracts/event.ts';
import { UnitStatus } from '../../../shared/contracts/resource.ts';
import { request, SCENE, stage } from './ground.ts';

const data = (entry: { detail: object } | undefined): UnitStatus =>
  UnitStatus.parse((entry?.detail as { data?: unknown } | undefined)?.data);

describe('the fleet', () => {
  it('has the units of the plan, each id once', () => {
    const count = (type: string) => ROSTER.filter((unit) => unit.type === type).length;
    const types = [
      'DRONE',
      'ROBOT',
      'OFFICER',
      'VEHICLE',
      'DISPATCH_UNIT',
      'CAMERA',
      'GUNSHOT_DETECTOR',
      'LPR_READER',
      'HELICOPTER',
      'BOAT',
    ];
    expect(types.map(count)).toEqual([6, 2, 10, 10, 4, 8, 6, 2, 1, 1]);
    expect(new Set(ROSTER.map(({ id }) => id)).size).toBe(ROSTER.length);
  });

  it('registers every unit as available, by its owner, within the contracts', () => {
    const { fleet, said } = stage();
    fleet.register();
    expect(said).toHaveLength(ROSTER.length);
    for (const entry of said) {
      Envelope.parse(entry.detail);
      expect(data(entry).unit.status).toBe('AVAILABLE');
      expect(entry.source).toBe(ROSTER.find(({ id }) => id === data(entry).unit.id)?.owner);
    }
  });

  it('a unit says where it is while it moves, and is silent while it stands', async () => {
    const { fleet, said, scheduler } = stage();
    fleet.send('RB-OFFICER-08', SCENE, 1);
    await scheduler.run(scheduler.now() + 60_000);
    const reports = said.map(data);
    expect(reports.length).toBeGreaterThan(3);
    expect(reports.every(({ unit }) => unit.status === 'BUSY' && unit.fence === 1)).toBe(true);
    expect(reports.at(-1)?.location).toMatchObject({ lat: SCENE.lat, lon: SCENE.lon });
    expect(said.at(-1)?.atMs).toBeLessThan(30_000);
  });

  it('a unit says that it is on the way, then on scene, and a drone how much charge it has left', async () => {
    const { fleet, said, scheduler } = stage();
    fleet.send('RB-DRONE-01', SCENE, 1);
    await scheduler.run(scheduler.now() + 60_000);
    const reports = said.map((entry) => data(entry).unit);
    expect([...new Set(reports.map(({ activity }) => activity))]).toEqual(['EN_ROUTE', 'ON_SCENE']);
    await scheduler.run();
    const charges = said.map((entry) => data(entry).unit.health?.batteryPct ?? 0);
    expect(charges[0]).toBe(100);
    expect(Math.min(...charges)).toBeLessThan(50);
    expect(charges.at(-1)).toBe(100);
  });

  it('units that stand still say it when they are asked, and what has a crew says which watch it is on', () => {
    const { fleet, said, scheduler } = stage();
    fleet.send('RB-OFFICER-08', SCENE, 1);
    said.length = 0;
    fleet.restate();
    expect(said).toHaveLength(ROSTER.length - 1);
    for (const { unit } of said.map(data)) {
      const { from, to } = unit.shift ?? { from: undefined, to: undefined };
      expect(from !== undefined).toBe(['OFFICER', 'VEHICLE', 'DISPATCH_UNIT', 'HELICOPTER', 'BOAT'].includes(unit.type));
      if (!from || !to) continue;
      expect(Date.parse(from)).toBeLessThanOrEqual(scheduler.now());
      expect(Date.parse(to)).toBeGreaterThan(scheduler.now());
    }
  });

  it('after its stay it goes home and says so under its own claim', async () => {
    const { fleet, said, scheduler } = stage();
    fleet.send('RB-DRONE-01', SCENE, 4);
    await scheduler.run();
    const last = data(said.at(-1));
    expect(last.unit).toMatchObject({ status: 'AVAILABLE', fence: 4 });
    expect(last.location).toMatchObject(fleet.unit('RB-DRONE-01')?.home ?? {});
  });

  it('a unit on its way turns to where the incident is now, under its own claim only', async () => {
    const { fleet, scheduler } = stage();
    const elsewhere = { lat: 26.7826, lon: -80.0514 };
    fleet.send('RB-OFFICER-02', SCENE, 3);
    fleet.redirect('RB-OFFICER-02', { lat: 0, lon: 0 }, 2);
    fleet.redirect('RB-OFFICER-02', elsewhere, 3);
    await scheduler.run(scheduler.now() + 60_000);
    expect(fleet.placeOf('RB-OFFICER-02')).toEqual(elsewhere);
  });

  it('an older claim neither sends nor recalls a unit', async () => {
    const { fleet, said, scheduler } = stage();
    fleet.send('RB-DRONE-01', SCENE, 4);
    await scheduler.run(scheduler.now() + 10_000);
    const before = said.length;
    fleet.send('RB-DRONE-01', { lat: 26.8, lon: -80.1 }, 3);
    fleet.recall('RB-DRONE-01', 3);
    expect(said).toHaveLength(before);
    expect(fleet.placeOf('RB-DRONE-01')).toEqual({ lat: SCENE.lat, lon: SCENE.lon });
  });

  it('heartbeats and the standing facts are valid envelopes', () => {
    for (const entry of [heartbeat('drone_ops', 'run', 0), ...STANDING.map((stated) => factAsserted(stated, stated.kind, 0))]) {
      expect(Envelope.parse(entry.detail)).toMatchObject({ type: entry.type, source: entry.source });
    }
  });
});

describe('a letter from the bus', () => {
  const letter = (type: string, detail: unknown) => JSON.stringify({ 'detail-type': type, detail });

  it('is a request or a cancellation', () => {
    expect(orderIn(letter('action.requested', request()))).toMatchObject({ kind: 'requested' });
    const cancel = { actionId: 'a', subsystem: 'dispatch', action: 'PATROL_REROUTE', executionId: 'e', undo: true, reason: 'r' };
    expect(orderIn(letter('action.cancelled', cancel))).toMatchObject({ kind: 'cancelled' });
  });

  it('or a sentence saying why it cannot be understood', () => {
    expect(orderIn('{')).toMatch(/not JSON/);
    expect(orderIn(letter('action.requested', {}))).toMatch(/breaks its contract/);
    expect(orderIn(letter('weather.changed', {}))).toMatch(/no subsystem performs/);
  });
});
