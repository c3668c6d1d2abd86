import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import type { Execution } from '../contracts/execution.ts';
import { scheduler } from './clients.ts';
import { setting } from './doors.ts';
import { iso, sha256 } from './ids.ts';
import { errorFields, say } from './log.ts';
import type { Runtime } from './runtime.ts';

/** A schedule's name has at most 64 characters; an execution's id may have more. */
const nameOf = (executionId: string): string => `deadline-${sha256(executionId).slice(0, 40)}`;

const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;

/** Scheduler counts whole seconds: the deadline itself, or the second after it. */
const expression = (ms: number): string => `at(${iso(Math.ceil(ms / 1000) * 1000).slice(0, 19)})`;

/** A deadline that has passed before its schedule was made is met this soon (ms). */
const SOON_MS = 2_000;

/** One-time schedules, one for each execution: at its deadline they put `execution.deadline` on the queue of `finish`, and are gone. */
export const deadlines = (runtime: Runtime) => {
  const client = scheduler(runtime);
  const GroupName = setting(runtime, 'DEADLINE_GROUP');
  const target = { Arn: setting(runtime, 'DEADLINE_QUEUE_ARN'), RoleArn: setting(runtime, 'DEADLINE_ROLE_ARN') };

  const scheduleOf = ({ id: executionId, deadline }: Pick<Execution, 'id' | 'deadline'>): CreateScheduleCommandInput => ({
    Name: nameOf(executionId),
    GroupName,
    ScheduleExpression: expression(Math.max(Date.parse(deadline), runtime.clock.now() + SOON_MS)),
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: 'DELETE',
    Target: {
      ...target,
      Input: JSON.stringify({
        id: '<aws.scheduler.execution-id>',
        'detail-type': 'execution.deadline',
        source: 'swoe',
        time: '<aws.scheduler.scheduled-time>',
        detail: { executionId },
      }),
    },
  });

  return {
    /** Made, or moved to where the deadline is now. */
    set: async (execution: Pick<Execution, 'id' | 'deadline'>): Promise<void> => {
      const schedule = scheduleOf(execution);
      try {
        await client.send(new CreateScheduleCommand(schedule));
      } catch (error) {
        if (!isNamed(error, 'ConflictException')) throw error;
        await client.send(new UpdateScheduleCommand(schedule));
      }
    },

    /** Taken away. One that is left fires once into nothing, so a failure is said and no more. */
    clear: async (executionId: string): Promise<void> => {
      try {
        await client.send(new DeleteScheduleCommand({ GroupName, Name: nameOf(executionId) }));
      } catch (error) {
        if (!isNamed(error, 'ResourceNotFoundException')) say(runtime.log, 'info', 'deadline.left', { executionId, ...errorFields(error) });
      }
    },
  };
};

export type Deadlines = ReturnType<typeof deadlines>;
