import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adapt } from '../../../../functions/ingest/formats/index.ts';
import { Envelope } from '../../../../shared/contracts/event.ts';
import type { Source } from '../../../../shared/contracts/vocabulary.ts';
import { sources } from '../../../../shared/sources/index.ts';
import { BUS_TIME, json, refusal, sample } from './reading.ts';

/** Whatever comes, each event of it is an envelope that the contract takes, or a refusal that names a place; it is never nothing. */
const answered = (source: Source, detail: unknown): void => {
  const all = adapt(sources[source], detail, BUS_TIME);
  expect(all.length).toBeGreaterThan(0);
  for (const adapted of all) {
    if (adapted.ok) expect(Envelope.safeParse(adapted.envelope).success).toBe(true);
    else expect(adapted.reason.length).toBeGreaterThan(3);
  }
};

const texts = { 'flood-warning.cap.xml': 'weather_service', 'beacon.cot.xml': 'officer_safety' } as const;
const documents = { 'nws-alert.json': 'weather_service', 'quake.json': 'sensor_grid', 'eido.json': 'partner_agency' } as const;

const junk = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '',
    '<',
    '>',
    '&',
    '&lt;',
    '&#0;',
    '&#xD800;',
    '&#x110000;',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<?',
    '\u0000',
    '\uffff',
    '9e99',
    '-',
    ',',
    '"',
  ),
);

describe('whatever is done to a sample, it is taken or refused', () => {
  test.each(Object.entries(texts))('%s: pieces of its text cut out and put in', (file, source) => {
    const text = sample(file);
    const cut = fc.tuple(fc.nat(text.length), fc.nat(60), junk);
    fc.assert(
      fc.property(fc.array(cut, { minLength: 1, maxLength: 4 }), (cuts) => {
        const xml = cuts.reduce((so, [at, length, more]) => so.slice(0, at) + more + so.slice(at + length), text);
        answered(source, { xml });
      }),
      { numRuns: 400 },
    );
  });

  test.each(Object.entries(texts))('%s: cut off anywhere', (file, source) => {
    const text = sample(file);
    for (let at = 0; at < text.trimEnd().length; at += 7) expect(refusal(source, { xml: text.slice(0, at) })).toBeDefined();
  });

  test.each(Object.entries(documents))('%s: any field gone, or of another kind', (file, source) => {
    const values = fc.oneof(
      fc.constant(undefined),
      fc.constantFrom(null, '', 0, -1, 1e308, Number.NaN, true, [], {}, [[]], ['x'], { type: 'x' }),
      fc.anything(),
    );
    fc.assert(
      fc.property(fc.nat(), values, (seed, value) => {
        const document = json(file);
        const places: [Record<string, unknown>, string][] = [];
        const walk = (at: unknown): void => {
          if (typeof at !== 'object' || at === null) return;
          for (const key of Object.keys(at)) {
            places.push([at as Record<string, unknown>, key]);
            walk((at as Record<string, unknown>)[key]);
          }
        };
        walk(document);
        const [holder, key] = places[seed % places.length] ?? [document, 'type'];
        holder[key] = value;
        answered(source, document);
      }),
      { numRuns: 400 },
    );
  });

  test('and so is anything at all, at every source', () => {
    fc.assert(fc.property(fc.constantFrom(...Object.values(sources)), fc.anything(), ({ source }, detail) => answered(source, detail)));
  });
});

/** Long enough for the slowest machine, and far under what a bomb would take. */
const BOUND_MS = 5_000;

describe('a document that is built to hurt is refused in bounded time', () => {
  const lots = 100_000;
  test.each<[string, string]>([
    ['ten entities, each ten of the one before', `<!DOCTYPE a [<!ENTITY b "x">${'<!ENTITY c "&b;&b;">'.repeat(10)}]><alert>&c;</alert>`],
    ['elements nested ten thousand deep', `${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`],
    ['elements that are never closed', '<a>'.repeat(lots / 4)],
    ['an attribute of 100 KB', `<alert a="${'x'.repeat(lots)}"/>`],
    ['attributes by the thousand', `<alert ${Array.from({ length: 8000 }, (_, at) => `a${at}="1"`).join(' ')}/>`],
    ['children by the thousand', `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">${'<b/>'.repeat(lots / 4)}</alert>`],
    [
      'names by the thousand',
      `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">${Array.from({ length: 9000 }, (_, at) => `<b${at}/>`).join('')}</alert>`,
    ],
    [
      'namespaces by the thousand',
      `<a ${Array.from({ length: 3000 }, (_, at) => `xmlns:n${at}="u"`).join(' ')}>${'<b xmlns:c="u"/>'.repeat(3000)}</a>`,
    ],
    ['openings of comments', `<alert>${'<!--'.repeat(lots / 4)}`],
    ['openings of CDATA', `<alert>${'<![CDATA['.repeat(lots / 9)}`],
    ['ampersands', `<alert>${'&'.repeat(lots)}</alert>`],
    ['angle brackets', '<'.repeat(lots)],
    ['an unfinished entity', `<alert>&${'a'.repeat(lots)}</alert>`],
    ['names of prototypes', '<alert><__proto__><constructor/></__proto__></alert>'],
    ['nothing', ''],
  ])('%s', (_, xml) => {
    const began = performance.now();
    expect(refusal('weather_service', { xml })).toBeDefined();
    expect(performance.now() - began).toBeLessThan(BOUND_MS);
  });

  test('and so is a polygon of thirty thousand points that is no polygon', () => {
    const xml = sample('flood-warning.cap.xml').replace(/<polygon>[^<]*/, `<polygon>${'1,1 '.repeat(30_000)}x`);
    expect(refusal('weather_service', { xml })).toBe(
      'alert.info[0].area[0].polygon[0]: has a point that is no "latitude,longitude" (the 30001.)',
    );
  });
});

test('a refusal quotes nothing of what the event holds', () => {
  const secret = 'Mary Testchild';
  const xml = sample('flood-warning.cap.xml');
  const spoilt = [
    xml.replaceAll('Immediate', secret),
    xml.replace('<sent>2026', `<sent>${secret}`),
    xml.replace('26.70,-80.10', secret),
    xml.replace('The shore', `&${secret};`),
    xml.replace('</alert>', `<x y=${secret}></alert>`),
  ];
  for (const one of spoilt) expect(refusal('weather_service', { xml: one })).not.toContain('Testchild');
});
