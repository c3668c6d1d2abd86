import { existsSync } from 'node:fs';
import { describe, expect, inject, it } from 'vitest';
import { load } from '../../local/replay/load.ts';
import { apart } from '../../shared/domain/apart.ts';
import { type System, systemOn } from '../support/system.ts';

const DIR = new URL('../../../shared/real/', import.meta.url).pathname;
const LIMIT = 120;

const put = async (running: System, records: ReturnType<typeof load>['records']): Promise<void> => {
  for (const { event } of records) await running.put(event.source, event.type, event);
  await running.pass(20_000);
};

const closes = async (running: System) => {
  const ledger = await running.status();
  const dropped = Object.values(ledger.dropped).reduce((sum, count) => sum + count, 0);
  expect(ledger.accepted).toBe(ledger.fused + dropped + ledger.deadLettered);
  expect(ledger.matched).toBe(ledger.started + ledger.joined + ledger.refused);
  return { ...ledger, dropped };
};

/** Incidents that were opened, as the journal tells it of each event. */
const opened = async (running: System): Promise<number> =>
  (await running.journal('&kind=event.fused')).flatMap(apart).filter(({ data }) => data['opened'] === true).length;

describe.each(['gunshots-dc.csv', 'calls-911-montgomery-pa.csv', 'cad-fire-2024-06.jsonl'])('the first %s records', (name) => {
  const file = `${DIR}${name}`;
  const isThere = existsSync(file);
  if (!isThere) console.log(`real records not found, skipped: ${name}`);

  it.skipIf(!isThere)('close the ledger, and a second time start nothing and open nothing', async () => {
    const running = await systemOn(inject('assembly'));
    const { records } = load(file, LIMIT);
    await put(running, records);
    const first = await closes(running);
    // Beside the records: what officers report of each incident that somebody was asked to do something about.
    const reports = (await running.journal('&kind=fact.recorded')).filter(({ data }) => data['kind'] === 'documentation').length;
    expect(first.accepted).toBe(records.length + reports);
    expect(first.deadLettered).toBe(0);
    const incidents = await opened(running);
    await put(running, records);
    const second = await closes(running);
    expect(second).toMatchObject({
      accepted: 2 * records.length + reports,
      fused: first.fused,
      dropped: first.dropped + records.length,
      started: first.started,
      matched: first.matched,
    });
    expect(await opened(running)).toBe(incidents);
  });
});
