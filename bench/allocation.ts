import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { createDynamoDb } from '../local/engines/dynamodb/engine.ts';
import { memoryLog } from '../local/kernel/log.ts';
import { createVirtualScheduler } from '../local/kernel/virtual-scheduler.ts';
import type { Resource } from '../shared/contracts/resource.ts';
import type { AllocationRequest } from '../shared/contracts/resource-allocation.ts';
import { allocate } from '../shared/domain/allocation/allocate.ts';
import { release } from '../shared/domain/release.ts';
import { ownBus } from '../shared/lambda/bus.ts';
import { dynamoDb } from '../shared/lambda/clients.ts';
import type { Runtime } from '../shared/lambda/runtime.ts';
import { journalStore } from '../shared/stores/journal.ts';
import { resourcesStore } from '../shared/stores/resources.ts';
import { dice } from '../test/support/dice.ts';
import { noLending } from '../test/support/lending.ts';
import { definition } from '../test/support/rooms.ts';

/**
 * What an allocation costs: from a fleet of 100 units and from one of 100,000 that has the same 100 round the place and the others elsewhere; and when 64
 * want a unit of one district at once. What is counted does not depend on the machine; times are CPU, the best of some rounds.
 */
const PLACE = { lat: 26.7753, lon: -80.0581, radiusM: 25 };
const START = Date.UTC(2026, 10, 22, 17);
const NEAR = 100;
const MANY = 100_000;
const ALLOCATIONS = 50;
const ROUNDS = 8;
const RIVALS = 64;
const SEEDS = 20;
const MOST_TIMES = 2;
const MOST_ATTEMPTS = 3;

const unit = (n: number, lat: number, lon: number): Resource => ({
  id: `u${String(n).padStart(6, '0')}`,
  type: 'OFFICER',
  name: `Unit ${n}`,
  agency: 'riviera-beach-pd',
  status: 'FREE',
  location: { lat, lon, radiusM: 5 },
  locatedAt: new Date(START - 60_000).toISOString(),
  capabilities: [],
  certifications: [],
  health: { faults: [], maintenance: [] },
  bookings: [],
  fence: 0,
  revision: 0,
});

/** A hundred within a kilometre or two of the place, and the others all over the country north of it. */
const fleet = (count: number): Resource[] => {
  const roll = dice(7);
  return Array.from({ length: count }, (_, n) =>
    n < NEAR
      ? unit(n, PLACE.lat + (roll() - 0.5) * 0.03, PLACE.lon + (roll() - 0.5) * 0.03)
      : unit(n, 28 + roll() * 18, -120 + roll() * 40),
  );
};

const ground = async (units: readonly Resource[], { shuffle = false, seed = 1 } = {}) => {
  const scheduler = createVirtualScheduler({ seed, shuffle, start: START });
  const spent = new Map<string, number>();
  const note = (what: string, count: number): void => void spent.set(what, (spent.get(what) ?? 0) + count);
  const meter = (_: string, unitOf: string, count: number): void => note(unitOf, count);
  const engine = createDynamoDb({ scheduler, log: memoryLog(), region: 'us-east-1', account: '000000000000', meter });
  for (const name of ['resources', 'journal']) engine.define(definition(name));
  let shuffled = false;
  const runtime: Runtime = {
    env: { BUS_NAME: 'swoe' },
    clock: { now: () => scheduler.now() },
    random: () => scheduler.random(),
    pause: (ms) => (shuffled ? new Promise((resolve) => scheduler.after(ms, resolve)) : Promise.resolve()),
    log: { info: () => {}, warn: () => {}, error: () => {} },
    aws: async (service, operation, input) => {
      if (service !== 'dynamodb') return {};
      if (shuffled) await new Promise<void>((resolve) => scheduler.after(0, resolve));
      note(operation, 1);
      return engine.serve(operation, input as Record<string, unknown>);
    },
  };
  const client = dynamoDb(runtime);
  const resources = resourcesStore(client, 'resources');
  for (const one of units)
    for (const { Put } of resources.register(one)) if (Put) await client.send(new PutCommand({ TableName: 'resources', Item: Put.Item }));
  spent.clear();
  shuffled = shuffle;
  /** As an instance of its own has them. */
  const instance = () => ({
    resources,
    journal: journalStore({ client, name: 'journal', runtime }),
    bus: ownBus(runtime),
    lending: noLending,
    clock: runtime.clock,
  });
  return { scheduler, spent, instance };
};

const request = (n: number | string, lat: number, lon: number): AllocationRequest => ({
  executionId: `run-${n}`,
  step: 'sendPatrols',
  needs: { OFFICER: 1 },
  location: { lat, lon, radiusM: 25 },
  priority: 'NORMAL',
  leaseS: 600,
});

type Ground = Awaited<ReturnType<typeof ground>>;

/** Microseconds of CPU, read units and write units an allocation; each unit is given back before the next, outside what is counted. */
const round = async ({ spent, instance }: Ground, nth: number) => {
  const deps = instance();
  const roll = dice(11 + nth);
  const total = { us: 0, reads: 0, writes: 0 };
  for (let n = 0; n < ALLOCATIONS; n += 1) {
    const want = request(`${nth}-${n}`, PLACE.lat + (roll() - 0.5) * 0.01, PLACE.lon + (roll() - 0.5) * 0.01);
    spent.clear();
    const cpu = process.cpuUsage();
    const given = await allocate(deps)(want, { incidentId: `I-${nth}-${n}`, actor: 'system/bench' });
    const { user, system } = process.cpuUsage(cpu);
    if (given?.outcome !== 'allocated') throw new Error(`allocation ${nth}-${n} was ${given?.outcome}`);
    total.us += user + system;
    total.reads += spent.get('read units') ?? 0;
    total.writes += spent.get('write units') ?? 0;
    await release(deps)(want.executionId, 'system/bench');
  }
  return { us: total.us / ALLOCATIONS, reads: total.reads / ALLOCATIONS, writes: total.writes / ALLOCATIONS };
};

/** Both fleets in turns, so that other work on the machine hits both; the best time of each, and the units of all rounds. */
const fleets = async () => {
  const grounds = [await ground(fleet(NEAR)), await ground(fleet(MANY))] as const;
  const best = grounds.map(() => ({ us: Number.POSITIVE_INFINITY, reads: 0, writes: 0 }));
  for (let nth = 0; nth < ROUNDS; nth += 1)
    for (const [which, one] of grounds.entries()) {
      const figures = await round(one, nth);
      const so = best[which];
      if (so) best[which] = { us: Math.min(so.us, figures.us), reads: so.reads + figures.reads, writes: so.writes + figures.writes };
    }
  return best.map(({ us, reads, writes }) => ({ us, reads: reads / ROUNDS, writes: writes / ROUNDS }));
};

/** As many as there are rivals want one unit each, at one place or all over its district, at once. */
const contention = async (units: number, metresApart: number, seed: number) => {
  const roll = dice(seed);
  const at = (): number => ((roll() - 0.5) * metresApart) / 100_000;
  const { scheduler, spent, instance } = await ground(fleet(NEAR).slice(0, units), { shuffle: true, seed });
  const work = Promise.all(
    Array.from({ length: RIVALS }, (_, n) =>
      allocate(instance())(request(n, PLACE.lat + at(), PLACE.lon + at()), { incidentId: `I-${n}`, actor: 'system/bench' }),
    ),
  );
  let done = false;
  const watched = work.finally(() => {
    done = true;
  });
  await scheduler.run(() => done);
  const given = (await watched).flatMap((one) => (one?.outcome === 'allocated' ? one.units.map(({ id }) => id) : []));
  if (new Set(given).size !== given.length) throw new Error(`under seed ${seed} a unit was given twice`);
  return {
    served: given.length,
    attempts: (spent.get('TransactWriteItems') ?? 0) / RIVALS,
    turns: (spent.get('UpdateItem') ?? 0) / RIVALS,
  };
};

const failures: string[] = [];
const aim = (holds: boolean, what: string): void => {
  if (!holds) failures.push(what);
};

const [few, many] = await fleets();
if (!few || !many) throw new Error('no figures');
console.log('| fleet | read units | write units | µs of CPU |\n|---|---:|---:|---:|');
for (const [name, { us, reads, writes }] of [
  [String(NEAR), few],
  [String(MANY), many],
] as const)
  console.log(`| ${name} | ${reads.toFixed(2)} | ${writes.toFixed(2)} | ${us.toFixed(0)} |`);
const times = many.us / few.us;
console.log(`\ntime from ${MANY} over time from ${NEAR}: ${times.toFixed(2)} (aim: at most ${MOST_TIMES})`);
aim(few.reads === many.reads && few.writes === many.writes, `an allocation from ${MANY} costs other units than one from ${NEAR}`);
aim(times <= MOST_TIMES, `an allocation from ${MANY} takes over ${MOST_TIMES} times as long`);

console.log(
  `\n${RIVALS} at once, ${SEEDS} seeds:\n\n| where | units | served | transactions an allocation | in the worst seed | turns |\n|---|---:|---:|---:|---:|---:|`,
);
for (const [where, units, metresApart] of [
  ['at one place', 100, 0],
  ['all over the district', 100, 3000],
  ['at one place', RIVALS, 0],
  ['all over the district', RIVALS, 3000],
] as const) {
  const runs: Awaited<ReturnType<typeof contention>>[] = [];
  for (let seed = 1; seed <= SEEDS; seed += 1) runs.push(await contention(units, metresApart, seed));
  const mean = (of: (one: (typeof runs)[number]) => number): number => runs.reduce((sum, one) => sum + of(one), 0) / SEEDS;
  const worst = Math.max(...runs.map(({ attempts }) => attempts));
  const served = mean((one) => one.served);
  console.log(
    `| ${where} | ${units} | ${served.toFixed(2)} | ${mean((one) => one.attempts).toFixed(2)} | ${worst.toFixed(2)} | ${mean((one) => one.turns).toFixed(2)} |`,
  );
  aim(worst <= MOST_ATTEMPTS, `${where}, ${units} units: ${worst.toFixed(2)} transactions an allocation`);
  aim(served === RIVALS, `${where}, ${units} units: ${(RIVALS - served).toFixed(2)} of ${RIVALS} came away with nothing`);
}

for (const failure of failures) console.log(`\nmissed: ${failure}`);
if (failures.length > 0) process.exit(1);
