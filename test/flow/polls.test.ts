import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadStage } from '../../infra/config.ts';
import { synthesise } from '../../infra/synth.ts';
import type { Fetch } from '../../shared/lambda/fetch.ts';
import { json } from '../functions/ingest/formats/reading.ts';
import { systemOn } from '../support/system.ts';

const outdir = mkdtempSync(join(tmpdir(), 'swoe-polls-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));
beforeAll(() => {
  const polls = { nws: 'point=26.7753,-80.0581', usgs: true, contact: 'ops@city.example' };
  return synthesise({ outdir, config: { ...loadStage('dev'), polls } });
});

/** Public servers with one alert and one quake, whose answers do not change. */
const servers: Fetch = async (url, headers) => {
  if (headers['if-none-match']) return { status: 304, body: '' };
  const features = [json(url.includes('weather') ? 'nws-alert.json' : 'quake.json')];
  return { status: 200, body: JSON.stringify({ features }), etag: '"1"' };
};

test('switched on, the system fuses what the feeds say, once, and a warning starts its response', async () => {
  const running = await systemOn(outdir, { machine: { fetch: servers } });
  await running.pass(200_000);
  const fused = await running.journal('&kind=event.fused');
  // An entry speaks of one event, or of a batch.
  const types = fused.flatMap(({ data }) => (data['items'] as { type?: string }[] | undefined) ?? [data]).map(({ type }) => type);
  expect(types.filter((type) => type === 'weather.alert' || type === 'earthquake.reported').sort()).toEqual([
    'earthquake.reported',
    'weather.alert',
  ]);
  expect((await running.status()).deadLettered).toBe(0);
  const started = await running.journal('&kind=workflow.started');
  expect(started.map(({ data }) => data['workflow'])).toEqual(['natural-disaster-response']);
});

test('without a network the log says so every minute, and nothing else happens', async () => {
  const offline: Fetch = async () => {
    throw new Error('getaddrinfo ENOTFOUND');
  };
  const running = await systemOn(outdir, { machine: { fetch: offline } });
  await running.pass(200_000);
  const said = running.lines.filter((line) => (line as { line?: string }).line === 'poll.failed');
  expect(said.length).toBeGreaterThanOrEqual(4);
  expect(await running.journal('&kind=event.accepted')).toEqual([]);
});
