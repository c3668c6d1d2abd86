import { test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { lprHotHitResponse } from '../../../../workflows/lpr-hot-hit-response.ts';
import { mutated } from '../../../support/mutate.ts';
import { starts } from '../../../workflows/reading.ts';
import { adapted, event, onBus } from './ground.ts';

const analysis = (plates: [string, number][], timestampUTC = 'Sun, 22 Nov 2026 16:58:00 GMT') => ({
  api: 'alpr',
  found: {
    success: true,
    predictions: plates.map(([plate, confidence]) => ({ plate, confidence, label: `Plate: ${plate}`, x_min: 1 })),
    requestId: 'r-1',
    timestampUTC,
  },
});
const objects = { api: 'objects', found: { predictions: [{ label: 'car', confidence: 0.95 }], success: true } };
const blueIris = {
  plate_number: 'RBL 5521',
  Image: 'UklGRh4AAABXRUJQ',
  camera: 'RB-LPR-02',
  timestamp: '2026-11-22T16:58:30Z',
  ALERT_PATH: 'alerts/0417.jpg',
  ALERT_CLIP: 'clips/0417.bvr',
  ai_dump: [
    objects,
    analysis([
      ['RBL-5521', 0.94],
      ['RBX 100', 0.61],
    ]),
  ],
};
const stream = {
  hook: { event: 'recognition', id: 'RB-LPR-01', filename: 'RB-LPR-01/0418.jpg' },
  data: {
    camera_id: 'RB-LPR-01',
    filename: 'RB-LPR-01/0418.jpg',
    timestamp: '2026-11-22T16:58:40.125Z',
    results: [
      { plate: 'rbx100', score: 0.52, region: { code: 'us-ga', score: 0.4 } },
      { plate: 'rbl5521', score: 0.91, region: { code: 'us-fl', score: 0.8 }, vehicle: { type: 'Sedan', score: 0.7 }, speed_kmh: 61.26 },
    ],
  },
};
const verkada = {
  webhook_type: 'lpr',
  webhook_id: 'w-1',
  data: {
    camera_id: 'cam-7',
    created: 1795366720,
    license_plate_number: 'RBL5521',
    license_plate_state: 'us-fl',
    confidence: 0.96,
    image_url: 'https://pictures.example/1.jpg',
  },
};
const group = {
  data_type: 'alpr_group',
  version: 2,
  epoch_start: 1795366730250,
  best_plate_number: 'RBL5521',
  best_confidence: 88.5,
  best_region: 'us-fl',
  best_uuid: 'RB-LPR-02-cam1-1795366730250',
  camera_id: 12,
  gps_latitude: 26.7733,
  gps_longitude: -80.0713,
  speed_mph: 30,
};
const rekorAlert = { data_type: 'alpr_alert', alert_list: 'Stolen', camera_name: 'Bridge', plate_number: 'RBL5521', group };

describe('a plate reader’s message, whoever made it', () => {
  it.each([
    ['CodeProject.AI by Blue Iris', blueIris, 'RB-LPR-02', '2026-11-22T16:58:30.000Z', 0.94],
    ['Plate Recognizer', stream, 'RB-LPR-01', '2026-11-22T16:58:40.125Z', 0.91],
    ['Verkada', verkada, 'cam-7', '2026-11-22T16:58:40.000Z', 0.96],
    ['Rekor', group, '12', '2026-11-22T16:58:50.250Z', 0.885],
  ])('is a read of one plate in one spelling: %s', (_, record, camera, occurredAt, confidence) => {
    const read = event('lpr_network', record);
    expect(read).toMatchObject({
      type: 'plate.read',
      category: 'SENSOR',
      priority: 'INFO',
      occurredAt,
      confidence,
      entities: [{ kind: 'plate', id: 'RBL5521' }],
      data: { camera, image: true, plateConfidence: confidence },
    });
    expect(read.summary).toBe(`A plate was read by ${camera}`);
  });

  it('tells region, vehicle, picture, place and speed where it knows them, a speed with its unit only', () => {
    expect(event('lpr_network', stream).data).toMatchObject({
      region: 'US-FL',
      vehicle: 'Sedan',
      imageRef: 'RB-LPR-01/0418.jpg',
      speedKph: 61.3,
    });
    expect(event('lpr_network', group)).toMatchObject({ location: { lat: 26.7733, lon: -80.0713 }, data: { speedKph: 48.3 } });
    expect(event('lpr_network', { ...group, speed_mph: undefined, speed: 70 }).data).not.toHaveProperty('speedKph');
    expect(event('lpr_network', { ...group, gps_latitude: -1, gps_longitude: -1 }).location).toBeUndefined();
  });

  it('with several plates is about one of them: two cars in one picture are not one incident', () => {
    const read = event('lpr_network', blueIris);
    expect(read.entities).toHaveLength(1);
    expect(read.data).toMatchObject({ others: [{ plate: 'RBX 100', confidence: 0.61 }] });
  });

  it('is taken bare, in a list, and by its own plate where nobody named one', () => {
    const bare = analysis(
      [
        ['RBX 100', 0.72],
        ['T12-1396', 0.94],
      ],
      'Sun 22 Nov 2026 16:58:00 GMT',
    );
    for (const record of [bare, { ai_dump: [objects, bare] }])
      expect(event('lpr_network', record)).toMatchObject({
        occurredAt: '2026-11-22T16:58:00.000Z',
        entities: [{ kind: 'plate', id: 'T121396' }],
        data: { image: false },
      });
    expect(adapted('lpr_network', [bare])).toMatchObject({ ok: true });
  });

  it('does not carry a copy of a picture that its path can find', () => {
    const read = event('lpr_network', { ...blueIris, Image: 'x'.repeat(60_000) });
    expect(read.data).toMatchObject({ image: true, imageRef: 'alerts/0417.jpg', record: { Image: expect.stringMatching(/^sha256:/) } });
    const alone = event('lpr_network', { ...blueIris, ALERT_PATH: undefined, ALERT_CLIP: undefined });
    expect(alone.data).toMatchObject({ imageRef: expect.stringMatching(/^sha256:/), record: { Image: blueIris.Image } });
  });

  it('is one event however often it is sent, and two messages are two', () => {
    const id = (record: object) => event('lpr_network', record).id;
    expect(id(stream)).toBe(id(structuredClone(stream)));
    expect(new Set([blueIris, stream, verkada, group, { ...stream, extra: 1 }].map(id)).size).toBe(5);
  });

  it.each([
    ['no plate in the picture', { ...blueIris, plate_number: '', ai_dump: [objects] }, 'predictions'],
    ['a plate of dashes', { ...blueIris, plate_number: '---' }, 'plate_number'],
    ['a prediction without a plate', { ai_dump: [{ api: 'alpr', found: { predictions: [{ confidence: 0.5 }] } }] }, 'predictions.0.plate'],
    ['a score over 1', { ...stream, data: { ...stream.data, results: [{ plate: 'a1', score: 91 }] } }, 'data.results.0.score'],
    ['no results', { ...stream, data: { ...stream.data, results: [] } }, 'data.results'],
    ['a time that is none', { ...verkada, data: { ...verkada.data, created: 'now' } }, 'data.created'],
    ['no plate number', { ...group, best_plate_number: undefined }, 'best_plate_number'],
    ['an alert without its group', { ...rekorAlert, group: undefined }, 'group'],
  ])('with %s is refused at that place', (_, record, path) => {
    expect(onBus('lpr_network', record)).toMatchObject({ ok: false, path, reason: expect.stringContaining(`${path}: `) });
  });
});

describe('a hit', () => {
  it('is only what the reader found on a list', () => {
    expect(event('lpr_network', rekorAlert)).toMatchObject({
      type: 'plate.hit',
      category: 'ALERT',
      priority: 'HIGH',
      summary: 'A plate on a hot list was read by Bridge',
      data: { hotList: 'Stolen', image: true },
    });
    expect(event('lpr_network', { ...blueIris, hotlist: 'wanted' })).toMatchObject({ type: 'plate.hit', data: { hotList: 'wanted' } });
    expect(event('lpr_network', { ...blueIris, hotlist: false }).type).toBe('plate.read');
  });

  it('starts the response where a picture can be compared, and a read never does', () => {
    const starting = starts(lprHotHitResponse);
    expect(starting({ ...event('lpr_network', rekorAlert) })).toBe(true);
    expect(starting({ ...event('lpr_network', { ...rekorAlert, group: { ...group, best_uuid: '' } }) })).toBe(false);
    for (const read of [blueIris, stream, verkada, group]) expect(starting({ ...event('lpr_network', read) })).toBe(false);
  });
});

test.prop([mutated([blueIris, stream, verkada, group, rekorAlert, analysis([['RBL 5521', 0.9]])])], { numRuns: 600 })(
  'a mutated message is adapted or refused, never with the plate in its summary, and nothing else',
  (record) => {
    const made = adapted('lpr_network', record);
    if (made.ok && made.envelope.data.summary) expect(made.envelope.data.summary).not.toMatch(/5521/);
    if (!made.ok) expect(made.reason).toContain(made.path);
    onBus('lpr_network', record);
  },
);
