import { prepareBase } from './base.ts';
import type { Plan } from './plan.ts';
import { type RunResult, run } from './run.ts';
import { shrink } from './shrink.ts';

/** What the parent asks of a worker, one thing at a time. */
export type Task =
  | { readonly kind: 'run'; readonly plan: Plan; readonly hashed: boolean }
  | { readonly kind: 'shrink'; readonly plan: Plan };

export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'ran'; readonly result: RunResult }
  | { readonly kind: 'shrunk'; readonly plan: Plan; readonly result: RunResult };

/** Serves runs over the process's channel: the assembly is named on the command line. */
export const serve = async (): Promise<void> => {
  const base = await prepareBase(process.argv[2] ?? '');
  const say = (answer: Answer): void => void process.send?.(answer);
  const perform = async (task: Task): Promise<void> => {
    if (task.kind === 'run') say({ kind: 'ran', result: await run(base, task.plan, { hashed: task.hashed }) });
    else say({ kind: 'shrunk', ...(await shrink((plan) => run(base, plan), task.plan)) });
  };
  process.on('message', (task: Task) => void perform(task));
  process.on('disconnect', () => process.exit(0));
  say({ kind: 'ready' });
};
