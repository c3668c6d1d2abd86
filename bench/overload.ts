import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesise } from '../infra/synth.ts';
import { memoryLog } from '../local/kernel/log.ts';
import { createRealScheduler } from '../local/kernel/real-scheduler.ts';
import { createMachine, type Machine } from '../local/machine.ts';
import type { Source } from '../shared/contracts/vocabulary.ts';
import { paceOf, waitingAt } from '../shared/domain/pace.ts';
import { sources } from '../shared/sources/index.ts';
import { change, FLOODED, paces } from './flood.ts';
import { type Event, put, watchJournal } from './load.ts';
import { type Figures, report } from './overload-report.ts';

/**
 * Ten times what a source is promised, for a minute on real time, while every other source goes on speaking: what was lost, what it
 * cost and whether the ledger closed. Exits 1 where anything CRITICAL was lost or the ledger stays open.
 */
const SECONDS = Number(process.env['SWOE_BENCH_SECONDS'] ?? 60);
const TICK_MS = 10;
const LOOK_MS = 250;
const PUT_AT_ONCE = 10;
const PATIENCE_MS = 10 * 60_000;
const QUEUES = ['ingest', 'ingest-critical'].map((name) => `arn:aws:sqs:us-east-1:000000000000:swoe-dev-${name}`);

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

type Item = Readonly<Record<string, unknown>>;
const itemsOf = (data: Item): Item[] => (Array.isArray(data['items']) ? (data['items'] as Item[]) : [data]);

/** What the journal says became of every event. */
const follow = (machine: Machine) => {
  const seen = { accepted: 0, fused: 0, deadLettered: 0, dropped: new Map<string, number>(), done: new Map<string, number>() };
  watchJournal(machine, ({ kind, data }) => {
    if (kind === 'event.accepted') seen.accepted += itemsOf(data).length;
    else if (kind === 'event.dead-lettered') seen.deadLettered += 1;
    else if (kind === 'event.fused')
      for (const { eventKey } of itemsOf(data)) {
        seen.fused += 1;
        seen.done.set(String(eventKey), performance.now());
      }
    else if (kind === 'event.dropped')
      for (const item of itemsOf(data)) {
        const reason = String(item['reason']);
        seen.dropped.set(reason, (seen.dropped.get(reason) ?? 0) + 1);
      }
  });
  const ended = (): number => seen.fused + seen.deadLettered + [...seen.dropped.values()].reduce((sum, n) => sum + n, 0);
  return { seen, ended };
};

const keyOf = ({ source, detail }: Event): string => `${source}#${(detail as { id: string }).id}`;
const isCritical = ({ detail }: Event): boolean => (detail as { data: { priority: string } }).data.priority === 'CRITICAL';

/** Says what each source has to say by now, whether or not the bus has taken what was said before: a flood waits for nobody. Answers when each CRITICAL event was put. */
const speak = async (machine: Machine): Promise<{ sent: number; flooded: number; critical: Map<string, number> }> => {
  const said = new Map<Source, number>();
  const critical = new Map<string, number>();
  const putting: Promise<void>[] = [];
  const began = performance.now();
  const due = (source: Source, perSecond: number, elapsed: number): Event[] => {
    const from = said.get(source) ?? 0;
    const to = Math.floor((perSecond * elapsed) / 1000);
    said.set(source, to);
    return Array.from({ length: to - from }, (_, at) => change(source, from + at, Date.now()));
  };
  for (let elapsed = 0; elapsed < SECONDS * 1000; ) {
    await pause(TICK_MS);
    elapsed = Math.min(performance.now() - began, SECONDS * 1000);
    const events = paces().flatMap(([source, perSecond]) => due(source, perSecond, elapsed));
    for (let from = 0; from < events.length; from += PUT_AT_ONCE) {
      const some = events.slice(from, from + PUT_AT_ONCE);
      for (const event of some) if (isCritical(event)) critical.set(keyOf(event), performance.now());
      putting.push(put(machine, some));
    }
  }
  await Promise.all(putting);
  return { sent: [...said.values()].reduce((sum, n) => sum + n, 0), flooded: said.get(FLOODED) ?? 0, critical };
};

/** How many wait for their turn by what the flooded source's item says. */
const waitingOf = async (machine: Machine): Promise<number> => {
  const { Item = {} } = (await machine.call(machine.localUser, 'dynamodb', 'GetItem', {
    TableName: 'swoe-dev-sources',
    Key: { pk: { S: `SOURCE#${FLOODED}` }, sk: { S: 'STATE' } },
  })) as { Item?: { tat?: { N: string } } };
  return waitingAt(paceOf(sources[FLOODED]), Number(Item.tat?.N ?? 0), Date.now() * 1000);
};

/** The most that there was of anything, looked at four times a second. */
const watchPeaks = (machine: Machine) => {
  const peaks = { heapMb: 0, waiting: 0, delayed: 0, visible: 0 };
  const known = new Set(machine.template.ofType('AWS::SQS::Queue').map(({ attributes }) => String(attributes['Arn'])));
  const timer = setInterval(() => {
    const counts = QUEUES.filter((arn) => known.has(arn)).map((arn) => machine.engines.queues.counts(arn));
    peaks.heapMb = Math.max(peaks.heapMb, process.memoryUsage().heapUsed / 2 ** 20);
    peaks.delayed = Math.max(peaks.delayed, ...counts.map(({ delayed }) => delayed));
    void waitingOf(machine).then((waiting) => {
      peaks.waiting = Math.max(peaks.waiting, waiting);
    });
    peaks.visible = Math.max(peaks.visible, ...counts.map(({ visible }) => visible));
  }, LOOK_MS);
  return { peaks, stop: () => clearInterval(timer) };
};

const measure = async (machine: Machine): Promise<Figures> => {
  const { seen, ended } = follow(machine);
  const watch = watchPeaks(machine);
  const began = performance.now();
  const { sent, flooded, critical } = await speak(machine);
  const spoken = performance.now();
  const endedThen = ended();
  while (ended() < sent && performance.now() - spoken < PATIENCE_MS) await pause(LOOK_MS);
  watch.stop();
  const delays = [...critical].flatMap(([key, at]) => {
    const done = seen.done.get(key);
    return done === undefined ? [] : [done - at];
  });
  return {
    seconds: (spoken - began) / 1000,
    drainSeconds: (performance.now() - spoken) / 1000,
    sent,
    flooded,
    promised: sources[FLOODED].rate.perSecond,
    bound: sources[FLOODED].buffer,
    perSecond: endedThen / ((spoken - began) / 1000),
    ledger: { accepted: seen.accepted, fused: seen.fused, deadLettered: seen.deadLettered, dropped: Object.fromEntries(seen.dropped) },
    critical: { sent: critical.size, lost: critical.size - delays.length, delays },
    peaks: watch.peaks,
    units: machine.counts(),
  };
};

const dir = mkdtempSync(join(tmpdir(), 'swoe-overload-'));
let failed = true;
try {
  const assembly = join(dir, 'cdk.out');
  await synthesise({ outdir: assembly, validate: false });
  const scheduler = createRealScheduler();
  const machine = await createMachine({ assembly, scheduler, log: memoryLog() });
  const { text, holds } = report(
    await measure(machine),
    `${cpus().length} cores, ${cpus()[0]?.model.trim()}, Node ${process.versions.node}`,
  );
  console.log(text);
  failed = !holds;
  scheduler.stop();
} finally {
  rmSync(dir, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
