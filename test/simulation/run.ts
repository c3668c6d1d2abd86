import { createHash } from 'node:crypto';
import { seededRandom } from '../../local/kernel/random.ts';
import { createSimulatedDisk } from '../../local/kernel/simulated-disk.ts';
import { createVirtualScheduler } from '../../local/kernel/virtual-scheduler.ts';
import type { Machine } from '../../local/machine.ts';
import { changeWithoutEntry } from './atomic.ts';
import type { Base } from './base.ts';
import { real, trespassed, under } from './determinism.ts';
import { countFaults, type Planned } from './faults.ts';
import { type Violation, violationsOf } from './invariants/index.ts';
import { observe, queueCounts } from './observe.ts';
import { createCity } from './outside/city.ts';
import { type Client, createClient } from './outside/client.ts';
import { createPeople, type People } from './outside/people.ts';
import type { Plan } from './plan.ts';
import type { Happening } from './scenario.ts';
import { createWorld, type World } from './world.ts';

export interface RunResult {
  readonly seed: string;
  readonly violations: readonly Violation[];
  /** The faults that the run came by. */
  readonly met: readonly Planned[];
  readonly crashes: number;
  /** How much time passed in the city (ms), and how much of a processor it took. */
  readonly virtualMs: number;
  readonly cpuMs: number;
  /** SHA-256 over every record that every engine wrote, where it was asked for. */
  readonly hash?: string;
  /** How often it came by each place where something may go wrong. */
  readonly passed: Readonly<Record<string, number>>;
}

const MINUTE = 60_000;
/** Not a minute: the sweep would always be at work just then. */
const LOOK_MS = 53_000;
/** After the last thing happened, all should be over when every lease has lapsed and the sweep has looked. */
const PATIENCE_MS = 3 * 60 * MINUTE;

/** Rejections that nobody handled, since the run began. */
const unhandled: string[] = [];
process.on('unhandledRejection', (reason) =>
  unhandled.push(`nobody handled: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`),
);

const happen = async (client: Client, people: People, happening: Happening): Promise<void> => {
  if (happening.kind === 'event') await client.put(happening);
  else await people.act(happening);
};

const rows = async (machine: Machine, table: string, pk: string): Promise<number> => {
  const query = {
    TableName: `swoe-dev-${table}`,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: pk } },
    Select: 'COUNT',
  };
  return Number((await machine.call(machine.localUser, 'dynamodb', 'Query', query))['Count']);
};

/** Waits for work from outside while the run's clock goes on. */
const live = async <T>(world: World, work: Promise<T>): Promise<T | undefined> => {
  let done = false;
  const watched = work.then(
    (value) => value,
    () => undefined,
  );
  void watched.finally(() => {
    done = true;
  });
  await world.scheduler.run(() => done);
  return watched;
};

/** Nothing is under way any more, inside or outside, and nobody holds a unit. */
const isQuiet = async (world: World): Promise<boolean> => {
  const machine = world.machine();
  if (!machine?.isIdle() || machine.engines.states.running() > 0) return false;
  const waiting = queueCounts(machine).some(
    ([name, { visible, inFlight, delayed }]) => !name.endsWith('-dlq') && visible + inFlight + delayed > 0,
  );
  if (waiting) return false;
  const open = await live(world, Promise.all([rows(machine, 'executions', 'ACTIVE'), rows(machine, 'resources', 'LEASES')]));
  return open !== undefined && open[0] + open[1] === 0;
};

const skewOf = (faults: readonly Planned[]): number =>
  faults.reduce((most, { fault }) => Math.max(most, fault.kind === 'skew' ? 2 * Math.abs(fault.ms) : 0), 0);

const isBrief = ({ fault }: Planned): boolean =>
  fault.kind === 'cold' || fault.kind === 'duplicate' || (fault.kind === 'crash' && fault.downMs <= 300);

const spent = (since: NodeJS.CpuUsage): number => {
  const { user, system } = real.cpu(since);
  return (user + system) / 1000;
};

/** One run of the whole system under a plan, to the end of all it set off, and what was wrong with it. */
export const run = async (base: Base, plan: Plan, { hashed = false } = {}): Promise<RunResult> => {
  const began = real.cpu();
  const scheduler = createVirtualScheduler({ seed: plan.seed, start: base.now, shuffle: true });
  under({ now: scheduler.now, random: seededRandom(`${plan.seed}/air`) });
  unhandled.length = 0;
  const faults = countFaults(plan.faults, () => (plan.latencyMs === 0 ? 0 : Math.floor(scheduler.random() * plan.latencyMs)));
  const noticed = new Set<string>();
  const hash = createHash('sha256');
  const onRecord = (engine: string, record: unknown): void => {
    const complaint = changeWithoutEntry(engine, record);
    if (complaint) noticed.add(complaint);
    if (hashed) hash.update(`${engine} ${JSON.stringify(record)}\n`);
  };
  const disk = (before: (operation: string) => void) =>
    createSimulatedDisk({ random: () => scheduler.random(), before, files: base.files });
  const world = await createWorld({ ...base, scheduler, disk, faults, compactAt: plan.compactAt, onRecord });
  const client = createClient(world);
  const city = createCity(world, client, plan.seed);
  const people = createPeople(world, client, plan.seed);

  const pending = new Set(plan.happenings);
  for (const happening of plan.happenings)
    scheduler.after(happening.at, () => void happen(client, people, happening).then(() => pending.delete(happening)));
  const last = base.now + Math.max(0, ...plan.happenings.map(({ at }) => at));
  let quiet = false;
  while (!quiet && !world.refusal() && scheduler.now() < last + PATIENCE_MS) {
    await scheduler.run(scheduler.now() + LOOK_MS);
    quiet = pending.size === 0 && city.busy() === 0 && (await isQuiet(world));
  }
  people.leave();
  faults.stop();

  const violations: Violation[] = [];
  const refusal = world.refusal();
  const machine = world.machine();
  if (refusal || !machine) violations.push({ invariant: 'machineComesUp', says: refusal ?? 'the machine is not up' });
  else {
    const outside = {
      city,
      puts: client.puts,
      lines: world.lines,
      skewMs: skewOf(plan.faults),
      calm: faults.met().length === 0,
      brief: plan.latencyMs <= 30 && faults.met().every(isBrief),
      noticed: [...noticed, ...unhandled, ...trespassed()],
    };
    const seen = await live(world, observe(machine, outside));
    if (seen) violations.push(...violationsOf(seen));
    else violations.push({ invariant: 'machineComesUp', says: 'the machine could not be looked at' });
    if (!quiet)
      violations.push({
        invariant: 'allComesToAnEnd',
        says: `not all was quiet ${PATIENCE_MS / MINUTE} minutes after the last thing happened`,
      });
  }
  return {
    seed: plan.seed,
    violations,
    met: faults.met(),
    crashes: world.crashes(),
    virtualMs: scheduler.now() - base.now,
    cpuMs: spent(began),
    ...(hashed ? { hash: hash.digest('hex') } : {}),
    passed: Object.fromEntries(faults.passed()),
  };
};
