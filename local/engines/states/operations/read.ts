import type { HistoryEvent } from '../../../../statemachines/interpret/protocol.ts';
import { validateText } from '../../../../statemachines/interpret/validate/validate.ts';
import type { Entry } from '../entry.ts';
import { optionalText, seconds, textOf } from '../names.ts';
import { standing } from '../runs.ts';
import { entryAt, machineAt } from '../store.ts';
import { type Operation, page } from './context.ts';

const INCLUDED = { included: true } as const;

const briefly = ({ arn, machine, started, ending }: Entry): Record<string, unknown> => ({
  executionArn: arn,
  stateMachineArn: machine.arn,
  name: started.name,
  status: ending?.status ?? 'RUNNING',
  startDate: seconds(started.at),
  ...(ending ? { stopDate: seconds(ending.stoppedAt) } : {}),
  redriveCount: 0,
});

export const describeExecution: Operation = async ({ store }, input) => {
  const entry = entryAt(store, textOf(input, 'executionArn'));
  const { ending, inputText } = entry;
  return {
    ...briefly(entry),
    input: inputText,
    inputDetails: INCLUDED,
    ...(ending?.output === undefined ? {} : { output: ending.output, outputDetails: INCLUDED }),
    ...(ending?.error === undefined ? {} : { error: ending.error }),
    ...(ending?.cause === undefined ? {} : { cause: ending.cause }),
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: ending ? 'SWOE starts a linked execution instead of redriving one' : 'Execution is RUNNING and cannot be redriven',
  };
};

/** Newest first, as AWS lists them. */
export const listExecutions: Operation = async ({ store }, input) => {
  const { arn } = machineAt(store, textOf(input, 'stateMachineArn'));
  const status = optionalText(input, 'statusFilter');
  const all = (store.byMachine.get(arn) ?? []).filter(({ ending }) => !status || (ending?.status ?? 'RUNNING') === status).reverse();
  const { items, ...rest } = page(all, input);
  return { executions: items.map(briefly), ...rest };
};

const shown = (event: HistoryEvent): Record<string, unknown> => ({ ...event, timestamp: seconds(event.timestamp) });

export const getExecutionHistory: Operation = async (context, input) => {
  const { history } = await standing(context, entryAt(context.store, textOf(input, 'executionArn')));
  const { items, ...rest } = page(input['reverseOrder'] === true ? [...history].reverse() : history, input);
  return { events: items.map(shown), ...rest };
};

export const describeStateMachine: Operation = async ({ store }, input) => {
  const { arn, name, text, roleArn, createdAt } = machineAt(store, textOf(input, 'stateMachineArn'));
  return {
    stateMachineArn: arn,
    name,
    status: 'ACTIVE',
    definition: text,
    roleArn,
    type: 'STANDARD',
    creationDate: seconds(createdAt),
    loggingConfiguration: { level: 'OFF', includeExecutionData: false },
    tracingConfiguration: { enabled: false },
  };
};

export const describeStateMachineForExecution: Operation = async ({ store }, input) => {
  const { machine } = entryAt(store, textOf(input, 'executionArn'));
  const { arn, name, text, roleArn, createdAt } = machine;
  return { stateMachineArn: arn, name, definition: text, roleArn, updateDate: seconds(createdAt) };
};

export const listStateMachines: Operation = async ({ store }, input) => {
  const { items, ...rest } = page([...store.machines.values()], input);
  return {
    stateMachines: items.map(({ arn, name, createdAt }) => ({
      stateMachineArn: arn,
      name,
      type: 'STANDARD',
      creationDate: seconds(createdAt),
    })),
    ...rest,
  };
};

export const validateStateMachineDefinition: Operation = async (_context, input) => {
  const complaints = validateText(textOf(input, 'definition'));
  return {
    result: complaints.length === 0 ? 'OK' : 'FAIL',
    diagnostics: complaints.map(({ code, place, cause, mend }) => ({
      severity: 'ERROR',
      code,
      message: `${cause} ${mend}`,
      location: place,
    })),
    truncated: false,
  };
};
