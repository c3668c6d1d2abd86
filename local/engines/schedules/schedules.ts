import { AwsError } from '../../kernel/aws-error.ts';
import type { Ground, Serve } from '../../kernel/engine.ts';
import type { Durable } from '../../kernel/log.ts';
import type { PendingRecord } from '../delivery/pending.ts';
import { createBook, type ScheduleRecord } from './book.ts';
import { createFiring, type Invocation, type SchedulesDeps } from './fire.ts';
import { operations } from './operations.ts';
import type { ScheduleProperties } from './schedule.ts';

export type { ScheduleProperties } from './schedule.ts';

export interface Schedules extends Durable {
  /** A schedule of the template, and a group of it. */
  define(properties: ScheduleProperties): void;
  defineGroup(name: string): void;
  serve: Serve;
}

/** The EventBridge Scheduler of the local run, on its clock. */
export const createSchedules = (ground: Ground, deps: SchedulesDeps): Schedules => {
  const firing = createFiring(ground, deps);
  const book = createBook(ground, firing.fire);
  const served = operations(book, ground);

  return {
    name: 'schedules',
    define: book.define,
    defineGroup: book.defineGroup,
    serve: async (operation, input) => {
      const run = Object.hasOwn(served, operation) ? served[operation] : undefined;
      if (!run) throw new AwsError('UnknownOperationException', `The local Scheduler does not serve ${operation}.`);
      const answer = run(input);
      await ground.log.settled();
      return answer;
    },
    replay: (given) => {
      const record = given as ScheduleRecord | PendingRecord<Invocation>;
      if (record.op === 'pending' || record.op === 'settled') firing.pending.apply(record);
      else book.apply(record);
    },
    snapshot: () => [
      ...book.snapshot(),
      ...Array.from(firing.pending.all(), (delivery): PendingRecord<Invocation> => ({ op: 'pending', delivery })),
    ],
    resume: () => {
      book.open();
      firing.pending.resume();
    },
  };
};
