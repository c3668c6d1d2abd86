import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesise } from '../infra/synth.ts';
import { factAsserted, onDuty, STANDING } from '../local/city/facts.ts';
import { VERDICTS } from '../local/city/verdicts.ts';
import { openFileLog } from '../local/kernel/file-log.ts';
import { type Log, memoryLog } from '../local/kernel/log.ts';
import { createRealScheduler } from '../local/kernel/real-scheduler.ts';
import { createMachine, type Machine } from '../local/machine.ts';
import { apart } from '../shared/domain/apart.ts';
import { certifiedFor } from '../test/support/certified.ts';
import { answerAll, approver, type Event, put, watchJournal } from './load.ts';
import { type Share, sharesOf } from './shares.ts';

/**
 * How much one machine of this class carries, on real time: the synthesised system whole, every policy, allocation and
 * journal entry included. Figures are of this run on this machine; only their ratios travel.
 */
const EVENTS = Number(process.env['SWOE_BENCH_EVENTS'] ?? 3000);
const WORKFLOWS = Number(process.env['SWOE_BENCH_WORKFLOWS'] ?? 300);
const IN_FLIGHT = 64;
const EVENTS_AHEAD = 640;

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** Places far enough apart to be incidents of their own, on a grid over the Gulf. */
const place = (n: number) => ({ lat: 20 + (n % 300) * 0.03, lon: -95 + Math.floor(n / 300) * 0.03, radiusM: 20 });

const envelope = (id: string, type: string, data: object) => ({
  specversion: '1.0',
  id,
  source: 'bench',
  type,
  time: new Date().toISOString(),
  data,
});

const call = (n: number): Event => ({
  source: 'dispatch',
  type: 'call.medical',
  detail: envelope(`call-${n}`, 'call.medical', { location: place(n), summary: 'a person has fallen' }),
});
const shot = (n: number): Event => ({
  source: 'gunshot_detection',
  type: 'gunshot.detected',
  detail: envelope(`shot-${n}`, 'gunshot.detected', { location: place(n), confidence: 0.95 }),
});
const units = (n: number): Event[] =>
  [...['DRONE', 'OFFICER', 'OFFICER', 'VEHICLE'].entries()].map(([at, type]) => ({
    source: 'dispatch',
    type: 'unit.status',
    detail: envelope(`unit-${n}-${at}`, 'unit.status', {
      unit: { id: `unit-${n}-${at}`, type, status: 'AVAILABLE', certifications: certifiedFor(type) },
      location: place(n),
    }),
  }));
/** What stands before anything happens: the council's word, a watch commander on duty, and the verdicts on the one response. */
const STANDS: Event[] = [
  ...STANDING,
  onDuty('local-watch_commander', 'watch_commander'),
  ...VERDICTS.filter(({ subject }) => subject === 'workflow/gunfire-response'),
].map((stated, nth) => factAsserted(stated, `standing-${nth}`, Date.now()));

/** Resolves when the journal has told so many of a kind; the load goes on in the meantime. */
const counter = (machine: Machine) => {
  const counts = new Map<string, number>();
  let wake = () => {};
  watchJournal(machine, (entry) => {
    counts.set(entry.kind, (counts.get(entry.kind) ?? 0) + apart(entry).length);
    wake();
  });
  const of = (...kinds: string[]): number => kinds.reduce((sum, kind) => sum + (counts.get(kind) ?? 0), 0);
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise<void>((resolve) => (wake = resolve));
  };
  return { of, until };
};

const withMachine = async <T>(assembly: string, log: Log, work: (machine: Machine) => Promise<T>): Promise<T> => {
  const scheduler = createRealScheduler();
  const machine = await createMachine({ assembly, scheduler, log });
  const stop = answerAll(machine);
  try {
    return await work(machine);
  } finally {
    stop();
    scheduler.stop();
  }
};

interface Measured {
  readonly perSecond: number;
  readonly shares: Share[];
}

/** `total` of something, never more than `ahead` of what has ended. */
const drive = async (
  machine: Machine,
  total: number,
  ahead: number,
  make: (n: number) => Event,
  ended: () => number,
  until: (holds: () => boolean) => Promise<void>,
): Promise<void> => {
  for (let sent = 0; sent < total; ) {
    const room = Math.min(total, ended() + ahead) - sent;
    if (room <= 0) {
      await until(() => ended() + ahead > sent);
      continue;
    }
    const batch = Array.from({ length: Math.min(10, room) }, (_, at) => make(sent + at));
    sent += batch.length;
    await put(machine, batch);
  }
  await until(() => ended() >= total);
};

const timed = async (total: number, work: () => Promise<void>): Promise<Measured> => {
  const began = performance.now();
  const shares = await sharesOf(work);
  return { perSecond: (total * 1000) / (performance.now() - began), shares };
};

const events = (assembly: string, log: Log): Promise<Measured> =>
  withMachine(assembly, log, async (machine) => {
    const { of, until } = counter(machine);
    const ended = () => of('event.fused');
    await drive(machine, 200, EVENTS_AHEAD, (n) => call(1_000_000 + n), ended, until);
    const before = ended();
    return timed(EVENTS, () => drive(machine, EVENTS, EVENTS_AHEAD, call, () => ended() - before, until));
  });

const workflows = (assembly: string, log: Log): Promise<Measured> =>
  withMachine(assembly, log, async (machine) => {
    const approve = await approver(machine);
    watchJournal(machine, approve);
    const { of, until } = counter(machine);
    await put(machine, [...STANDS, ...Array.from({ length: WORKFLOWS + 20 }, (_, n) => units(n)).flat()]);
    await until(() => of('resource.registered') >= (WORKFLOWS + 20) * 4);
    const ended = () => of('workflow.completed', 'workflow.failed', 'workflow.cancelled', 'workflow.timed-out');
    await drive(machine, 20, IN_FLIGHT, (n) => shot(WORKFLOWS + n), ended, until);
    return timed(WORKFLOWS, () => drive(machine, WORKFLOWS, IN_FLIGHT, shot, () => ended() - 20, until));
  });

const dir = mkdtempSync(join(tmpdir(), 'swoe-bench-'));
const onDisk = async <T>(name: string, work: (log: Log) => Promise<T>): Promise<T> => {
  const log = openFileLog(join(dir, name));
  try {
    return await work(log);
  } finally {
    await log.close();
  }
};

const table = (figures: Record<string, Measured>): string => {
  const columns = Object.values(figures);
  const rooms = [...new Set(columns.flatMap(({ shares }) => shares.map(({ room }) => room)))].sort();
  const percent = ({ shares }: Measured, room: string): string =>
    `${((shares.find((one) => one.room === room)?.share ?? 0) * 100).toFixed(1)} %`;
  const row = (first: string, cells: string[]): string => `| ${[first, ...cells].join(' | ')} |`;
  return [
    row('', Object.keys(figures)),
    row(
      '---',
      columns.map(() => '---:'),
    ),
    row(
      '**per second**',
      columns.map(({ perSecond }) => `**${perSecond.toFixed(1)}**`),
    ),
    ...rooms.map((room) =>
      row(
        room,
        columns.map((column) => percent(column, room)),
      ),
    ),
  ].join('\n');
};

try {
  const assembly = join(dir, 'cdk.out');
  await synthesise({ outdir: assembly, validate: false });
  const text = table({
    'events, log on disk': await onDisk('events', (log) => events(assembly, log)),
    'events, log off': await events(assembly, memoryLog()),
    'responses, log on disk': await onDisk('workflows', (log) => workflows(assembly, log)),
    'responses, log off': await workflows(assembly, memoryLog()),
  });
  writeFileSync(
    join(import.meta.dirname, '..', 'docs', 'throughput.md'),
    `# How much one machine carries

Measured by \`npm run throughput\` on real time: the synthesised system whole, in one process, with every policy, allocation and journal entry. The figures are of one run on one machine (${cpus().length} cores, ${cpus()[0]?.model.trim()}, Node ${process.versions.node}); only ratios travel.

- *Events*: ${EVENTS} 911 calls put ten at a time, never more than ${EVENTS_AHEAD} ahead of what has its incident, each an incident of its own, journaled and told.
- *Responses*: ${WORKFLOWS} gunfire-responses (12 steps, 4 units each allocated and released, an approval answered over REST, every reply of a subsystem over the bus), ${IN_FLIGHT} in flight.
- *Log on disk*: one fdatasync for each turn of the event loop that changed anything, before anybody is answered. *Log off*: nothing is kept.

The rows below are the processor's time by room, from a sampled CPU profile of the same run (garbage collection on helper threads is not in it).

${text}

The aims, 3,000 events and 400 responses a second, are not reached. No room stands out: a response is some 220 DynamoDB calls and 45 invocations, an event eight calls and three invocations (in batches of ten), and each call is marshalled, judged by IAM, planned, written and journaled under a hash. What would take the rest is fewer of them (an event's two journal transactions as one, a step's reads as one), which is the functions' design and would be as much cheaper in AWS.

See [what it costs in AWS](costs.md) for counted units.
`,
  );
  console.log(text);
} finally {
  rmSync(dir, { recursive: true, force: true });
}
process.exit(0);
