import { AwsError } from '../../kernel/aws-error.ts';
import type { Ground, Serve } from '../../kernel/engine.ts';
import type { Durable } from '../../kernel/log.ts';
import { operations } from './operations.ts';
import { inputFor, keyOf, type Schedule, type ScheduleProperties, scheduleOf } from './schedule.ts';

export type { ScheduleProperties } from './schedule.ts';

export interface SchedulesDeps {
  send: (queueArn: string, body: string) => void;
  invokeAsync: (functionArn: string, payload: unknown) => void;
}

export type ScheduleRecord =
  | { op: 'create'; properties: ScheduleProperties; at: number }
  | { op: 'delete'; key: string }
  | { op: 'done'; key: string };

export interface Schedules extends Durable {
  /** A schedule of the template. */
  define(properties: ScheduleProperties): void;
  serve: Serve;
}

/** What the operations of the API act on. */
export interface Book {
  readonly all: ReadonlyMap<string, Schedule>;
  create(properties: ScheduleProperties): Schedule;
  remove(key: string): void;
}

/** The EventBridge Scheduler of the local run, on its clock. */
export const createSchedules = ({ scheduler, log, region, account, meter }: Ground, deps: SchedulesDeps): Schedules => {
  const all = new Map<string, Schedule>();
  let live = false;

  const fire = (schedule: Schedule, due: number): void => {
    const { Target } = schedule.properties;
    const time = `${new Date(due).toISOString().slice(0, -5)}Z`;
    const input = inputFor(schedule, { id: scheduler.uuid(), time, region, account });
    meter('scheduler', 'invocations', 1);
    try {
      if (Target.Arn.split(':')[2] === 'lambda') deps.invokeAsync(Target.Arn, JSON.parse(input));
      else deps.send(Target.Arn, input);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      meter('scheduler', 'failed invocations', 1);
      if (Target.DeadLetterConfig?.Arn) deps.send(Target.DeadLetterConfig.Arn, input);
    }
  };
  const complete = (schedule: Schedule): void => {
    const key = keyOf(schedule.properties);
    commit(schedule.properties.ActionAfterCompletion === 'DELETE' ? { op: 'delete', key } : { op: 'done', key });
  };
  const arm = (schedule: Schedule): void => {
    if (!live || !schedule.enabled || schedule.done) return;
    const due = 'at' in schedule.timing ? schedule.timing.at : scheduler.now() + schedule.timing.every;
    schedule.callOff = scheduler.after(Math.max(0, due - scheduler.now()), () => {
      fire(schedule, due);
      if ('at' in schedule.timing) complete(schedule);
      else arm(schedule);
    });
  };
  const add = (properties: ScheduleProperties, at: number): Schedule => {
    const schedule = scheduleOf(properties, region, account, at);
    all.get(keyOf(properties))?.callOff?.();
    all.set(keyOf(properties), schedule);
    arm(schedule);
    return schedule;
  };
  const apply = (record: ScheduleRecord): void => {
    if (record.op === 'create') {
      add(record.properties, record.at);
      return;
    }
    const schedule = all.get(record.key);
    schedule?.callOff?.();
    if (record.op === 'delete') all.delete(record.key);
    else if (schedule) schedule.done = true;
  };
  const commit = (record: ScheduleRecord): void => {
    log.write('schedules', record);
    apply(record);
  };

  const book: Book = {
    all,
    create: (properties) => {
      const at = scheduler.now();
      scheduleOf(properties, region, account, at);
      commit({ op: 'create', properties, at });
      return all.get(keyOf(properties)) as Schedule;
    },
    remove: (key) => commit({ op: 'delete', key }),
  };
  const served = operations(book);

  return {
    name: 'schedules',
    define: (properties) => {
      add(properties, scheduler.now());
    },
    serve: async (operation, input) => {
      const run = Object.hasOwn(served, operation) ? served[operation] : undefined;
      if (!run) throw new AwsError('UnknownOperationException', `The local Scheduler does not serve ${operation}.`);
      const answer = run(input);
      await log.settled();
      return answer;
    },
    replay: (record) => apply(record as ScheduleRecord),
    resume: () => {
      live = true;
      for (const schedule of all.values()) arm(schedule);
    },
  };
};
