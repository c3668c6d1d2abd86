import type { Active, Execution, Frame } from './execution.ts';
import type { Names } from './expression.ts';

const itemOf = (frame: Frame): Frame['item'] => frame.item ?? (frame.parent ? itemOf(frame.parent.frame) : undefined);

const iso = (ms: number): string => new Date(ms).toISOString();

/** The part of the context that stays the same for an execution until it is redriven. */
const identityOf = (execution: Execution): Record<string, unknown> => {
  const { start, input, redrives, redrivenAt } = execution;
  if (execution.identity?.['RedriveCount'] === redrives) return execution.identity;
  execution.identity = {
    Id: start.executionArn,
    Input: input.value,
    Name: start.name,
    RoleArn: start.roleArn,
    StartTime: iso(start.at),
    RedriveCount: redrives,
    ...(redrivenAt === undefined ? {} : { RedriveTime: iso(redrivenAt) }),
  };
  return execution.identity;
};

/** The context object as `$states.context` shows it. */
const contextOf = (execution: Execution, active: Active): Record<string, unknown> => {
  const item = active.frame.item ?? itemOf(active.frame);
  return {
    Execution: identityOf(execution),
    State: { Name: active.state.name, EnteredTime: iso(active.enteredAt), RetryCount: active.retryCount },
    StateMachine: execution.start.stateMachine,
    ...(active.token === undefined ? {} : { Task: { Token: active.token } }),
    ...(item === undefined ? {} : { Map: { Item: item } }),
  };
};

/** What expressions of a state see: its variables and `$states` with what is known by now. The context is built only when asked for. */
export const namesFor = (
  execution: Execution,
  active: Active,
  known: { result?: unknown; errorOutput?: unknown; item?: Frame['item'] } = {},
): Names => {
  const { item, ...rest } = known;
  return {
    ...active.frame.variables,
    states: {
      input: active.input.value,
      ...rest,
      get context() {
        const context = contextOf(execution, active);
        return item ? { ...context, Map: { Item: item } } : context;
      },
    },
  };
};

export const worldOf = ({ now, chance }: Execution) => ({ now, chance });
