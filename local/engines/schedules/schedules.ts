import { AwsError } from '../../kernel/aws-error.ts';
import type { Ground, Serve } from '../../kernel/engine.ts';
import type { Durable } from '../../kernel/log.ts';
import { createBook, type ScheduleRecord } from './book.ts';
import { operations } from './operations.ts';
import { inputFor, type Schedule, type ScheduleProperties } from './schedule.ts';

export type { ScheduleProperties } from './schedule.ts';

export interface SchedulesDeps {
  /** Enqueues in this very turn; throws where the queue does not exist. */
  send: (queueArn: string, body: string) => void;
  /** Starts a function that answers nobody. */
  invokeAsync: (functionArn: string, payload: unknown) => void;
}

export interface Schedules extends Durable {
  /** A schedule of the template. */
  define(properties: ScheduleProperties): void;
  serve: Serve;
}

const wholeSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, -5)}Z`;

/** The EventBridge Scheduler of the local run, on its clock. */
export const createSchedules = (ground: Ground, deps: SchedulesDeps): Schedules => {
  const { scheduler, log, region, account, meter } = ground;

  const fire = (schedule: Schedule, due: number): void => {
    const { Target } = schedule.properties;
    const input = inputFor(schedule, { id: scheduler.uuid(), time: wholeSeconds(due), region, account });
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
  const book = createBook(ground, fire);
  const served = operations(book);

  return {
    name: 'schedules',
    define: book.define,
    serve: async (operation, input) => {
      const run = Object.hasOwn(served, operation) ? served[operation] : undefined;
      if (!run) throw new AwsError('UnknownOperationException', `The local Scheduler does not serve ${operation}.`);
      const answer = run(input);
      await log.settled();
      return answer;
    },
    replay: (record) => book.apply(record as ScheduleRecord),
    snapshot: book.snapshot,
    resume: book.open,
  };
};
