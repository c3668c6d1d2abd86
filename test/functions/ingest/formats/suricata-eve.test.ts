import { test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { cyberAttackResponse } from '../../../../workflows/cyber-attack-response.ts';
import { mutated } from '../../../support/mutate.ts';
import { starts as startsOf } from '../../../workflows/reading.ts';
import { adapted, event, onBus } from './ground.ts';

const flow = { timestamp: '2026-11-22T11:59:58.123456-0500', flow_id: 774411229988, in_iface: 'eth1', proto: 'TCP' };
const ends = { src_ip: '203.0.113.9', src_port: 51000, dest_ip: '10.20.0.7', dest_port: 22 };
const alert = (severity: number, action = 'allowed', more: object = {}) => ({
  ...flow,
  ...ends,
  event_type: 'alert',
  alert: { action, gid: 1, signature_id: 900001, rev: 1, signature: 'LOCAL test rule', category: 'Test', severity, ...more },
});
const dns = { ...flow, ...ends, event_type: 'dns', dns: { type: 'query', rrname: 'city.example', severity: 5 } };
const anomaly = { ...flow, ...ends, event_type: 'anomaly', anomaly: { type: 'stream', event: 'stream.pkt_invalid_ack' } };
const stats = { timestamp: flow.timestamp, event_type: 'stats', stats: { uptime: 12 } };

describe('an alert', () => {
  it.each([
    [1, 'allowed', 3, 'HIGH'],
    [1, 'blocked', 2, 'MEDIUM'],
    [2, 'allowed', 2, 'MEDIUM'],
    [2, 'blocked', 1, 'LOW'],
    [3, 'allowed', 1, 'LOW'],
    [4, 'allowed', 1, 'LOW'],
    [255, 'blocked', 1, 'LOW'],
  ])('of Suricata’s severity %i, %s, is an incident of severity %i and priority %s', (theirs, action, ours, priority) => {
    expect(event('cyber_intel', alert(theirs, action))).toMatchObject({
      type: 'cyber.incident',
      category: 'CYBER',
      priority,
      data: { severity: ours, action, signature: 'LOCAL test rule', signatureId: 900001 },
    });
  });

  it('names both ends as entities, keeps the time of the sensor and the whole record', () => {
    const record = alert(2);
    expect(event('cyber_intel', record)).toMatchObject({
      occurredAt: '2026-11-22T16:59:58.123Z',
      entities: [
        { kind: 'ip', id: '203.0.113.9' },
        { kind: 'ip', id: '10.20.0.7' },
      ],
      summary: 'Network alert: LOCAL test rule (allowed)',
      data: { record },
    });
  });

  it('is as sure as its rule’s author was', () => {
    const sure = (confidence: string) => event('cyber_intel', alert(2, 'allowed', { metadata: { confidence: [confidence] } })).confidence;
    expect([sure('High'), sure('Medium'), sure('Low'), sure('Whatever')]).toEqual([0.9, 0.7, 0.4, 0.7]);
  });

  it('has the same id when it is sent again, and another when anything in it differs', () => {
    const id = (record: object) => event('cyber_intel', record).id;
    expect(id(alert(2))).toBe(id(structuredClone(alert(2))));
    expect(id(alert(2))).not.toBe(id({ ...alert(2), dest_port: 23 }));
    expect(id(alert(2))).toContain('774411229988/2026-11-22T11:59:58.123456-0500/');
  });

  it.each([
    ['a severity of 0', alert(0), 'alert.severity'],
    ['an action that is none', alert(1, 'dropped'), 'alert.action'],
    ['no alert in it', { ...alert(1), alert: undefined }, 'alert'],
    ['an address that is a number', { ...alert(1), src_ip: 7 }, 'src_ip'],
    ['an event type that is a sentence', { ...flow, event_type: 'Some Thing' }, 'event_type'],
  ])('with %s is refused at that place', (_, record, path) => {
    expect(onBus('cyber_intel', record)).toMatchObject({ ok: false, path, reason: expect.stringContaining(path) });
  });
});

describe('the cyber-attack response', () => {
  const starts = (record: object): boolean => startsOf(cyberAttackResponse)({ ...event('cyber_intel', record) });

  it('starts by the gravest alert that was let through, and by none that was blocked or is less grave', () => {
    expect([alert(1), alert(1, 'blocked'), alert(2), alert(3), alert(4)].map(starts)).toEqual([true, false, false, false, false]);
  });

  it('never starts by telemetry, whatever severity it claims', () => {
    const claims = [dns, anomaly, stats, { ...dns, severity: 5, alert: { severity: 1, action: 'allowed' } }];
    expect(claims.map(starts)).toEqual([false, false, false, false]);
  });
});

describe('what is no alert', () => {
  it('is kept as what a sensor saw, at INFO', () => {
    expect(event('cyber_intel', dns)).toMatchObject({ type: 'cyber.observed', priority: 'INFO', data: { kind: 'dns', record: dns } });
    expect(event('cyber_intel', stats)).toMatchObject({ type: 'cyber.observed', priority: 'INFO', data: { kind: 'stats' }, entities: [] });
    expect(event('cyber_intel', anomaly)).toMatchObject({ type: 'cyber.anomaly', priority: 'LOW', data: { severity: 1 } });
  });

  it('without a zone in its time takes the bus’s', () => {
    expect(event('cyber_intel', { ...dns, timestamp: '2009-11-24T21:27:09.534255' }).occurredAt).toBe('2026-11-22T17:00:00.000Z');
  });
});

it('only a source that speaks it is heard in it', () => {
  expect(onBus('dispatch', alert(1))).toMatchObject({ ok: false, path: 'specversion' });
});

test.prop([mutated([alert(1), alert(2, 'blocked'), dns, anomaly, stats])], { numRuns: 500 })(
  'a mutated record is adapted or refused, and nothing else',
  (record) => {
    const made = adapted('cyber_intel', record);
    if (!made.ok) expect(made.reason).toContain(made.path);
    onBus('cyber_intel', record);
  },
);
