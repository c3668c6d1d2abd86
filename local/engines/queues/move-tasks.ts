import { AwsError } from '../../kernel/aws-error.ts';
import type { Ground } from '../../kernel/engine.ts';
import type { Queue } from './queue.ts';
import type { Registry } from './registry.ts';
import type { Store } from './store.ts';

/** A redrive of a dead-letter queue, as `ListMessageMoveTasks` tells of it. */
export interface MoveTask {
  readonly handle: string;
  readonly source: string;
  readonly destination: string | undefined;
  readonly perSecond: number | undefined;
  readonly status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  readonly moved: number;
  readonly toMove: number;
  readonly startedAt: number;
  readonly failure: string | undefined;
}

/** What AWS's own rate is at most, and what it lets a caller ask for. */
const FASTEST_PER_SECOND = 500;
const REMEMBERED_A_SOURCE = 10;

export interface MoveTasks {
  start(source: string, destination: string | undefined, perSecond: number | undefined): string;
  cancel(handle: string): number;
  all(): MoveTask[];
  apply(task: MoveTask): void;
  resume(): void;
}

const unknown = (): AwsError =>
  new AwsError('ResourceNotFoundException', 'The resource that you specified for the SourceArn parameter doesn’t exist.');

/** Moves what lies in a dead-letter queue back to where it came from, or elsewhere, a second's worth at a time. */
export const createMoveTasks = ({ scheduler, log }: Ground, registry: Registry, store: () => Store): MoveTasks => {
  const tasks = new Map<string, MoveTask>();

  const apply = (task: MoveTask): void => {
    tasks.set(task.handle, task);
    const ofSource = [...tasks.values()].filter(({ source, status }) => source === task.source && status !== 'RUNNING');
    for (const { handle } of ofSource.slice(0, -REMEMBERED_A_SOURCE)) tasks.delete(handle);
  };
  const commit = (task: MoveTask): void => {
    apply(task);
    log.write('queues', { op: 'task', task });
  };
  /** Moves up to `max` messages and says how many went. */
  const batch = (task: MoveTask, from: Queue, max: number): number => {
    let moved = 0;
    for (const message of from.receivable()) {
      const home = task.destination ?? message.system?.['DeadLetterQueueSourceArn'];
      if (!home) throw new AwsError('CouldNotDetermineMessageSource', 'The source queue of a message is not known.');
      store().redrive(from, message, registry.byArn(home));
      moved += 1;
      if (moved === max) break;
    }
    return moved;
  };
  const run = (handle: string): void => {
    const task = tasks.get(handle);
    if (task?.status !== 'RUNNING') return;
    const max = task.perSecond ?? FASTEST_PER_SECOND;
    try {
      const moved = batch(task, registry.byArn(task.source), max);
      const status = moved < max || task.moved + moved >= task.toMove ? 'COMPLETED' : 'RUNNING';
      commit({ ...task, moved: task.moved + moved, status });
      if (status === 'RUNNING') scheduler.after(1_000, () => run(handle));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      commit({ ...task, status: 'FAILED', failure: error.name });
    }
  };

  return {
    start: (source, destination, perSecond) => {
      const from = [...registry.all()].find(({ queue }) => queue.definition.arn === source)?.queue;
      if (!from) throw unknown();
      if (![...registry.all()].some(({ queue }) => queue.definition.redrive?.deadLetterArn === source))
        throw new AwsError('InvalidParameterValue', 'Source queue must be configured as a Dead Letter Queue.');
      if (destination !== undefined && destination !== source) registry.byArn(destination);
      if ([...tasks.values()].some((task) => task.source === source && task.status === 'RUNNING'))
        throw new AwsError(
          'UnsupportedOperation',
          'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
        );
      const handle = Buffer.from(JSON.stringify({ taskId: scheduler.uuid(), sourceArn: source })).toString('base64');
      const startedAt = scheduler.now();
      const task = { handle, source, destination, perSecond, moved: 0, toMove: from.counts().visible, startedAt, failure: undefined };
      commit({ ...task, status: 'RUNNING' });
      scheduler.after(0, () => run(handle));
      return handle;
    },
    cancel: (handle) => {
      const task = tasks.get(handle);
      if (!task) throw new AwsError('ResourceNotFoundException', 'Task does not exist.');
      if (task.status !== 'RUNNING') throw new AwsError('UnsupportedOperation', 'Only active tasks can be cancelled.');
      commit({ ...task, status: 'CANCELLED' });
      return task.moved;
    },
    all: () => [...tasks.values()],
    apply,
    resume: () => {
      for (const { handle, status } of tasks.values()) if (status === 'RUNNING') scheduler.after(0, () => run(handle));
    },
  };
};
