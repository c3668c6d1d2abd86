import { test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { readerOf } from '../../../../local/replay/formats.ts';
import { mutated } from '../../../support/mutate.ts';
import { adapted, event, onBus } from './ground.ts';

const opened = {
  observed: '2026-11-22T16:50:00+00:00',
  change: 'opened',
  id: 'RB26-0001',
  category: 'Structure fire',
  location: 'AVENUE E',
  latitude: 26.77,
  longitude: -80.05,
  units: '>E86 ?TAC16 *>T2>E77',
};
const updated = {
  ...opened,
  observed: '2026-11-22T16:52:00+00:00',
  change: 'updated',
  changed: ['units'],
  latitude: null,
  longitude: null,
};
const cleared = { observed: '2026-11-22T16:59:00+00:00', change: 'cleared', id: 'RB26-0001' };

describe('a record of the CAD change feed, as it is', () => {
  it('becomes a call under its CAD number, with its place, its units and the record itself', () => {
    expect(event('cad_system', opened)).toMatchObject({
      id: 'RB26-0001/2026-11-22T16:50:00+00:00/opened',
      type: 'call.opened',
      occurredAt: '2026-11-22T16:50:00.000Z',
      location: { lat: 26.77, lon: -80.05, radiusM: 50 },
      entities: [{ kind: 'cad-incident', id: 'RB26-0001' }],
      summary: 'Structure fire opened (RB26-0001)',
      data: { units: ['E86', 'T2', 'E77'], record: opened },
    });
  });

  it('without a place, or with a place off this earth, is still a call', () => {
    for (const record of [updated, { ...opened, latitude: 126 }, { ...opened, longitude: 'west' }])
      expect(event('cad_system', record)).not.toMatchObject({ location: expect.anything() });
    expect(event('cad_system', updated)).toMatchObject({ type: 'call.updated', data: { changed: ['units'] } });
  });

  it('that closes a call says so and nothing of units', () => {
    const event_ = event('cad_system', cleared);
    expect(event_).toMatchObject({ type: 'call.cleared', priority: 'LOW', summary: 'Call cleared (RB26-0001)' });
    expect(event_.data).not.toHaveProperty('units');
  });

  it.each([
    ['a change of another kind', { ...opened, change: 'moved' }, 'change'],
    ['no number', { ...opened, id: '' }, 'id'],
    ['units in a list', { ...opened, units: ['E86'] }, 'units'],
  ])('with %s is refused at that place', (_, record, path) => {
    expect(onBus('cad_system', record)).toMatchObject({ ok: false, path, reason: expect.stringContaining(`${path}: `) });
  });

  it('is the same event whether the replayer or the bus brings it', () => {
    const lines = [opened, updated, cleared].map((row) => JSON.stringify(row)).join('\n');
    const replayed = [...(readerOf(lines)?.read(lines) ?? [])].flatMap((one) => (one.kind === 'record' ? [one.record.event] : []));
    expect(replayed.map((detail) => event('cad_system', detail))).toEqual(
      [opened, updated, cleared].map((row) => event('cad_system', row)),
    );
  });
});

test.prop([mutated([opened, updated, cleared])], { numRuns: 500 })('a mutated record is adapted or refused, and nothing else', (record) => {
  const made = adapted('cad_system', record);
  if (!made.ok) expect(made.reason).toContain(made.path);
  onBus('cad_system', record);
});
