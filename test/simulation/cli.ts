import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { hunt } from './bugs/hunt.ts';
import { bugs } from './bugs/index.ts';
import { assembly, buildWorker } from './build.ts';
import { type Plan, planOf } from './plan.ts';
import { createPool, type Runner } from './pool.ts';
import type { RunResult } from './run.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    seed: { type: 'string' },
    from: { type: 'string' },
    plan: { type: 'string' },
    workers: { type: 'string', default: '2' },
    twice: { type: 'string', default: '50' },
    'keep-going': { type: 'boolean', default: false },
    profile: { type: 'string' },
    bugs: { type: 'boolean', default: false },
    bug: { type: 'string' },
    skip: { type: 'string', default: '0' },
    'bug-seeds': { type: 'string', default: '2000' },
    verbose: { type: 'boolean', default: false },
  },
});

const TOLD = 12;

const told = ({ violations }: RunResult): string => {
  const lines = violations.slice(0, TOLD).map(({ invariant, says }) => `  ${invariant}: ${says}`);
  return [...lines, ...(violations.length > TOLD ? [`  and ${violations.length - TOLD} more`] : [])].join('\n');
};

const tellFailure = async (plan: Plan, result: RunResult, runner: Runner): Promise<void> => {
  console.log(`\nSeed ${plan.seed} violates:\n${told(result)}`);
  console.log('Shrinking …');
  const small = await runner.shrink(plan);
  const file = `.swoe/simulation/plan-${plan.seed}.json`;
  writeFileSync(file, `${JSON.stringify(small.plan, undefined, 1)}\n`);
  console.log(`${small.plan.faults.length} faults and ${small.plan.happenings.length} happenings are left:\n${told(small.result)}`);
  for (const { place, n, times = 1, fault } of small.plan.faults)
    console.log(`  ${place}, time ${n}${times > 1 ? ` to ${n + times - 1}` : ''}: ${JSON.stringify(fault)}`);
  for (const happening of small.plan.happenings) console.log(`  ${JSON.stringify(happening).slice(0, 260)}`);
  console.log(`Again: npm run test:simulation -- --seed ${plan.seed}, or --plan ${file}\n`);
};

const plans = (): Plan[] => {
  if (values.plan) return [JSON.parse(readFileSync(values.plan, 'utf8')) as Plan];
  if (values.seed) return [planOf(values.seed)];
  const first = Number(values.from ?? Math.floor(Date.now() / 1000) * 1000);
  return [...Array(Number(values.seeds)).keys()].map((n) => planOf(String(first + n)));
};

/** The test of the test: is each bug that was made on purpose found? */
const huntAll = async (): Promise<number> => {
  const app = await assembly();
  const chosen = bugs.filter(({ name }) => name.includes(values.bug ?? '')).slice(Number(values.skip));
  let missed = 0;
  for (const bug of chosen) {
    const { found, runs } = await hunt(app, bug, { workers: Number(values.workers), seeds: Number(values['bug-seeds']) });
    if (!found) missed += 1;
    console.log(`${found ? `${String(runs).padStart(4)} runs` : 'NOT FOUND'}  ${bug.name}`);
    if (found) console.log(`           seed ${found.seed}, ${found.violations[0]?.invariant}: ${found.violations[0]?.says.slice(0, 160)}`);
  }
  console.log(`${chosen.length - missed} of ${chosen.length} bugs were found.`);
  return missed > 0 ? 1 : 0;
};

const main = async (): Promise<number> => {
  const all = plans();
  const workers = Math.min(Number(values.workers), all.length);
  const [worker, app] = await Promise.all([buildWorker('true'), assembly()]);
  const pool = await createPool({ worker, assembly: app, workers, profile: values.profile });
  const twice = (plan: Plan): boolean => all.length <= 2 || Number(plan.seed.replace(/\D/g, '') || 0) % Number(values.twice) === 0;
  const began = Date.now();
  const sum = { runs: 0, failed: 0, crashes: 0, met: 0, virtualMs: 0, cpuMs: 0, compared: 0 };
  const failed: string[] = [];

  await pool.each(
    all,
    async (result, plan, runner) => {
      sum.runs += 1;
      sum.crashes += result.crashes;
      sum.met += result.met.length;
      sum.virtualMs += result.virtualMs;
      sum.cpuMs += result.cpuMs;
      if (values.verbose) console.log(JSON.stringify({ ...result, passed: undefined }));
      if (values.verbose && all.length === 1) console.log(result.passed);
      if (result.hash) {
        sum.compared += 1;
        const again = await runner.run(plan, true);
        if (again.hash !== result.hash) {
          failed.push(plan.seed);
          console.log(`\nSeed ${plan.seed} did not run the same way twice: ${result.hash} and ${again.hash}`);
        }
      }
      if (result.violations.length > 0) {
        failed.push(plan.seed);
        if (values['keep-going']) console.log(`Seed ${plan.seed}\n${told(result)}`);
        else await tellFailure(plan, result, runner);
      }
      if (sum.runs % 100 === 0) {
        const perS = (sum.runs * 1000) / (Date.now() - began);
        console.log(`${sum.runs} of ${all.length} runs, ${perS.toFixed(1)} a second, ${failed.length} failed`);
      }
      return values['keep-going'] || failed.length === 0;
    },
    twice,
  );
  pool.stop();
  rmSync(dirname(worker), { recursive: true, force: true });
  const seconds = (Date.now() - began) / 1000;
  console.log(
    `${sum.runs} runs in ${seconds.toFixed(1)} s, ${(sum.virtualMs / 3_600_000).toFixed(1)} hours of the city, ${(sum.cpuMs / sum.runs).toFixed(0)} ms of a processor a run, ${sum.met} faults met, ${sum.crashes} crashes, ${sum.compared} compared with themselves: ${failed.length} failed${failed.length > 0 ? ` (${failed.slice(0, 40).join(' ')})` : ''}`,
  );
  return failed.length > 0 ? 1 : 0;
};

process.exitCode = await (values.bugs || values.bug ? huntAll() : main());
