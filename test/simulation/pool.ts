import { type ChildProcess, fork } from 'node:child_process';
import type { Plan } from './plan.ts';
import type { RunResult } from './run.ts';
import type { Answer, Task } from './serve.ts';

/** Real time after which a run is taken for hung. */
const HUNG_MS = 120_000;

export interface Runner {
  run(plan: Plan, hashed?: boolean): Promise<RunResult>;
  shrink(plan: Plan): Promise<{ plan: Plan; result: RunResult }>;
}

export interface Pool {
  /** Hands each plan to whichever worker is free, until there are none, or `take` answers false. */
  each(
    plans: Iterable<Plan>,
    take: (result: RunResult, plan: Plan, runner: Runner) => Promise<boolean | undefined>,
    hashed?: (plan: Plan) => boolean,
  ): Promise<void>;
  stop(): void;
}

const hung = (plan: Plan): RunResult => ({
  seed: plan.seed,
  violations: [{ invariant: 'runEnds', says: `the run was not over after ${HUNG_MS / 1000} seconds, or its process died` }],
  met: [],
  crashes: 0,
  virtualMs: 0,
  cpuMs: HUNG_MS,
  passed: {},
});

const ready = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`A worker of the simulation ended with ${code} before it was ready.`)));
  });

/** A worker that is started anew where a run hung or killed it. */
const createRunner = (worker: string, assembly: string, execArgv: string[]): Runner & { start(): Promise<void>; stop(): void } => {
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    child = fork(worker, [assembly], {
      env: { ...process.env, TZ: 'UTC', AWS_EC2_METADATA_DISABLED: 'true' },
      execArgv,
    });
    await ready(child);
  };
  const ask = async (task: Task, patienceMs: number): Promise<Answer | undefined> => {
    if (!child) await start();
    const own = child as ChildProcess;
    const answer = await new Promise<Answer | undefined>((resolve) => {
      const alarm = setTimeout(() => resolve(undefined), patienceMs);
      const end = (said: Answer | undefined): void => {
        clearTimeout(alarm);
        own.removeAllListeners('message').removeAllListeners('exit');
        resolve(said);
      };
      own.once('message', (said) => end(said as Answer));
      own.once('exit', () => end(undefined));
      own.send(task);
    });
    if (!answer) {
      own.kill('SIGKILL');
      child = undefined;
    }
    return answer;
  };
  return {
    start,
    run: async (plan, hashed = false) => {
      // V8 itself dies once in some thousand runs; a run that is to blame dies again.
      const task: Task = { kind: 'run', plan, hashed };
      const answer = (await ask(task, HUNG_MS)) ?? (await ask(task, HUNG_MS));
      return answer?.kind === 'ran' ? answer.result : hung(plan);
    },
    shrink: async (plan) => {
      const answer = await ask({ kind: 'shrink', plan }, 10 * HUNG_MS);
      return answer?.kind === 'shrunk' ? answer : { plan, result: hung(plan) };
    },
    stop: () => {
      if (child?.connected) child.disconnect();
    },
  };
};

export interface PoolOptions {
  readonly worker: string;
  readonly assembly: string;
  readonly workers: number;
  /** A folder for each worker's CPU profile. */
  readonly profile?: string | undefined;
}

export const createPool = async ({ worker, assembly, workers, profile }: PoolOptions): Promise<Pool> => {
  // One core each: threads of the collector would only take turns with the other worker.
  const execArgv = [
    '--enable-source-maps',
    '--single-threaded-gc',
    '--max-semi-space-size=64',
    ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []),
  ];
  const runners = [...Array(workers).keys()].map(() => createRunner(worker, assembly, execArgv));
  await Promise.all(runners.map(({ start }) => start()));
  return {
    each: async (plans, take, hashed = () => false) => {
      const source = plans[Symbol.iterator]();
      let going = true;
      const work = async (runner: Runner): Promise<void> => {
        while (going) {
          const { value: plan, done } = source.next();
          if (done) return;
          const result = await runner.run(plan, hashed(plan));
          if ((await take(result, plan, runner)) === false) going = false;
        }
      };
      await Promise.all(runners.map(work));
    },
    stop: () => {
      for (const runner of runners) runner.stop();
    },
  };
};
