import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesise } from '../infra/synth.ts';
import type { MachineOptions } from '../local/machine.ts';
import { approveAll, FLEET, MARINA, type System, shot, systemOn } from '../test/support/system.ts';
import { type Parts, partsOf, spending } from './parts.ts';

/**
 * Counts what AWS would be asked for by one event, by events in full batches and by one gunfire-response, on the synthesised system and a virtual
 * clock, with one follower on each WebSocket channel. What the same span of time costs without them (the sweep) is taken off.
 */
type Counts = Record<string, number>;

const flat = (running: System): Counts =>
  Object.fromEntries(
    Object.entries(running.machine.counts()).flatMap(([service, units]) =>
      Object.entries(units).map(([unit, count]) => [`${service}: ${unit}`, count]),
    ),
  );

const less = (a: Counts, b: Counts): Counts => Object.fromEntries(Object.entries(a).map(([name, count]) => [name, count - (b[name] ?? 0)]));

const span = async (running: System, work: () => Promise<unknown>): Promise<Counts> => {
  const before = flat(running);
  await work();
  return less(flat(running), before);
};

const MINUTES = 3;
const pass = (running: System): Promise<boolean> => running.pass(MINUTES * 60_000);

/** API Gateway ends a connection after ten idle minutes, so each count has followers of its own. */
const follow = async (running: System): Promise<void> => {
  const headers = { authorization: `Bearer ${await running.bearer('dispatcher')}` };
  for (const channel of ['events', 'workflow-status', 'alerts']) await running.connect(channel, { headers });
};

const call = (id: string) => ({ ...shot(id), type: 'call.medical' });

const MANY = 200;
const SOURCES = ['dispatch', 'cad_system', 'partner_agency', 'emergency_mgmt'] as const;
const FAR_M = 1200;

/** Calls of several sources at places of their own, put twenty calls of ten at once: as fast as a queue fills up. */
const burst = async (running: System): Promise<void> => {
  const entries = [...Array(MANY).keys()].map((n) => {
    const location = { lat: MARINA.lat + (n * FAR_M) / 111_195, lon: MARINA.lon, radiusM: 25 };
    const detail = { ...call(`burst-${n}`), data: { location, confidence: 0.9, summary: `call ${n}: a person has fallen` } };
    const Source = SOURCES[n % SOURCES.length];
    return { EventBusName: 'swoe', Source, DetailType: 'call.medical', Detail: JSON.stringify(detail) };
  });
  const { machine } = running;
  const puts = [...Array(MANY / 10).keys()].map((n) =>
    machine.call(machine.localUser, 'events', 'PutEvents', { Entries: entries.slice(10 * n, 10 * n + 10) }),
  );
  await running.live(Promise.all(puts));
};

const each = (counts: Counts): Counts => Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count / MANY]));

interface Measured {
  readonly event: Counts;
  readonly batched: Counts;
  readonly response: Counts;
  readonly parts: Parts;
}

const measure = async (assembly: MachineOptions['assembly']): Promise<Measured> => {
  const spent = spending();
  const running = await systemOn(assembly, { machine: { onSpent: spent.note } });
  await running.populate(FLEET);
  // The first of each pays for cold starts; the second is counted.
  await running.put('dispatch', 'call.medical', call('warm'));
  await pass(running);
  const idle = await span(running, () => pass(running));
  await follow(running);
  const event = await span(running, async () => {
    await running.put('dispatch', 'call.medical', { ...call('counted'), time: '2026-11-22T12:00:00Z' });
    await pass(running);
  });
  await running.pass(15 * 60_000);
  await follow(running);
  spent.reset();
  const batched = await span(running, async () => {
    await burst(running);
    await pass(running);
  });
  const parts = partsOf(spent.taken(), MANY);
  await running.pass(15 * 60_000);
  await follow(running);
  const response = await span(running, async () => {
    await running.put('gunshot_detection', 'gunshot.detected', shot('counted'));
    await running.pass(20_000);
    await approveAll(running);
    await running.pass(MINUTES * 60_000 - 20_000);
  });
  return { event: less(event, idle), batched: each(less(batched, idle)), response: less(response, idle), parts };
};

/** What the bench's own hands did: the approvals were listed and answered over REST. */
const OWN = new Set(['apigateway: REST requests', 'lambda: authorizer invocations', 'lambda: cold starts', 'lambda: GB-seconds']);

const shown = (count = 0): string => String(Math.round(count * 100) / 100);

const table = ({ event, batched, response }: Measured): string => {
  const rows = [...new Set([event, batched, response].flatMap(Object.keys))]
    .filter((name) => !OWN.has(name))
    .sort()
    .map((name) => `| ${name} | ${shown(event[name])} | ${shown(batched[name])} | ${shown(response[name])} |`);
  return ['| service: unit | one event alone | an event in full batches | one gunfire-response |', '|---|---:|---:|---:|', ...rows].join(
    '\n',
  );
};

const partTable = ({ writes, reads }: Parts): string =>
  [
    '| part | write units | read units | what it buys |',
    '|---|---:|---:|---|',
    ...[...new Set([...writes.keys(), ...reads.keys()])]
      .sort((a, b) => (writes.get(b) ?? 0) + (reads.get(b) ?? 0) - (writes.get(a) ?? 0) - (reads.get(a) ?? 0))
      .map((part) => `| ${part.name} | ${shown(writes.get(part))} | ${shown(reads.get(part))} | ${part.buys} |`),
  ].join('\n');

const dir = mkdtempSync(join(tmpdir(), 'swoe-costs-'));
try {
  const assembly = join(dir, 'cdk.out');
  await synthesise({ outdir: assembly, validate: false });
  const measured = await measure(assembly);
  const [counted, parts] = [table(measured), partTable(measured.parts)];
  const text = `# What it costs

Counted by the local run (\`npm run costs\`), not estimated: the synthesised system on a virtual clock, one follower on each of the three WebSocket channels, functions warm.

- *One event alone*: a 911 call that is normalised, opens an incident, is journaled and told, and starts nothing.
- *An event in full batches*: the same, on average over ${MANY} calls of ${SOURCES.length} sources at ${MANY} places that are put at once.
- *One gunfire-response*: a gunshot with everything it leads to: 12 steps, four units allocated and released, one approval (asked and answered over REST), and all subsystems' replies.

What the same time costs without them is taken off. DynamoDB units are as AWS counts them: 1 KB a write unit, 4 KB a read unit, transactions double. A poll of an empty queue is not counted; AWS bills those (one request each 20 s and poller).

${counted}

## Where an event's units go

Of an event in full batches, part by part. An event that joins others also pays for its incident's change (the two heads, the child's row, an entry) and for a second transaction that files it.

${parts}
`;
  writeFileSync(join(import.meta.dirname, '..', 'docs', 'costs.md'), text);
  console.log(`${counted}\n\n${parts}`);
} finally {
  rmSync(dir, { recursive: true, force: true });
}
