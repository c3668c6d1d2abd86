import { describe, expect, test } from 'vitest';
import { Refusal } from '../../local/kernel/refusal.ts';
import { busEvent, toldOf } from '../../local/routing/told.ts';

const call = { specversion: '1.0', id: 'e1', source: 'cad_system', type: 'call.medical', data: { priority: 'HIGH' } };

describe('npm run routing', () => {
  test('says where an event goes and, of every other rule, which conditions failed', () => {
    const told = toldOf(call);
    expect(told).toMatch(/^goes to\n {2}ingest by intake: /);
    expect(told).toContain('\n  ingest-critical by intake-critical\n');
    expect(told).toContain('detail.data.priority is "HIGH"; wanted "CRITICAL"');
    expect(told).toContain('source is "cad_system"; wanted "swoe"');
    expect(told).not.toContain('actions-');
  });

  test('tells of the subsystems that an action passes by', () => {
    const told = toldOf({ source: 'swoe', 'detail-type': 'action.requested', detail: { subsystem: 'drone_ops' } });
    expect(told).toContain('  actions-drone_ops by actions-drone_ops: ');
    expect(told).toContain('  actions-robotics by actions-robotics\n    detail.subsystem is "drone_ops"; wanted "robotics"');
  });

  test('says so where no rule takes an event', () => {
    expect(toldOf({ source: 'swoe', 'detail-type': 'odd.thing', detail: {} })).toMatch(/^goes nowhere: no rule takes it\n/);
  });

  test('reads an envelope as it would be put on the bus, and refuses what is neither', () => {
    expect(busEvent(call)).toEqual({ source: 'cad_system', 'detail-type': 'call.medical', detail: call });
    expect(() => busEvent([])).toThrow(Refusal);
    expect(() => busEvent({ source: 'x' })).toThrow('neither detail-type');
  });
});
