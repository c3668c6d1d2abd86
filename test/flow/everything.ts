import type { system } from './system.ts';
import { ask } from './verdict.ts';

type Running = Awaited<ReturnType<typeof system>>;

const tablesOf = async (running: Running): Promise<[string, unknown][]> => {
  const { TableNames } = await ask<{ TableNames: string[] }>(running, 'dynamodb', 'ListTables', {});
  const scanned = TableNames.map(async (TableName): Promise<[string, unknown]> => {
    const items: unknown[] = [];
    let ExclusiveStartKey: unknown;
    do {
      const page = await ask<{ Items: unknown[]; LastEvaluatedKey?: unknown }>(running, 'dynamodb', 'Scan', {
        TableName,
        ExclusiveStartKey,
      });
      items.push(...page.Items);
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return [TableName, items];
  });
  return Promise.all(scanned);
};

/** Every history of every machine, with what went in and came out of its states. */
const historiesOf = async (running: Running): Promise<[string, unknown][]> => {
  const { stateMachines } = await ask<{ stateMachines: { stateMachineArn: string }[] }>(running, 'states', 'ListStateMachines', {});
  const found: [string, unknown][] = [];
  for (const { stateMachineArn } of stateMachines) {
    const { executions } = await ask<{ executions: { executionArn: string }[] }>(running, 'states', 'ListExecutions', { stateMachineArn });
    for (const { executionArn } of executions)
      found.push([
        executionArn,
        [
          await ask(running, 'states', 'DescribeExecution', { executionArn }),
          await ask(running, 'states', 'GetExecutionHistory', { executionArn, includeExecutionData: true, maxResults: 1000 }),
        ],
      ]);
  }
  return found;
};

/** Everything that this machine keeps, by where it stands: tables, histories, the archive, what waits in queues, and log lines. */
export const everythingKept = async (running: Running): Promise<ReadonlyMap<string, string>> => {
  const { events, queues } = running.machine.engines;
  const all: [string, unknown][] = [
    ...(await tablesOf(running)),
    ...(await historiesOf(running)),
    // So few events lie in the archive as they came, and not yet packed.
    ['the bus and its archive', events.snapshot()],
    ['queues', queues.snapshot()],
    ['log lines', running.lines],
  ];
  return new Map(all.map(([place, kept]) => [place, JSON.stringify(kept)]));
};
