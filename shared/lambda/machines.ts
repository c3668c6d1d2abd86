import { SendTaskFailureCommand, SendTaskSuccessCommand, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { LIVE } from '../contracts/live.ts';
import { stepFunctions } from './clients.ts';
import { setting } from './doors.ts';
import { say } from './log.ts';
import type { Runtime } from './runtime.ts';

/** A token that the state machine no longer waits for: the step timed out, was cancelled, or was answered before. */
const GONE = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']);
const isNamed = (error: unknown, names: ReadonlySet<string>): boolean => error instanceof Error && names.has(error.name);

/** Starting and stopping state machines, by execution id (`<workflow>-<incident>`). */
export const machines = (runtime: Runtime) => {
  const client = stepFunctions(runtime);
  const prefix = setting(runtime, 'STATE_MACHINE_PREFIX');
  return {
    /** Idempotent: an execution of this name that exists already is the one that was wanted. */
    start: async (workflow: string, executionId: string, input: string): Promise<void> => {
      try {
        await client.send(new StartExecutionCommand({ stateMachineArn: `${prefix}${workflow}:${LIVE}`, name: executionId, input }));
      } catch (error) {
        if (!isNamed(error, new Set(['ExecutionAlreadyExists']))) throw error;
      }
    },

    /** False where there is no such execution to stop. */
    stop: async (workflow: string, executionId: string, error: string, cause: string): Promise<boolean> => {
      const executionArn = `${prefix.replace(':stateMachine:', ':execution:')}${workflow}:${executionId}`;
      try {
        await client.send(new StopExecutionCommand({ executionArn, error, cause }));
        return true;
      } catch (failure) {
        if (isNamed(failure, new Set(['ExecutionDoesNotExist']))) return false;
        throw failure;
      }
    },
  };
};

/** Answering the state machine's waiting task. A token that is gone is said, not thrown: nothing waits for it any more. */
export const tokens = (runtime: Runtime) => {
  const client = stepFunctions(runtime);
  const answer = async (send: () => Promise<unknown>): Promise<boolean> => {
    try {
      await send();
      return true;
    } catch (error) {
      if (!isNamed(error, GONE)) throw error;
      say(runtime.log, 'info', 'token.expired', { error: (error as Error).name });
      return false;
    }
  };
  return {
    /** `output` is ids only, at most 1 KB. */
    succeed: (taskToken: string, output: object): Promise<boolean> =>
      answer(() => client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }))),
    fail: (taskToken: string, error: string, cause: string): Promise<boolean> =>
      answer(() => client.send(new SendTaskFailureCommand({ taskToken, error, cause: cause.slice(0, 1000) }))),
  };
};

export type Tokens = ReturnType<typeof tokens>;
