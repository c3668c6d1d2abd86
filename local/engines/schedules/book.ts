import { AwsError } from '../../kernel/aws-error.ts';
import type { Ground } from '../../kernel/engine.ts';
import { dueAfter, keyOf, type Schedule, type ScheduleProperties, scheduleOf } from './schedule.ts';

export type ScheduleRecord =
  | { op: 'create'; properties: ScheduleProperties; at: number; modifiedAt?: number }
  | { op: 'delete'; key: string }
  | { op: 'done'; key: string }
  | { op: 'group'; name: string; at: number }
  | { op: 'group-gone'; name: string };

/** All schedules, their groups and their timers. */
export interface Book {
  readonly all: ReadonlyMap<string, Schedule>;
  /** Groups by name, with when they were made. */
  readonly groups: ReadonlyMap<string, number>;
  /** What the template defines: no record. */
  define(properties: ScheduleProperties): void;
  defineGroup(name: string): void;
  /** Does what the record says and writes it. */
  commit(record: ScheduleRecord): void;
  apply(record: ScheduleRecord): void;
  /** Checks a schedule as `commit` would; throws AWS's errors. */
  check(properties: ScheduleProperties): void;
  snapshot(): ScheduleRecord[];
  /** Starts the timers. */
  open(): void;
}

const DEFAULT_GROUP = 'default';

/** What the log keeps of times is text. */
const plain = (properties: ScheduleProperties): ScheduleProperties => JSON.parse(JSON.stringify(properties)) as ScheduleProperties;

export const createBook = ({ scheduler, log, region, account }: Ground, fire: (schedule: Schedule, due: number) => void): Book => {
  const all = new Map<string, Schedule>();
  const groups = new Map<string, number>([[DEFAULT_GROUP, scheduler.now()]]);
  const place = `${region}:${account}`;
  /** What the template has, what of it stands unchanged, and what of it calls took away. */
  const ofTemplate = new Set<string>();
  const defined = new Set<string>();
  const definedGroups = new Set([DEFAULT_GROUP]);
  const groupsOfTemplate = new Set([DEFAULT_GROUP]);
  const gone = new Map<string, ScheduleRecord>();
  let live = false;

  const completed = ({ key, properties }: Schedule): void =>
    commit(properties.ActionAfterCompletion === 'DELETE' ? { op: 'delete', key } : { op: 'done', key });

  const arm = (schedule: Schedule): void => {
    if (!live || !schedule.enabled || schedule.done) return;
    const now = scheduler.now();
    const due = dueAfter(schedule, now);
    if (due === undefined) {
      completed(schedule);
      return;
    }
    const flexible = schedule.windowMs > 0 ? Math.floor(scheduler.random() * schedule.windowMs) : 0;
    schedule.callOff = scheduler.after(Math.max(0, due + flexible - now), () => {
      fire(schedule, due);
      if ('at' in schedule.timing || dueAfter(schedule, Math.max(due, scheduler.now())) === undefined) completed(schedule);
      else arm(schedule);
    });
  };
  const add = (properties: ScheduleProperties, at: number, modifiedAt: number): void => {
    const schedule = scheduleOf(properties, place, at, modifiedAt);
    all.get(schedule.key)?.callOff?.();
    all.set(schedule.key, schedule);
    arm(schedule);
  };
  const remove = (key: string): void => {
    all.get(key)?.callOff?.();
    all.delete(key);
    defined.delete(key);
    if (ofTemplate.has(key)) gone.set(key, { op: 'delete', key });
  };
  const apply = (record: ScheduleRecord): void => {
    switch (record.op) {
      case 'create':
        defined.delete(keyOf(record.properties));
        gone.delete(keyOf(record.properties));
        add(record.properties, record.at, record.modifiedAt ?? record.at);
        break;
      case 'delete':
        remove(record.key);
        break;
      case 'done': {
        const schedule = all.get(record.key);
        schedule?.callOff?.();
        if (schedule) schedule.done = true;
        break;
      }
      case 'group':
        groups.set(record.name, record.at);
        gone.delete(`${record.name}/`);
        break;
      case 'group-gone':
        for (const key of [...all.keys()]) if (key.startsWith(`${record.name}/`)) remove(key);
        groups.delete(record.name);
        definedGroups.delete(record.name);
        if (groupsOfTemplate.has(record.name)) gone.set(`${record.name}/`, record);
        break;
    }
  };
  const commit = (record: ScheduleRecord): void => {
    const kept = record.op === 'create' ? { ...record, properties: plain(record.properties) } : record;
    apply(kept);
    log.write('schedules', kept);
  };
  const defineGroup = (name: string): void => {
    definedGroups.add(name);
    groupsOfTemplate.add(name);
    groups.set(name, scheduler.now());
  };

  return {
    all,
    groups,
    define: (properties) => {
      const { GroupName = DEFAULT_GROUP } = properties;
      if (!groups.has(GroupName)) defineGroup(GroupName);
      const now = scheduler.now();
      add(properties, now, now);
      ofTemplate.add(keyOf(properties));
      defined.add(keyOf(properties));
    },
    defineGroup,
    commit,
    apply,
    check: (properties) => {
      const { GroupName = DEFAULT_GROUP } = properties;
      scheduleOf(plain(properties), place, scheduler.now());
      if (!groups.has(GroupName)) throw new AwsError('ResourceNotFoundException', `Schedule group ${GroupName} does not exist.`);
    },
    snapshot: () => [
      ...gone.values(),
      ...[...groups].flatMap(([name, at]): ScheduleRecord[] => (definedGroups.has(name) ? [] : [{ op: 'group', name, at }])),
      ...[...all.values()].flatMap(({ key, properties, createdAt, modifiedAt, done }): ScheduleRecord[] => [
        ...(defined.has(key) ? [] : [{ op: 'create' as const, properties, at: createdAt, modifiedAt }]),
        ...(done ? [{ op: 'done' as const, key }] : []),
      ]),
    ],
    open: () => {
      live = true;
      for (const schedule of [...all.values()]) arm(schedule);
    },
  };
};
