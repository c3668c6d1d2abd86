import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { BASE_PATH } from '../../shared/contracts/endpoints.ts';
import type { NormalizedEvent } from '../../shared/contracts/event.ts';
import type { Opened } from '../../shared/contracts/restricted.ts';
import type { Source } from '../../shared/contracts/vocabulary.ts';
import { type System, systemOn } from '../support/system.ts';

/**
 * Texts and strings that break programs, through both doors. Each JSON text is sent twice: alone, where it is no event whatever it holds, and as a
 * value inside one, where it must be taken when it is JSON (y_), refused when it is none (n_), and either when parsers may differ (i_, transform).
 */

const ORACLES = new URL('../../../shared/oracles/', import.meta.url).pathname;
const isThere = existsSync(`${ORACLES}json-parsing-nst`) && existsSync(`${ORACLES}naughty-strings`);
if (!isThere) console.log('oracles not found, skipped: json-parsing-nst, naughty-strings');

interface Text {
  readonly name: string;
  readonly bytes: Buffer;
}

const texts: Text[] = isThere
  ? ['test_parsing', 'test_transform'].flatMap((folder) =>
      readdirSync(`${ORACLES}json-parsing-nst/${folder}`).map((name) => ({
        name,
        bytes: readFileSync(`${ORACLES}json-parsing-nst/${folder}/${name}`),
      })),
    )
  : [];
const strings: string[] = isThere ? (JSON.parse(readFileSync(`${ORACLES}naughty-strings/blns.json`, 'utf8')) as string[]) : [];

const within = (id: string, bytes: Buffer, source: string): Buffer =>
  Buffer.concat([
    Buffer.from(`{"specversion":"1.0","id":${JSON.stringify(id)},"source":"${source}","type":"hostile.text","data":{"text":`),
    bytes,
    Buffer.from('}}'),
  ]);

/** What stands at `data.text` of a text that is JSON; nothing where it is none. */
const valueIn = (detail: Buffer): { value: unknown } | undefined => {
  try {
    return { value: (JSON.parse(detail.toString('utf8')) as { data: { text: unknown } }).data.text };
  } catch {
    return undefined;
  }
};

/** An event whose every free field is the string: its id, its summary, a value, and a name. */
const naughty = (text: string, nth: number, source: string) => ({
  specversion: '1.0',
  id: text.length > 0 && text.length <= 256 ? text : `naughty-${nth}`,
  source,
  type: 'hostile.string',
  data: { nth, text, named: { [text]: text }, ...(text.length <= 500 ? { summary: text } : {}) },
});

const rest = async (running: System, body: Buffer): Promise<number> => {
  const headers = { authorization: `Bearer ${await running.bearer('dispatcher')}`, 'content-type': 'application/json' };
  const { status, body: answer } = await running.live(
    running.machine.gateway.request({ method: 'POST', path: `${BASE_PATH}/events/ingest`, headers, body }),
  );
  JSON.parse(String(answer));
  // The clock goes on, as it does between two calls of a client: the stage has its own limit.
  await running.pass(20);
  return status;
};

/** Whether the bus took it. */
const bus = async (running: System, source: Source, bytes: Buffer): Promise<boolean> => {
  const answer = (await running.put(source, 'hostile.text', bytes.toString('utf8'))) as { FailedEntryCount: number };
  await running.pass(20);
  return answer.FailedEntryCount === 0;
};

const history = async (running: System): Promise<Map<string, NormalizedEvent>> => {
  const all = new Map<string, NormalizedEvent>();
  let cursor: string | undefined;
  do {
    const path = `/events/history?limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
    const { status, body } = await running.rest<{ items: NormalizedEvent[]; next?: string }>('dispatcher', 'GET', path);
    expect(status).toBe(200);
    for (const event of body.items) all.set(`${event.source}#${event.id}`, event);
    cursor = body.next;
  } while (cursor);
  return all;
};

/** Nothing is in flight, and every event is accounted for. */
const settled = async (running: System) => {
  await running.pass(120_000);
  const ledger = await running.status();
  const dropped = Object.values(ledger.dropped).reduce((sum, count) => sum + count, 0);
  expect(ledger.accepted).toBe(ledger.fused + dropped + ledger.deadLettered);
  return { ...ledger, dropped };
};

const shown = (events: Map<string, NormalizedEvent>): Map<string, string> =>
  new Map([...events].filter(([, { type }]) => type === 'hostile.text').map(([key, { data }]) => [key, JSON.stringify(data['text'])]));

describe.skipIf(!isThere)('340 JSON texts', () => {
  let running: System;
  /** What a door said yes to, and what stands in it. */
  const taken = new Map<string, string>();
  const take = (source: Source, name: string, detail: Buffer): void => {
    const read = valueIn(detail);
    if (!read) throw new Error(`${name} is no JSON and was taken`);
    taken.set(`${source}#${name}`, JSON.stringify(read.value));
  };
  beforeAll(async () => {
    running = await systemOn(inject('assembly'));
  });

  it('there are as many as the oracle says', () => {
    expect(texts).toHaveLength(340);
  });

  it('at REST: none alone is an event and none is a fault of ours; inside one, what is JSON is taken and what is none refused', async () => {
    const wrong: string[] = [];
    for (const { name, bytes } of texts) {
      const alone = await rest(running, bytes);
      const detail = within(name, bytes, 'dispatch');
      const inside = await rest(running, detail);
      if (inside === 202) take('dispatch', name, detail);
      const may = name.startsWith('y_') ? [202] : name.startsWith('n_') ? [400] : [202, 400];
      if (alone !== 400 || !may.includes(inside)) wrong.push(`${name}: alone ${alone}, inside ${inside}`);
    }
    expect(wrong).toEqual([]);
  });

  it('at the bus: what is no JSON object is refused there, and what is one is taken', async () => {
    const wrong: string[] = [];
    for (const { name, bytes } of texts) {
      await bus(running, 'cad_system', bytes);
      const detail = within(name, bytes, 'cad_system');
      const inside = await bus(running, 'cad_system', detail);
      if (inside) take('cad_system', name, detail);
      if ((name.startsWith('y_') && !inside) || (name.startsWith('n_') && inside)) wrong.push(`${name}: ${inside}`);
    }
    expect(wrong).toEqual([]);
  });

  it('the ledger closes, and what was taken comes back from the history unchanged, through both doors', async () => {
    const ledger = await settled(running);
    expect(ledger.dropped).toBe(0);
    expect(taken.size).toBeGreaterThan(200);
    expect(shown(await history(running))).toEqual(taken);
    expect(ledger.fused).toBe(taken.size);
  });
});

describe.skipIf(!isThere)('515 naughty strings', () => {
  let running: System;
  beforeAll(async () => {
    running = await systemOn(inject('assembly'));
  });

  const doors: [string, Source][] = [
    ['REST', 'investigations'],
    ['the bus', 'sensor_grid'],
  ];
  /** Every fifth is said as criminal intelligence as well, which is sealed. */
  const doorsFor = (nth: number): [string, Source][] => (nth % 5 === 0 ? [...doors, ['the bus', 'threat_intel']] : doors);
  const opened = async ({ summary, data, restricted }: NormalizedEvent) => {
    if (!restricted) return { summary, data };
    const path = `/sealed/${restricted.sealed}/open`;
    const { body } = await running.rest<Opened>('chief', 'POST', path, { purpose: 'review', reason: 'whether it is unchanged' });
    return body.said as Pick<NormalizedEvent, 'summary' | 'data'>;
  };

  it('there are as many as the oracle says', () => {
    expect(strings).toHaveLength(515);
  });

  it('are each taken as an id, a summary, a value and a name, at both doors', async () => {
    const wrong: string[] = [];
    for (const [nth, text] of strings.entries()) {
      for (const [door, source] of doorsFor(nth)) {
        const detail = Buffer.from(JSON.stringify(naughty(text, nth, source)));
        const ok = door === 'REST' ? (await rest(running, detail)) === 202 : await bus(running, source, detail);
        if (!ok) wrong.push(`${door}: ${JSON.stringify(text)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('the ledger closes, and each string comes back unchanged, from the history or from where it was sealed', async () => {
    const { deadLettered } = await settled(running);
    expect(deadLettered).toBe(0);
    const events = await history(running);
    const ids = new Set<string>();
    for (const [nth, text] of strings.entries()) {
      for (const [, source] of doorsFor(nth)) {
        const { id, data } = naughty(text, nth, source);
        const key = `${source}#${id}`;
        const event = events.get(key);
        // The same string twice is the same id: the first of them stands.
        if (ids.has(key)) continue;
        ids.add(key);
        expect(event, key).toMatchObject({ id, source });
        const said = event && (await opened(event));
        expect(JSON.stringify(said?.data), key).toBe(JSON.stringify({ nth, text, named: data.named }));
        if (data.summary !== undefined) expect(said?.summary, key).toBe(text);
      }
    }
    expect(ids.size).toBe([...events.values()].filter(({ type }) => type === 'hostile.string').length);
  });
});
