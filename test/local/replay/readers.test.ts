import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { readerOf } from '../../../local/replay/formats.ts';
import { callType } from '../../../local/replay/readers/calls-911.ts';
import { plain } from '../../../local/replay/text.ts';
import { Envelope } from '../../../shared/contracts/event.ts';

const CAD = [
  {
    observed: '2025-03-01T10:00:00+00:00',
    change: 'opened',
    id: 'RB25001',
    category: 'Structure fire',
    location: 'AVENUE E',
    latitude: 26.77,
    longitude: -80.05,
    units: 'E86',
  },
  {
    observed: '2025-03-01T10:05:00+00:00',
    change: 'updated',
    changed: ['units'],
    id: 'RB25001',
    category: 'Structure fire',
    latitude: null,
    longitude: null,
    units: 'E86 E87',
  },
  { observed: '2025-03-01T10:55:00+00:00', change: 'cleared', id: 'RB25001' },
]
  .map((row) => JSON.stringify(row))
  .join('\n');
const CALLS = `lat,lng,title,timestamp,twp,addr
26.7753,-80.0581,EMS: CHEST PAIN,2025-07-04 12:00,BEAT 1,"AVENUE E, REAR"
26.7753,-80.0581,EMS: SHOOTING,2025-01-04 12:00,BEAT 1,AVENUE F
,,Traffic: DEBRIS -,2025-01-04 12:01,BEAT 2,
`;
const SHOTS = `Coverage Area,Incident ID,Date Time,Type,Longitude-100meter,Latitude-100meter
Test1,99-1,7/4/25 0:30,Single Gunshot,-80.058,26.775
Test1,99-2,1/4/2025 23:59,Multiple Gunshots,-80.059,26.776
`;

const read = (text: string) => {
  const given = plain(text);
  return [...(readerOf(given)?.read(given) ?? [])];
};
const events = (text: string) => read(text).flatMap((one) => (one.kind === 'record' ? [one.record.event] : []));

describe('a file is recognised by what stands in it', () => {
  it.each([
    ['CAD change feed', CAD],
    ['911 calls', CALLS],
    ['gunshot detections', SHOTS],
  ])('as %s, with any line ends and a byte-order mark', (name, text) => {
    const wild = `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    expect(readerOf(plain(wild))?.name).toBe(name);
    expect(events(wild)).toEqual(events(text));
  });

  it('what is of no format is not guessed', () => {
    for (const text of ['', '{}', 'a,b,c\n1,2,3', '{"type":"FeatureCollection"}', '\0\0']) expect(readerOf(text)).toBeUndefined();
  });

  it.each([CAD, CALLS, SHOTS])('every record becomes an envelope within the contract', (text) => {
    const all = events(text);
    expect(all).toHaveLength(text === SHOTS ? 2 : 3);
    for (const event of all) Envelope.parse(event);
  });
});

describe('a CAD change', () => {
  it('becomes a call that was opened, updated or cleared, under its CAD number', () => {
    const [opened, updated, cleared] = events(CAD);
    expect(opened).toMatchObject({
      id: 'RB25001/2025-03-01T10:00:00+00:00/opened',
      source: 'cad_system',
      type: 'call.opened',
      time: '2025-03-01T10:00:00.000Z',
      data: { location: { lat: 26.77, lon: -80.05 }, entities: [{ kind: 'cad-incident', id: 'RB25001' }], record: { units: 'E86' } },
    });
    expect(updated?.type).toBe('call.updated');
    expect(updated?.data).not.toHaveProperty('location');
    expect(cleared?.type).toBe('call.cleared');
  });

  it('that cannot be read is named by its line, and the others are still read', () => {
    const all = read(`${CAD}\nnot json\n{"id":"x","observed":"now","change":"moved"}`);
    expect(all.filter(({ kind }) => kind === 'record')).toHaveLength(3);
    expect(all.flatMap((one) => (one.kind === 'unreadable' ? [one.what] : []))).toEqual([
      { line: 4, why: 'it is not JSON' },
      { line: 5, why: 'change: is not opened, updated or cleared' },
    ]);
  });
});

describe('a 911 call', () => {
  it('is typed by its title; shots are shots whoever was called', () => {
    expect(events(CALLS).map(({ type }) => type)).toEqual(['call.medical', 'call.shots-fired', 'call.traffic']);
    expect(callType('Fire: GAS-ODOR/LEAK')).toBe('call.fire');
    expect(callType('EMS: GUNSHOT WOUND')).toBe('call.shots-fired');
    expect(callType('Lost dog')).toBe('call.other');
  });

  it('without a place is still a call', () => {
    expect(events(CALLS)[2]?.data).not.toHaveProperty('location');
  });

  it('keeps local time as UTC, summer and winter', () => {
    expect(events(CALLS).map(({ time }) => time)).toEqual([
      '2025-07-04T16:00:00.000Z',
      '2025-01-04T17:00:00.000Z',
      '2025-01-04T17:01:00.000Z',
    ]);
  });

  test.prop([
    fc.array(fc.constantFrom('EMS: FALL', 'Fire: SMOKE', 'Traffic: STALL'), { minLength: 1, maxLength: 8 }),
    fc.integer({ min: 1, max: 28 }),
  ])('has an id that depends on its row alone: the same row is the same call', (titles, day) => {
    const rows = titles.map((title) => `26.1,-80.1,${title},2025-02-${String(day).padStart(2, '0')} 10:00,T,A`);
    const ids = events(['lat,lng,title,timestamp,twp,addr', ...rows].join('\n')).map(({ id }) => id);
    const turned = events(['lat,lng,title,timestamp,twp,addr', ...rows.toReversed()].join('\n')).map(({ id }) => id);
    expect(turned.toReversed()).toEqual(ids);
    expect(new Set(ids).size).toBe(new Set(titles).size);
  });
});

describe('a gunshot', () => {
  it('carries its place to 100 m, its rounds and its confidence', () => {
    const [single, multiple] = events(SHOTS);
    expect(single).toMatchObject({
      id: '99-1',
      source: 'gunshot_detection',
      type: 'gunshot.detected',
      time: '2025-07-04T04:30:00.000Z',
      data: { location: { lat: 26.775, lon: -80.058, radiusM: 100 }, confidence: 0.8, rounds: 'single' },
    });
    expect(multiple).toMatchObject({ time: '2025-01-05T04:59:00.000Z', data: { rounds: 'multiple' } });
  });

  it('with an unreadable time is put without one', () => {
    const [event] = events(SHOTS.replace('7/4/25 0:30', 'noon'));
    expect(event?.id).toBe('99-1');
    expect(event).not.toHaveProperty('time');
  });
});
