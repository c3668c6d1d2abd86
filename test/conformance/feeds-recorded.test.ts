import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, inject, it } from 'vitest';
import { normalise } from '../../functions/ingest/normalise.ts';
import type { Source } from '../../shared/contracts/vocabulary.ts';
import { only } from '../support/only.ts';
import { systemOn } from '../support/system.ts';

/** Real records of three feeds, each as it is, on the bus of the source that speaks it. */

const DIR = new URL('../../../shared/real/', import.meta.url).pathname;
const NOW = Date.UTC(2026, 10, 22, 17);
const SOME = 40;

const lines = (file: string): unknown[] =>
  readFileSync(`${DIR}${file}`, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as unknown);

/** The bus takes objects: a dump that is a list of analyses is put one by one. */
const message = (file: string): unknown[] => [JSON.parse(readFileSync(`${DIR}${file}`, 'utf8')) as unknown].flat();

interface Feed {
  readonly name: string;
  readonly source: Source;
  readonly read: () => unknown[];
  readonly count: number;
  readonly type: RegExp;
}

const alpr = (file: string): Feed => ({
  name: `alpr/${file}`,
  source: 'lpr_network',
  read: () => message(`alpr/${file}`),
  count: 1,
  type: /^plate\.read$/,
});

const feeds: readonly Feed[] = [
  { name: 'suricata-eve.jsonl', source: 'cyber_intel', read: () => lines('suricata-eve.jsonl'), count: 200, type: /^cyber\.incident$/ },
  {
    name: 'cad-fire-2024-06.jsonl',
    source: 'cad_system',
    read: () => lines('cad-fire-2024-06.jsonl'),
    count: 8476,
    type: /^call\.(opened|updated|cleared)$/,
  },
  alpr('example.json'),
  alpr('json-dump-example.json'),
  alpr('multi-ai-payload.json'),
];

const raw = (source: Source, detail: unknown) =>
  only(
    normalise({ id: 'b', source, 'detail-type': 'raw', time: new Date(NOW).toISOString(), detail } as Parameters<typeof normalise>[0], NOW),
  );

describe.each(feeds)('$name', ({ name, source, read, count, type }) => {
  const isThere = existsSync(`${DIR}${name}`);
  if (!isThere) console.log(`real records not found, skipped: ${name}`);

  it.skipIf(!isThere)('is normalised record by record, each under an id of its own and none refused', () => {
    const records = read();
    expect(records).toHaveLength(count);
    const keys = new Set<string>();
    for (const record of records) {
      const normal = raw(source, record);
      if (!normal.ok) throw new Error(`${normal.reason}: ${JSON.stringify(record).slice(0, 300)}`);
      expect(normal.event.type).toMatch(type);
      keys.add(normal.key);
    }
    expect(keys.size).toBe(new Set(records.map((record) => JSON.stringify(record))).size);
  });

  it.skipIf(!isThere)('on the bus as it is, closes the ledger without a dead letter', async () => {
    const running = await systemOn(inject('assembly'));
    const records = read().slice(0, SOME);
    for (const record of records) await running.put(source, 'raw', record);
    await running.pass(20_000);
    const ledger = await running.status();
    expect(ledger.deadLettered).toBe(0);
    const dropped = Object.values(ledger.dropped).reduce((sum, one) => sum + one, 0);
    expect(ledger.accepted).toBe(ledger.fused + dropped);
    expect(ledger.accepted).toBeGreaterThanOrEqual(records.length);
  });
});
