import type { Entry, Live } from './entry.ts';
import { waitsForChild } from './integrate.ts';
import type { Running } from './runs.ts';

/** Tasks that wait for the end of an execution they started (`states:startExecution.sync`). */

const pascal = (described: Record<string, unknown>, parsed: boolean): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(described).map(([name, value]) => [
      name.charAt(0).toUpperCase() + name.slice(1),
      parsed && (name === 'output' || name === 'input') ? JSON.parse(String(value)) : value,
    ]),
  );

/** The child that a waiting task was submitted with. */
const childOf = (live: Live, task: number): { arn: string; resource: string } | undefined => {
  const waiting = live.drive?.execution.tasks.get(task)?.task;
  if (!waiting?.submitted || !waitsForChild(waiting.order.resource)) return undefined;
  const { ExecutionArn } = (waiting.submission ?? {}) as { ExecutionArn?: unknown };
  return typeof ExecutionArn === 'string' ? { arn: ExecutionArn, resource: waiting.order.resource } : undefined;
};

/** Tells a parent's task how its child ended, as the parent's role may see it. */
const answer = async (running: Running, parent: Entry, live: Live, task: number): Promise<void> => {
  const child = childOf(live, task);
  if (!child || !live.drive) return;
  const described = await running
    .call(parent.revision.roleArn, 'states', 'DescribeExecution', { executionArn: child.arn })
    .catch((error: Error) => ({ status: 'FAILED', error: error.name, cause: error.message }) as Record<string, unknown>);
  if (childOf(live, task)?.arn !== child.arn) return;
  const told = pascal(described, child.resource.endsWith(':2') && described['status'] === 'SUCCEEDED');
  if (told['Status'] === 'SUCCEEDED') live.drive.send({ kind: 'succeeded', task, output: told });
  else live.drive.send({ kind: 'failed', task, error: 'States.TaskFailed', cause: JSON.stringify(told) });
};

/** A task of a parent was submitted, or an execution ended: whoever waits for the end is answered. */
export const watchChild = (running: Running, parent: Entry, live: Live, task: number): void => {
  const { store } = running;
  const child = childOf(live, task);
  if (!child) return;
  live.children.set(task, child.arn);
  if (store.entries.get(child.arn)?.live) {
    const waiting = store.awaited.get(child.arn) ?? [];
    store.awaited.set(child.arn, [...waiting, () => void answer(running, parent, live, task)]);
  } else void answer(running, parent, live, task);
};

/** After a start-up: every task that was waiting for a child waits again. */
export const watchAgain = (running: Running, parent: Entry, live: Live): void => {
  for (const task of live.drive?.execution.tasks.keys() ?? []) watchChild(running, parent, live, task);
};

export const tellParents = ({ store }: Running, { arn }: Entry): void => {
  const waiting = store.awaited.get(arn) ?? [];
  store.awaited.delete(arn);
  for (const tell of waiting) tell();
};

/** Nobody waits for a task's child any more, so the child is stopped, as far as the parent's role may do it. */
export const dropChild = (running: Running, parent: Entry, live: Live, task: number): void => {
  const executionArn = live.children.get(task);
  if (executionArn === undefined || !running.store.entries.get(executionArn)?.live) return;
  live.children.delete(task);
  const { roleArn } = parent.revision;
  const cause = `The Task state in AWS Step Functions execution [${parent.arn}] which was managing this resource was aborted`;
  const stop = () => running.call(roleArn, 'states', 'StopExecution', { executionArn, cause }).catch(() => {});
  running.ground.scheduler.after(0, () => void stop());
};
