import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import * as z from 'zod';
import { normalise } from '../../../functions/ingest/normalise.ts';
import { page } from '../../../local/sources/page.ts';
import { sources } from '../../../shared/sources/index.ts';
import { only } from '../../support/only.ts';

/** docs/adding-a-source.md, followed to the letter: the file as the page prints it, and its two lines of registration, without touching anything else. */

const { file, NAME } = vi.hoisted(() => ({ file: { source: '' }, NAME: 'harbour_radar' }));

vi.mock('../../../shared/contracts/vocabulary.ts', async (original) => {
  const real = await original<typeof import('../../../shared/contracts/vocabulary.ts')>();
  return { ...real, Source: z.enum([...real.Source.options, NAME]) };
});

vi.mock('../../../shared/sources/index.ts', async (original) => {
  const real = await original<typeof import('../../../shared/sources/index.ts')>();
  const { USUAL_BUFFER, USUAL_RATE } = await import('../../../shared/sources/source.ts');
  const words = await import('../../../shared/sources/shapes/words.ts');
  const { readFileSync: read } = await import('node:fs');
  const text = read(new URL('../../../docs/adding-a-source.md', import.meta.url), 'utf8');
  const [, code = ''] = /export const harbourRadar: SourceSpec = ([\s\S]*?);\n\s*```/.exec(text) ?? [];
  file.source = code;
  const names = { z, USUAL_BUFFER, USUAL_RATE, ...words };
  const spec = new Function(...Object.keys(names), `return ${code}`)(...Object.values(names)) as (typeof real.sources)['dispatch'];
  // The very object that everything reads, so that profileOf and typeOf know it too.
  Object.assign(real.sources, { [NAME]: spec });
  return real;
});

const NOW = Date.UTC(2026, 10, 22, 17);
const put = (data: object, type = 'vessel.seen') =>
  only(
    normalise(
      {
        id: 'b',
        source: NAME,
        'detail-type': type,
        time: new Date(NOW).toISOString(),
        detail: { specversion: '1.0', id: 'v-1', source: NAME, type, data },
      } as Parameters<typeof normalise>[0],
      NOW,
    ),
  );

it('the page prints a whole file', () => {
  expect(file.source).toContain(`source: '${NAME}'`);
  expect(readFileSync(new URL('../../../docs/adding-a-source.md', import.meta.url), 'utf8')).toContain('shared/sources/harbour-radar.ts');
});

it('its events are normalised as its file says', () => {
  const spec = sources[NAME as keyof typeof sources];
  expect(put(spec.types?.['vessel.seen']?.example ?? {})).toMatchObject({
    ok: true,
    key: 'harbour_radar#v-1',
    event: { source: NAME, category: 'SENSOR', priority: 'LOW', confidence: 0.7, data: { vessel: 'MMSI-367000001' } },
  });
});

it('what breaks its shape is refused by the field, and what every source may say it may say too', () => {
  expect(put({ vessel: 'v', speedKph: 'fast' })).toMatchObject({ ok: false, path: 'data.speedKph' });
  expect(put({ subsystem: NAME }, 'subsystem.heartbeat')).toMatchObject({ ok: true, event: { category: 'SYSTEM' } });
});

it('the page of sources lists it', () => {
  const text = page(sources);
  expect(text).toContain('## `harbour_radar`: The harbour’s radar');
  expect(text).toContain('`moored?: boolean`');
});
