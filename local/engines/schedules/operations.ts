import { AwsError } from '../../kernel/aws-error.ts';
import type { Ground } from '../../kernel/engine.ts';
import type { Book } from './book.ts';
import { keyOf, type Schedule, type ScheduleProperties } from './schedule.ts';

type Input = Record<string, unknown>;
type Operation = (input: Input) => Record<string, unknown>;

const MOST = 100;

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

const described = ({ properties, arn, createdAt, modifiedAt, enabled, from, until }: Schedule): Record<string, unknown> => {
  const { ClientToken: _, ...known } = properties;
  return {
    GroupName: 'default',
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: 'NONE',
    ...known,
    ...(from === undefined ? {} : { StartDate: new Date(from) }),
    ...(until === undefined ? {} : { EndDate: new Date(until) }),
    Arn: arn,
    State: enabled ? 'ENABLED' : 'DISABLED',
    CreationDate: new Date(createdAt),
    LastModificationDate: new Date(modifiedAt),
  };
};

const summary = (schedule: Schedule): Record<string, unknown> => {
  const { Arn, Name, GroupName, State, CreationDate, LastModificationDate } = described(schedule);
  return { Arn, Name, GroupName, State, CreationDate, LastModificationDate, Target: { Arn: schedule.properties.Target.Arn } };
};

/** One page of a list; the token is the place of the next one. */
const page = <T>(
  all: readonly T[],
  { MaxResults = MOST, NextToken = 0 }: Input,
): { items: readonly T[]; NextToken: string | undefined } => {
  const [max, from] = [Number(MaxResults), Number(NextToken)];
  if (!Number.isInteger(max) || max < 1 || max > MOST) throw invalid(`MaxResults must be between 1 and ${MOST}.`);
  if (!Number.isInteger(from) || from < 0) throw invalid('The NextToken is not valid.');
  return { items: all.slice(from, from + max), NextToken: from + max < all.length ? String(from + max) : undefined };
};

const nameIn = (input: Input): string => {
  const { Name } = input;
  if (typeof Name !== 'string' || !/^[\w.-]{1,64}$/.test(Name))
    throw invalid('A Name has 1 to 64 letters, digits, dots, hyphens or underscores.');
  return Name;
};

export const operations = (book: Book, { scheduler, region, account }: Ground): Readonly<Record<string, Operation>> => {
  const find = (input: Input): Schedule => {
    const schedule = book.all.get(keyOf(input as { Name: string; GroupName?: string }));
    if (!schedule) throw new AwsError('ResourceNotFoundException', `Schedule ${String(input['Name'])} does not exist.`);
    return schedule;
  };
  const put = (input: Input, createdAt: number): Record<string, unknown> => {
    const properties = input as unknown as ScheduleProperties;
    book.check(properties);
    book.commit({ op: 'create', properties, at: createdAt, modifiedAt: scheduler.now() });
    const arn = book.all.get(keyOf(properties))?.arn ?? `arn:aws:scheduler:${region}:${account}:schedule/${keyOf(properties)}`;
    return { ScheduleArn: arn };
  };
  const group = (name: string): Record<string, unknown> => {
    const at = book.groups.get(name);
    if (at === undefined) throw new AwsError('ResourceNotFoundException', `Schedule group ${name} does not exist.`);
    const Arn = `arn:aws:scheduler:${region}:${account}:schedule-group/${name}`;
    return { Arn, Name: name, State: 'ACTIVE', CreationDate: new Date(at), LastModificationDate: new Date(at) };
  };

  return {
    CreateSchedule: (input) => {
      const known = book.all.get(keyOf(input as { Name: string; GroupName?: string }));
      const token = known?.properties.ClientToken;
      if (known && token !== undefined && token === input['ClientToken']) return { ScheduleArn: known.arn };
      if (known) throw new AwsError('ConflictException', `Schedule ${String(input['Name'])} already exists.`);
      return put(input, scheduler.now());
    },
    GetSchedule: (input) => described(find(input)),
    // All members anew: what is left out goes back to its default.
    UpdateSchedule: (input) => put(input, find(input).createdAt),
    DeleteSchedule: (input) => {
      book.commit({ op: 'delete', key: find(input).key });
      return {};
    },
    ListSchedules: (input) => {
      const { NamePrefix = '', GroupName, State } = input;
      const wanted = [...book.all.values()].filter(
        ({ properties, enabled }) =>
          properties.Name.startsWith(String(NamePrefix)) &&
          (GroupName === undefined || GroupName === (properties.GroupName ?? 'default')) &&
          (State === undefined || State === (enabled ? 'ENABLED' : 'DISABLED')),
      );
      const { items, NextToken } = page(wanted, input);
      return { Schedules: items.map(summary), NextToken };
    },
    CreateScheduleGroup: (input) => {
      const name = nameIn(input);
      if (book.groups.has(name)) throw new AwsError('ConflictException', `Schedule group ${name} already exists.`);
      book.commit({ op: 'group', name, at: scheduler.now() });
      return { ScheduleGroupArn: group(name)['Arn'] };
    },
    GetScheduleGroup: (input) => group(nameIn(input)),
    DeleteScheduleGroup: (input) => {
      const name = nameIn(input);
      group(name);
      if (name === 'default') throw invalid('The default schedule group cannot be deleted.');
      book.commit({ op: 'group-gone', name });
      return {};
    },
    ListScheduleGroups: (input) => {
      const { NamePrefix = '' } = input;
      const names = [...book.groups.keys()].filter((name) => name.startsWith(String(NamePrefix)));
      const { items, NextToken } = page(names, input);
      return { ScheduleGroups: items.map(group), NextToken };
    },
  };
};
