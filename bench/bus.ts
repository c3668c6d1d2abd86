import { createEvents, type Events } from '../local/engines/events/events.ts';
import { createQueues, type Queues } from '../local/engines/queues/queues.ts';
import type { Ground } from '../local/kernel/engine.ts';
import { createMeter } from '../local/kernel/meter.ts';
import { createRealScheduler } from '../local/kernel/real-scheduler.ts';

/**
 * What an event costs on its way through the bus: PutEvents, the rules, one queue, receive in batches of ten, delete. CPU time,
 * so that a busy machine does not spoil it; records are turned into the log's text and dropped, so the disk is not in it.
 */
const EVENTS = 30_000;
const BATCH = 10;
const BUS = 'arn:aws:events:us-east-1:000000000000:event-bus/swoe';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:work';

interface Setting {
  readonly name: string;
  /** Rules beside the one that matches. */
  readonly others: number;
  readonly entries: number;
  readonly archive: boolean;
}

const SETTINGS: readonly Setting[] = [
  { name: 'one rule', others: 0, entries: 1, archive: false },
  { name: 'one rule, ten entries a put', others: 0, entries: 10, archive: false },
  { name: '30 other rules', others: 30, entries: 1, archive: false },
  { name: '3,000 other rules', others: 3_000, entries: 1, archive: false },
  { name: 'one rule and an archive', others: 0, entries: 1, archive: true },
];

const detail = (n: number): string =>
  JSON.stringify({
    specversion: '1.0',
    id: `event-${n}`,
    type: 'gunshot.detected',
    time: '2026-05-01T12:00:00Z',
    data: {
      subsystem: 'patrol',
      location: { lat: 26.77 + (n % 100) / 1e4, lon: -80.05, radiusM: 50 },
      confidence: 0.93,
      summary: 'x'.repeat(200),
    },
  });

const define = (queues: Queues, events: Events, { others, archive }: Setting): void => {
  queues.define({ QueueName: 'work' });
  queues.define({ QueueName: 'elsewhere' });
  events.defineBus({ Name: 'swoe' });
  events.defineRule({
    Name: 'work',
    EventBusName: 'swoe',
    EventPattern: { source: ['cad'], 'detail-type': ['call'] },
    Targets: [{ Id: 'q', Arn: QUEUE }],
  });
  for (let n = 0; n < others; n += 1)
    events.defineRule({
      Name: `other-${n}`,
      EventBusName: 'swoe',
      EventPattern: { source: ['cad'], 'detail-type': ['call'], detail: { kind: [`k${n}`] } },
      Targets: [{ Id: 'q', Arn: QUEUE.replace('work', 'elsewhere') }],
    });
  if (archive) events.defineArchive({ ArchiveName: 'raw', SourceArn: BUS, RetentionDays: 14 });
};

const consume = (queues: Queues): number => {
  let seen = 0;
  for (let batch = queues.take(QUEUE, BATCH); batch.length > 0; batch = queues.take(QUEUE, BATCH)) {
    seen += batch.length;
    queues.settle(QUEUE, batch);
  }
  return seen;
};

const measure = async (setting: Setting) => {
  const scheduler = createRealScheduler();
  const { meter, counts } = createMeter();
  let bytes = 0;
  const log: Ground['log'] = {
    write: (engine, record) => {
      bytes += JSON.stringify([engine, record]).length;
    },
    settled: () => Promise.resolve(),
  };
  const ground: Ground = { scheduler, log, meter, region: 'us-east-1', account: '000000000000' };
  const queues = createQueues(ground);
  const events = createEvents(ground, {
    send: (arn, body) => void queues.send(arn, body),
    invokeAsync: () => {},
    allow: () => undefined,
  });
  define(queues, events, setting);
  queues.resume();
  events.resume();
  const details = Array.from({ length: 500 }, (_, n) => detail(n));
  const run = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n += setting.entries) {
      const Entries = Array.from({ length: setting.entries }, (_, k) => ({
        EventBusName: 'swoe',
        Source: 'cad',
        DetailType: 'call',
        Detail: details[(n + k) % details.length],
      }));
      await events.serve('PutEvents', { Entries });
      if (n % 100 === 0) consume(queues);
    }
    consume(queues);
  };
  await run(EVENTS / 5);
  const before = { units: counts(), bytes };
  const cpu = process.cpuUsage();
  await run(EVENTS);
  const { user, system } = process.cpuUsage(cpu);
  scheduler.stop();
  const unit = (service: string, name: string): number =>
    ((counts()[service]?.[name] ?? 0) - (before.units[service]?.[name] ?? 0)) / EVENTS;
  return {
    us: (user + system) / EVENTS,
    bytes: (bytes - before.bytes) / EVENTS,
    custom: unit('events', 'custom events'),
    requests: unit('sqs', 'requests'),
  };
};

console.log(
  '| one event through the bus into a queue and out of it | µs CPU | log bytes | bus events | SQS requests |\n|---|---:|---:|---:|---:|',
);
const chosen = process.argv[2];
for (const setting of SETTINGS) {
  if (chosen && setting.name !== chosen) continue;
  const { us, bytes, custom, requests } = await measure(setting);
  console.log(`| ${setting.name} | ${us.toFixed(1)} | ${bytes.toFixed(0)} | ${custom.toFixed(2)} | ${requests.toFixed(2)} |`);
}
