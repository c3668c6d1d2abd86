import type { SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { FinishCommand } from '../../shared/contracts/execution.ts';
import { ownBus } from '../../shared/lambda/bus.ts';
import { dynamoDb } from '../../shared/lambda/clients.ts';
import { type BusEvent, lazily, setting, sqsDoor, taskDoor } from '../../shared/lambda/doors.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { executionsStore } from '../../shared/stores/executions.ts';
import { journalStore } from '../../shared/stores/journal.ts';
import { resourcesStore } from '../../shared/stores/resources.ts';
import { type Ended, finish } from './finish.ts';

/** A state machine's own word on its end (`Step Functions Execution Status Change`), or the sweep's in the same shape. */
const StatusChange = z.looseObject({
  name: z.string(),
  status: z.enum(['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']),
  error: z.string().nullish(),
  cause: z.string().nullish(),
});

const ENDED_AS: Record<z.infer<typeof StatusChange>['status'], Ended> = {
  SUCCEEDED: 'COMPLETED',
  FAILED: 'FAILED',
  TIMED_OUT: 'TIMEOUT',
  ABORTED: 'CANCELLED',
};

const isQueue = (event: unknown): event is SQSEvent => Array.isArray((event as { Records?: unknown }).Records);

/** Two doors of `finish`: the machine's last state calls it, and status changes reach it through a queue. Both lead to finish.ts. */
export const create = (runtime: Runtime) => {
  const client = dynamoDb(runtime);
  const { clock, log } = runtime;
  const end = finish({
    executions: executionsStore(client, setting(runtime, 'EXECUTIONS_TABLE')),
    resources: resourcesStore(client, setting(runtime, 'RESOURCES_TABLE')),
    journal: journalStore({ client, name: setting(runtime, 'JOURNAL_TABLE'), runtime }),
    bus: ownBus(runtime),
    clock,
    log,
  });

  const task = taskDoor(runtime, FinishCommand, async (command: FinishCommand): Promise<object> => {
    if (command.op === 'complete') await end(command.executionId, 'COMPLETED', '');
    else await end(command.executionId, 'FAILED', `${command.error.Error ?? 'Unknown'}: ${command.error.Cause ?? ''}`.slice(0, 500));
    return {};
  });

  const queue = sqsDoor(runtime, async ({ detail }: BusEvent): Promise<void> => {
    const { name, status, error, cause } = StatusChange.parse(detail);
    await end(name, ENDED_AS[status], [error, cause].filter(Boolean).join(': ').slice(0, 500));
  });

  return (event: unknown, context?: unknown): Promise<unknown> => (isQueue(event) ? queue(event, context) : task(event, context));
};

export const handler = lazily(create);
