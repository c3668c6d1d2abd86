import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, inject, it } from 'vitest';
import { adapt } from '../../functions/ingest/formats/index.ts';
import type { Source } from '../../shared/contracts/vocabulary.ts';
import { sources } from '../../shared/sources/index.ts';
import { only } from '../support/only.ts';
import { systemOn } from '../support/system.ts';

const SHARED = new URL('../../../shared/', import.meta.url);
const CAP = new URL('oracles/cap-1.2/', SHARED);
const EIDO = new URL('oracles/nena-eido/Samples/Sample_call_transfer_EIDO.json', SHARED);
const NWS = new URL('real/nws-alerts.jsonl', SHARED);
const USGS = new URL('real/usgs-earthquakes.geojson', SHARED);

const isThere = (url: URL): boolean => {
  const found = existsSync(url);
  if (!found) console.warn(`oracles not found, skipped: ${url.pathname.split('/').slice(-2).join('/')}`);
  return found;
};

/** What becomes of each event of a detail: its type, or the reason of the refusal. */
const outcomes = (source: Source, detail: unknown): string[] =>
  adapt(sources[source], detail, Date.parse('2012-01-01T00:00:00Z')).map((one) => (one.ok ? one.envelope.type : one.reason));

const outcome = (source: Source, detail: unknown): string => only(outcomes(source, detail));

const INDEX = 'is an index of alerts and holds none itself: fetch what it links to and put that on the bus';
const DOCTYPE = 'xml: holds a DOCTYPE or an entity; those are never read, so nothing of it is';

/** By file, of one that carries several alerts each. An index of alerts is refused although the file may be a sound feed. */
const EXPECTED: Readonly<Record<string, string | string[]>> = {
  'amber.atom': 'alert.amber',
  'australia.cap': 'weather.alert',
  'bushfire_invalid.edxlde': [
    'alert.fire',
    'EDXLDistribution.alert[1]: has no elements in it',
    'EDXLDistribution.alert[2].info[0].urgency: is none of Immediate, Expected, Future, Past, Unknown',
    ...Array(4).fill('alert.fire'),
  ],
  'bushfire_valid.edxlde': Array(7).fill('alert.fire'),
  'canada.cap': 'weather.alert',
  'canada_errors.cap': 'alert.references: is missing: an alert of msgType Update names those that it is about',
  'canada_signed.atom': 'weather.alert',
  'canada_signed.cap': 'weather.alert',
  'cap_amber_alert_example.xml': 'alert.amber',
  'earthquake-iso8859-1.cap': 'weather.alert',
  'earthquake.cap': 'weather.alert',
  'earthquake_index.atom': `feed: ${INDEX}`,
  'earthquake_signed.cap': 'weather.alert',
  'empty_weather_index.atom': `feed: ${INDEX}`,
  'invalid.cap': 'alert.scope: is missing',
  'invalid.rss': `rss: ${INDEX}`,
  'invalid_element.atom': `feed: ${INDEX}`,
  'no_entries.atom': 'alert.info[0].area[0].Point: is no element of CAP 1.2 at this place',
  'no_id.atom': `feed: ${INDEX}`,
  'no_link.atom': `feed: ${INDEX}`,
  'no_optional_fields.cap': 'alert.notice',
  'no_title.atom': `feed: ${INDEX}`,
  'noaa_errors.cap': 'alert.info[0].urgency: is none of Immediate, Expected, Future, Past, Unknown',
  'nws_atom_feed_example.xml': `feed: ${INDEX}`,
  'ny_index.rss': `rss: ${INDEX}`,
  'wcatwc-warning.cap': 'weather.alert',
  'weather.atom': 'weather.alert',
  'weather.cap': 'weather.alert',
  'weather_index.atom': `feed: ${INDEX}`,
  'weather_invalid.atom': 'alert.identifier: is empty, or has a space, a comma, < or & in it',
  'xee.atom': DOCTYPE,
  'xee.cap': DOCTYPE,
};

describe.skipIf(!isThere(CAP))('CAP documents of others', () => {
  const files = (folder: string) =>
    readdirSync(new URL(folder, CAP))
      .filter((file) => !file.endsWith('.pem'))
      .map((file) => [file, new URL(`${folder}${file}`, CAP)] as const);

  it('valid alerts are normalised, and all else is refused with its place', () => {
    const all = [...files('google-cap-library/testdata/'), ...files('ibm-cap/')];
    const got = all.map(([file, url]) => {
      const [first, ...more] = outcomes('weather_service', { xml: readFileSync(url, file.includes('8859') ? 'latin1' : 'utf8') });
      return [file, more.length > 0 ? [first, ...more] : first];
    });
    expect(Object.fromEntries(got)).toEqual(EXPECTED);
  });

  it('an envelope of seven alerts on the bus is seven events however often it comes, and a broken alert spoils no other', async () => {
    const running = await systemOn(inject('assembly'));
    const put = (file: string) =>
      running.put('weather_service', 'raw', { xml: readFileSync(new URL(`google-cap-library/testdata/${file}`, CAP), 'utf8') });
    await put('bushfire_invalid.edxlde');
    await running.pass(5000);
    expect(await running.status()).toMatchObject({ accepted: 7, fused: 5, deadLettered: 2 });
    for (let n = 0; n < 2; n += 1) await put('bushfire_valid.edxlde');
    await running.pass(5000);
    expect(await running.status()).toMatchObject({ accepted: 21, fused: 7, deadLettered: 2, dropped: { duplicate: 12 } });
  });

  it('a document that asks for a file is refused before anything could read it', () => {
    const attack = readFileSync(new URL('google-cap-library/testdata/xee.cap', CAP), 'utf8');
    expect(attack).toContain('file:///etc/passwd');
    for (const source of ['weather_service', 'emergency_mgmt', 'partner_agency', 'fusion_cloud'] as const)
      expect(outcome(source, { xml: attack })).toBe(DOCTYPE);
  });
});

describe.skipIf(!isThere(NWS))('60 alerts of the Weather Service', () => {
  const alerts = existsSync(NWS)
    ? readFileSync(NWS, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown)
    : [];

  it('are all normalised, those without a geometry by their codes', () => {
    const read = alerts.flatMap((alert) => adapt(sources.weather_service, alert, Date.now()));
    const events = read.flatMap((one) => (one.ok ? [one.envelope] : []));
    expect(events).toHaveLength(60);
    expect(events.filter(({ data }) => data.location === undefined)).toHaveLength(42);
    for (const { type, data } of events) {
      expect(type).toBe('weather.alert');
      expect((data['same'] as string[]).length + (data['ugc'] as string[]).length).toBeGreaterThan(0);
    }
    expect(events.filter(({ data }) => data['msgType'] === 'Update').every(({ data }) => (data.entities ?? []).length > 1)).toBe(true);
  });
});

describe.skipIf(!isThere(USGS))('1,707 earthquakes', () => {
  it('are all normalised, each under an id of its own', () => {
    const { features } = JSON.parse(existsSync(USGS) ? readFileSync(USGS, 'utf8') : '{"features":[]}') as { features: unknown[] };
    const read = features.flatMap((feature) => adapt(sources.sensor_grid, feature, Date.now()));
    const events = read.flatMap((one) => (one.ok ? [one.envelope] : []));
    expect(new Set(events.map(({ id }) => id)).size).toBe(1707);
    expect(events.filter(({ type }) => type === 'seismic-event.reported')).toHaveLength(28);
    expect(events.every(({ data }) => data.location !== undefined)).toBe(true);
  });
});

describe.skipIf(!isThere(EIDO))('the EIDO of a call transfer', () => {
  const document = existsSync(EIDO) ? (JSON.parse(readFileSync(EIDO, 'utf8')) as Record<string, unknown>) : {};

  it('is a call with its caller’s number', () => {
    const read = only(adapt(sources.partner_agency, document, Date.now()));
    expect(read).toMatchObject({
      ok: true,
      envelope: { type: 'call.received', data: { entities: [{ kind: 'cad-incident' }, { kind: 'phone', id: '8195551212' }] } },
    });
  });

  it.each(['$id', 'lastUpdateTimeStamp', 'updatedByAgencyReference', 'issuingElementIdentification', 'agencyComponent'])(
    'without %s is refused',
    (field) => {
      const { [field]: _, ...rest } = document;
      expect(outcome('partner_agency', rest)).toBe(`${field}: is missing`);
    },
  );
});
