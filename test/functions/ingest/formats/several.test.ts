import { describe, expect, test } from 'vitest';
import { adapt } from '../../../../functions/ingest/formats/index.ts';
import { MOST_CARRIED } from '../../../../functions/ingest/formats/several.ts';
import { normalise } from '../../../../functions/ingest/normalise.ts';
import type { Source } from '../../../../shared/contracts/vocabulary.ts';
import { sources } from '../../../../shared/sources/index.ts';
import { raw } from '../../../support/rooms.ts';
import { BUS_TIME, collection, edxl, json, quakeOf, WARNING, warningXml } from './reading.ts';

const outcomes = (source: Source, detail: unknown): string[] =>
  adapt(sources[source], detail, BUS_TIME).map((one) => (one.ok ? one.envelope.id : one.reason));

const { xml: SECOND } = warningXml([['flood-2026-17', 'flood-2026-18']]);
const { xml: BROKEN } = warningXml([['>Immediate<', '>Soon<']]);
const FLOOD = 'duty@weather.example,flood-2026-17';

describe('a document of several alerts', () => {
  test('is one event for each, in their order', () => {
    expect(outcomes('weather_service', edxl(SECOND, WARNING))).toEqual(['duty@weather.example,flood-2026-18', FLOOD]);
  });

  test('is the same as an Atom feed, and as the data of an envelope', () => {
    const { xml } = edxl(WARNING, SECOND);
    const feed = xml.replaceAll('EDXLDistribution', 'feed').replaceAll('contentObject', 'entry');
    const detail = { specversion: '1.0', id: 'e-1', source: 'x', type: 'a.b', datacontenttype: 'application/atom+xml', data: feed };
    expect(outcomes('partner_agency', detail)).toEqual([FLOOD, 'duty@weather.example,flood-2026-18']);
  });

  test('is refused for a broken one at its place, and the others are taken', () => {
    expect(outcomes('weather_service', edxl(WARNING, BROKEN, SECOND))).toEqual([
      FLOOD,
      'EDXLDistribution.alert[1].info[0].urgency: is none of Immediate, Expected, Future, Past, Unknown',
      'duty@weather.example,flood-2026-18',
    ]);
  });

  test('names the place of what only its source could not say', () => {
    const { xml } = warningXml([['<sent>2026-', '<sent>2036-']]);
    const said = normalise(raw('weather_service', edxl(WARNING, xml)), BUS_TIME);
    expect(said).toMatchObject([
      { ok: true },
      {
        ok: false,
        path: 'EDXLDistribution.alert[1].time',
        reason: expect.stringMatching(/^EDXLDistribution\.alert\[1\]\.time is more than 24 hours ahead/),
      },
    ]);
  });

  test('an alert inside the signature of another is no alert of its own', () => {
    const bare = SECOND.replace(/<\?xml.*\?>/, '');
    const signed = WARNING.replace('</alert>', `<Signature xmlns="http://www.w3.org/2000/09/xmldsig#">${bare}</Signature></alert>`);
    expect(outcomes('weather_service', edxl(signed))).toEqual([FLOOD]);
  });

  test(`of more than ${MOST_CARRIED} is refused whole, and says what to do`, () => {
    const alert = '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"/>';
    expect(outcomes('weather_service', edxl(...Array(MOST_CARRIED).fill(alert)))).toHaveLength(MOST_CARRIED);
    expect(outcomes('weather_service', edxl(...Array(MOST_CARRIED + 1).fill(alert)))).toEqual([
      'EDXLDistribution.alert: holds 101 events, and one message carries 100 at most: put it on the bus in parts',
    ]);
  });
});

describe('a collection of features', () => {
  test('is one event for each, of earthquakes and of alerts', () => {
    const feed = collection(quakeOf('q1'), quakeOf('q2'));
    expect(outcomes('sensor_grid', feed)).toEqual(['q1@1795367200000', 'q2@1795367200000']);
    const alert = json('nws-alert.json');
    expect(outcomes('weather_service', collection(alert, alert))).toEqual(Array(2).fill(outcomes('weather_service', alert)[0]));
  });

  test('is the same as the data of an envelope', () => {
    const detail = { specversion: '1.0', id: 'e-1', source: 'x', type: 'usgs.feed', data: collection(quakeOf('q1'), quakeOf('q2')) };
    expect(outcomes('sensor_grid', detail)).toEqual(['q1@1795367200000', 'q2@1795367200000']);
  });

  test('of one feature names its place too', () => {
    expect(outcomes('sensor_grid', collection(quakeOf('q1', { updated: 'late' })))).toEqual([
      'features[0].properties.updated: is not a time in milliseconds',
    ]);
  });

  test.each([
    ['that is nothing', null, 'features[1]: is no Feature'],
    ['without properties', { type: 'Feature' }, 'features[1].id: is missing'],
    ['of another feed', json('nws-alert.json'), 'features[1].properties.time: is not a time in milliseconds'],
  ])('is refused for a feature %s at its place, and the other is taken', (_, feature, reason) => {
    expect(outcomes('sensor_grid', collection(quakeOf('q1'), feature))).toEqual(['q1@1795367200000', reason]);
  });

  test('that is empty holds no event, and says so', () => {
    expect(outcomes('sensor_grid', collection())).toEqual(['features: is empty: there is no event in it']);
  });

  test('is no event for a source that speaks of no features', () => {
    expect(outcomes('cad_system', collection(quakeOf('q1'), quakeOf('q2')))).toEqual([expect.stringContaining('specversion: ')]);
  });
});
