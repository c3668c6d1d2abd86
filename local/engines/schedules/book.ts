import type { Ground } from '../../kernel/engine.ts';
import { keyOf, type Schedule, type ScheduleProperties, scheduleOf } from './schedule.ts';

export type ScheduleRecord =
  | { op: 'create'; properties: ScheduleProperties; at: number }
  | { op: 'delete'; key: string }
  | { op: 'done'; key: string };

/** All schedules and their timers. */
export interface Book {
  readonly all: ReadonlyMap<string, Schedule>;
  /** One that the template defines: no record. */
  define(properties: ScheduleProperties): void;
  create(properties: ScheduleProperties): Schedule;
  remove(key: string): void;
  apply(record: ScheduleRecord): void;
  /** What `create` and `done` records make the schedules that are here, the template's own left out. */
  snapshot(): ScheduleRecord[];
  /** Starts the timers. */
  open(): void;
}

export const createBook = ({ scheduler, log, region, account }: Ground, fire: (schedule: Schedule, due: number) => void): Book => {
  const all = new Map<string, Schedule>();
  const defined = new Set<string>();
  const gone = new Set<string>();
  let live = false;

  const ran = (schedule: Schedule): void => {
    const key = keyOf(schedule.properties);
    if ('every' in schedule.timing) arm(schedule);
    else commit(schedule.properties.ActionAfterCompletion === 'DELETE' ? { op: 'delete', key } : { op: 'done', key });
  };
  const arm = (schedule: Schedule): void => {
    if (!live || !schedule.enabled || schedule.done) return;
    const due = 'at' in schedule.timing ? schedule.timing.at : scheduler.now() + schedule.timing.every;
    schedule.callOff = scheduler.after(Math.max(0, due - scheduler.now()), () => {
      fire(schedule, due);
      ran(schedule);
    });
  };
  const add = (properties: ScheduleProperties, at: number): void => {
    const schedule = scheduleOf(properties, region, account, at);
    all.get(keyOf(properties))?.callOff?.();
    all.set(keyOf(properties), schedule);
    arm(schedule);
  };
  const apply = (record: ScheduleRecord): void => {
    if (record.op === 'create') {
      defined.delete(keyOf(record.properties));
      gone.delete(keyOf(record.properties));
      add(record.properties, record.at);
      return;
    }
    const schedule = all.get(record.key);
    schedule?.callOff?.();
    if (record.op === 'delete') {
      all.delete(record.key);
      if (defined.delete(record.key)) gone.add(record.key);
    } else if (schedule) schedule.done = true;
  };
  const commit = (record: ScheduleRecord): void => {
    apply(record);
    log.write('schedules', record);
  };

  return {
    all,
    define: (properties) => {
      add(properties, scheduler.now());
      defined.add(keyOf(properties));
    },
    create: (properties) => {
      commit({ op: 'create', properties, at: scheduler.now() });
      return all.get(keyOf(properties)) as Schedule;
    },
    remove: (key) => commit({ op: 'delete', key }),
    apply,
    snapshot: () => [
      ...Array.from(gone, (key): ScheduleRecord => ({ op: 'delete', key })),
      ...[...all].flatMap(([key, { properties, createdAt, done }]): ScheduleRecord[] => [
        ...(defined.has(key) ? [] : [{ op: 'create' as const, properties, at: createdAt }]),
        ...(done ? [{ op: 'done' as const, key }] : []),
      ]),
    ],
    open: () => {
      live = true;
      for (const schedule of all.values()) arm(schedule);
    },
  };
};
