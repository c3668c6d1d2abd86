import { Refusal } from '../kernel/refusal.ts';
import type { Look } from './look.ts';
import { ask, moment, type Show } from './view.ts';

interface Listed {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: string;
  readonly startDate: number | Date;
  readonly stopDate?: number | Date;
}

/** The wire's seconds, or a date. */
const at = (date: number | Date | undefined): string =>
  date === undefined ? '' : moment(date instanceof Date ? date.getTime() : date < 1e11 ? date * 1000 : date);

const pages = async <T>(look: Look, operation: string, key: string, input: Record<string, unknown>): Promise<T[]> => {
  const all: T[] = [];
  let nextToken: unknown;
  do {
    const page = await ask<Record<string, unknown>>(look, 'states', operation, { ...input, ...(nextToken ? { nextToken } : {}) });
    all.push(...(page[key] as T[]));
    nextToken = page['nextToken'];
  } while (nextToken);
  return all;
};

const listed = async (look: Look): Promise<Listed[]> => {
  const machines = await pages<{ stateMachineArn: string }>(look, 'ListStateMachines', 'stateMachines', {});
  const lists = await Promise.all(
    machines.map(({ stateMachineArn }) => pages<Listed>(look, 'ListExecutions', 'executions', { stateMachineArn })),
  );
  return lists.flat().sort((a, b) => (at(a.startDate) < at(b.startDate) ? -1 : 1));
};

export const executions: Show = async (look) => [
  {
    title: 'Executions',
    rows: (await listed(look)).map(({ name, status, startDate, stopDate, stateMachineArn }) => ({
      execution: name,
      machine: stateMachineArn.split(':').at(-1),
      status,
      started: at(startDate),
      stopped: at(stopDate),
    })),
    none: 'none was ever started',
  },
];

export const execution: Show = async (look, name) => {
  const found = (await listed(look)).find((one) => one.name === name || one.executionArn === name);
  if (!found) throw new Refusal(`There is no execution ${name}: npm run inspect -- executions lists them.`);
  const { executionArn } = found;
  // Rebuilds what was under way. The clock of this machine never moves, so nothing of it goes on.
  look.machine.engines.states.resume();
  const { startDate, stopDate, ...described } = await ask<Record<string, unknown>>(look, 'states', 'DescribeExecution', { executionArn });
  const history = await pages<Record<string, unknown>>(look, 'GetExecutionHistory', 'events', { executionArn });
  return [
    {
      title: found.name,
      rows: [{ ...described, startDate: at(startDate as number), stopDate: at(stopDate as number | undefined) }],
      none: '',
    },
    {
      title: 'History',
      rows: history.map(({ id, previousEventId, timestamp, type, ...details }) => ({
        id,
        after: previousEventId,
        at: at(timestamp as number),
        type,
        details: Object.values(details)[0],
      })),
      none: 'nothing happened yet',
    },
  ];
};
