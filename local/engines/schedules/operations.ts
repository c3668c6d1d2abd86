import { AwsError } from '../../kernel/aws-error.ts';
import type { Book } from './book.ts';
import { keyOf, type Schedule, type ScheduleProperties } from './schedule.ts';

type Operation = (input: Record<string, unknown>) => Record<string, unknown>;

const described = ({ properties, arn, createdAt, enabled }: Schedule): Record<string, unknown> => {
  const { ClientToken: _, ...known } = properties;
  return {
    GroupName: 'default',
    ActionAfterCompletion: 'NONE',
    ...known,
    Arn: arn,
    State: enabled ? 'ENABLED' : 'DISABLED',
    CreationDate: createdAt / 1000,
    LastModificationDate: createdAt / 1000,
  };
};

export const operations = (book: Book): Readonly<Record<string, Operation>> => {
  const find = (input: Record<string, unknown>): Schedule => {
    const schedule = book.all.get(keyOf(input as { Name: string; GroupName?: string }));
    if (!schedule) throw new AwsError('ResourceNotFoundException', `Schedule ${String(input.Name)} does not exist.`);
    return schedule;
  };
  return {
    CreateSchedule: (input) => {
      const properties = input as unknown as ScheduleProperties;
      const known = book.all.get(keyOf(properties));
      const token = known?.properties.ClientToken;
      if (known && token !== undefined && token === properties.ClientToken) return { ScheduleArn: known.arn };
      if (known) throw new AwsError('ConflictException', `Schedule ${properties.Name} already exists.`);
      return { ScheduleArn: book.create(properties).arn };
    },
    GetSchedule: (input) => described(find(input)),
    DeleteSchedule: (input) => {
      book.remove(keyOf(find(input).properties));
      return {};
    },
    ListSchedules: ({ NamePrefix = '' }) => ({
      Schedules: [...book.all.values()].filter(({ properties }) => properties.Name.startsWith(String(NamePrefix))).map(described),
    }),
  };
};
