import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesise } from '../infra/synth.ts';
import { approveAll, FLEET, type System, shot, systemOn } from '../test/support/system.ts';

/**
 * Counts what AWS would be asked for by one event and by one gunfire-response, on the synthesised system and a virtual clock,
 * with one follower on each WebSocket channel. What the same span of time costs without them (the sweep) is taken off.
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

const prepared = async (assembly: string): Promise<System> => {
  const running = await systemOn(assembly);
  await running.populate(FLEET);
  return running;
};

/** API Gateway ends a connection after ten idle minutes, so each count has followers of its own. */
const follow = async (running: System): Promise<void> => {
  const headers = { authorization: `Bearer ${await running.bearer('dispatcher')}` };
  for (const channel of ['events', 'workflow-status', 'alerts']) await running.connect(channel, { headers });
};

const call = (id: string) => ({ ...shot(id), type: 'call.medical' });

const measure = async (assembly: string): Promise<Record<'event' | 'response', Counts>> => {
  const running = await prepared(assembly);
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
  const response = await span(running, async () => {
    await running.put('gunshot_detection', 'gunshot.detected', shot('counted'));
    await running.pass(20_000);
    await approveAll(running);
    await running.pass(MINUTES * 60_000 - 20_000);
  });
  return { event: less(event, idle), response: less(response, idle) };
};

/** What the bench's own hands did: the approvals were listed and answered over REST. */
const OWN = new Set(['apigateway: REST requests', 'lambda: authorizer invocations', 'lambda: cold starts', 'lambda: GB-seconds']);

const table = ({ event, response }: Record<'event' | 'response', Counts>): string => {
  const rows = [...new Set([...Object.keys(event), ...Object.keys(response)])]
    .filter((name) => !OWN.has(name))
    .sort()
    .map((name) => `| ${name} | ${event[name] ?? 0} | ${response[name] ?? 0} |`);
  return ['| service: unit | one event | one gunfire-response |', '|---|---:|---:|', ...rows].join('\n');
};

const dir = mkdtempSync(join(tmpdir(), 'swoe-costs-'));
try {
  const assembly = join(dir, 'cdk.out');
  await synthesise({ outdir: assembly, validate: false });
  const counted = table(await measure(assembly));
  const text = `# What it costs

Counted by the local run (\`npm run costs\`), not estimated: the synthesised system on a virtual clock, one follower on each of the three WebSocket channels, functions warm.

- *One event*: a 911 call that is normalised, opens an incident, is journaled and told, and starts nothing.
- *One gunfire-response*: a gunshot with everything it leads to: 12 steps, four units allocated and released, one approval (asked and answered over REST), and all subsystems' replies.

What the same time costs without them is taken off. DynamoDB units are as AWS counts them: 1 KB a write unit, 4 KB a read unit, transactions double. A poll of an empty queue is not counted; AWS bills those (one request each 20 s and poller).

${counted}

A transaction of the journal is the unit of work: the state change, its entry and (for an entry about an incident) the two index rows. Most read units are the publisher's position (32 chains in one BatchGetItem) and strongly consistent reads of neighbours.
`;
  writeFileSync(join(import.meta.dirname, '..', 'docs', 'costs.md'), text);
  console.log(counted);
} finally {
  rmSync(dir, { recursive: true, force: true });
}
