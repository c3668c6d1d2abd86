import type { HistoryEvent } from '../../../../statemachines/interpret/protocol.ts';
import { AwsError } from '../../../kernel/aws-error.ts';
import type { Entry } from '../entry.ts';
import { optionalText, seconds, textOf } from '../names.ts';
import { unpack } from '../pack.ts';
import { redriveState } from '../redrivable.ts';
import { standing } from '../runs.ts';
import { entryAt, machineAt, splitArn } from '../store.ts';
import { type Context, type Operation, page, pageBy, type Wire } from './context.ts';

/** Executions as they are described and listed, and their histories. */

const statusOf = ({ ending }: Entry): string => ending?.status ?? 'RUNNING';

const briefly = ({ arn, revision, birth, ending, redrives, redrivenAt, ...entry }: Entry): Wire => ({
  executionArn: arn,
  stateMachineArn: revision.arn,
  name: birth.name,
  status: statusOf({ arn, revision, birth, ending, redrives, ...entry }),
  startDate: seconds(birth.at),
  ...(ending ? { stopDate: seconds(ending.stoppedAt) } : {}),
  ...(birth.versionArn === undefined ? {} : { stateMachineVersionArn: birth.versionArn }),
  ...(birth.aliasArn === undefined ? {} : { stateMachineAliasArn: birth.aliasArn }),
  redriveCount: redrives,
  ...(redrivenAt === undefined ? {} : { redriveDate: seconds(redrivenAt) }),
});

const taleOf = ({ live, packed }: Entry): { input: string; output?: string; error?: string; cause?: string } =>
  live ?? (packed === undefined ? { input: '{}' } : unpack(packed));

export const describeExecution: Operation = async ({ store, ground }, input) => {
  const entry = entryAt(store, textOf(input, 'executionArn'));
  const { input: given, output, error, cause } = taleOf(entry);
  const { redriveStatus, redriveStatusReason } = redriveState(entry, ground.scheduler.now());
  const included = input['includedData'] !== 'METADATA_ONLY';
  const details = { included };
  return {
    ...briefly(entry),
    ...(included ? { input: given } : {}),
    inputDetails: details,
    ...(output === undefined ? {} : { ...(included ? { output } : {}), outputDetails: details }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
    redriveStatus,
    ...(redriveStatusReason === null ? {} : { redriveStatusReason }),
  };
};

/** Which executions a list asks for: by status, by redrives, and by the version or alias they were started under. */
const wanted = (input: Wire, arn: string): ((entry: Entry) => boolean) => {
  const status = optionalText(input, 'statusFilter');
  const redriven = optionalText(input, 'redriveFilter');
  const { qualifier } = splitArn(arn);
  return (entry) =>
    (!status || statusOf(entry) === status) &&
    (!redriven || (redriven === 'REDRIVEN') === entry.redrives > 0) &&
    (!qualifier || entry.birth.versionArn === arn || entry.birth.aliasArn === arn);
};

/** Newest first, as AWS lists them. */
export const listExecutions: Operation = async ({ store }, input) => {
  if (input['mapRunArn'] !== undefined)
    throw new AwsError('ValidationException', 'A distributed Map runs in its own execution here and has no executions to list.');
  const arn = textOf(input, 'stateMachineArn');
  const machine = machineAt(store, arn);
  const all = [...(store.byMachine.get(machine.arn)?.values() ?? [])].filter(wanted(input, arn)).reverse();
  const { items, ...rest } = pageBy(all, input, ({ ordinal }) => ordinal, 'falling');
  return { executions: items.map(briefly), ...rest };
};

const DATA = new Set(['input', 'inputDetails', 'output', 'outputDetails', 'parameters', 'assignedVariables', 'assignedVariablesDetails']);

/** An event on the wire; without its data where that was not asked for. */
const shown = (event: HistoryEvent, whole: boolean): Wire => {
  const wire: Wire = { ...event, timestamp: seconds(event.timestamp) };
  if (whole) return wire;
  for (const [member, value] of Object.entries(wire)) {
    if (member.endsWith('EventDetails'))
      wire[member] = Object.fromEntries(Object.entries(value as Wire).filter(([name]) => !DATA.has(name)));
  }
  return wire;
};

const historyOf = async (context: Context, input: Wire): Promise<readonly HistoryEvent[]> =>
  (await standing(context, entryAt(context.store, textOf(input, 'executionArn')))).history;

export const getExecutionHistory: Operation = async (context, input) => {
  const history = await historyOf(context, input);
  const { items, ...rest } =
    input['reverseOrder'] === true ? pageBy([...history].reverse(), input, ({ id }) => id, 'falling') : page(history, input);
  return { events: items.map((event) => shown(event, input['includeExecutionData'] !== false)), ...rest };
};
