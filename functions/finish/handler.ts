import type { SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { FinishCommand } from '../../shared/contracts/execution.ts';
import { ExecutionControl, ExecutionDeadline, WorkflowSuperseded } from '../../shared/contracts/run-events.ts';
import { stepsOf } from '../../shared/contracts/workflow.ts';
import { ownBus } from '../../shared/lambda/bus.ts';
import { dynamoDb } from '../../shared/lambda/clients.ts';
import { deadlines } from '../../shared/lambda/deadlines.ts';
import { type BusEvent, lazily, setting, sqsDoor, taskDoor } from '../../shared/lambda/doors.ts';
import { machines } from '../../shared/lambda/machines.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { executionsStore } from '../../shared/stores/executions.ts';
import { journalStore } from '../../shared/stores/journal.ts';
import { kernelStore } from '../../shared/stores/kernel.ts';
import { resourcesStore } from '../../shared/stores/resources.ts';
import { workflowNamed } from '../../workflows/index.ts';
import { onCancel, onDeadline, onSuperseded } from './command.ts';
import { type FinishDeps, finish } from './finish.ts';
import type { Ended } from './tell.ts';

/** A state machine's own word on its end (`Step Functions Execution Status Change`). */
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

/** Why, where Step Functions does not say so. */
const UNSAID: Record<z.infer<typeof StatusChange>['status'], string> = {
  SUCCEEDED: '',
  FAILED: 'the state machine failed and did not say why',
  TIMED_OUT: 'the state machine reached its ceiling',
  ABORTED: 'the state machine was stopped by hand',
};

const isQueue = (event: unknown): event is SQSEvent => Array.isArray((event as { Records?: unknown }).Records);

const depsOf = (runtime: Runtime): FinishDeps => {
  const client = dynamoDb(runtime);
  const machine = machines(runtime);
  return {
    executions: executionsStore(client, setting(runtime, 'EXECUTIONS_TABLE')),
    resources: resourcesStore(client, setting(runtime, 'RESOURCES_TABLE')),
    journal: journalStore({ client, name: setting(runtime, 'JOURNAL_TABLE'), runtime }),
    bus: ownBus(runtime),
    kernel: kernelStore(client, setting(runtime, 'KERNEL_TABLE')),
    deadline: deadlines(runtime),
    withinOf: (workflow, name) => stepsOf(workflowNamed(workflow)?.steps ?? []).find((step) => step.name === name)?.within,
    stop: ({ workflow, id }, error, cause) => machine.stop(workflow, id, error, cause),
    clock: runtime.clock,
    log: runtime.log,
  };
};

/** Two doors of `finish`: the machine's last state calls it, and everyone else's word on an end reaches it through a queue. Both lead to finish.ts. */
export const create = (runtime: Runtime) => {
  const deps = depsOf(runtime);
  const end = finish(deps);

  const task = taskDoor(runtime, FinishCommand, async (command: FinishCommand): Promise<object> => {
    if (command.op === 'complete') await end(command.executionId, { status: 'COMPLETED', cause: '' });
    else {
      const cause = `${command.error.Error ?? 'Unknown'}: ${command.error.Cause ?? ''}`.slice(0, 500);
      await end(command.executionId, { status: 'FAILED', cause });
    }
    return {};
  });

  const [late, superseded, cancel] = [onDeadline(deps, end), onSuperseded(deps, end), onCancel(deps, end)];
  const doors: Readonly<Record<string, (detail: unknown) => Promise<void>>> = {
    'execution.deadline': (detail) => late(ExecutionDeadline.parse(detail).executionId),
    'workflow.superseded': (detail) => superseded(WorkflowSuperseded.parse(detail).executionId),
    'execution.control': (detail) => cancel(ExecutionControl.parse(detail)),
  };
  const onStatusChange = async (detail: unknown): Promise<void> => {
    const { name, status, error, cause } = StatusChange.parse(detail);
    const why = [error, cause].filter(Boolean).join(': ') || UNSAID[status];
    await end(name, { status: ENDED_AS[status], cause: why.slice(0, 500) });
  };
  const queue = sqsDoor(runtime, ({ 'detail-type': type, detail }: BusEvent): Promise<void> => (doors[type] ?? onStatusChange)(detail));

  return (event: unknown, context?: unknown): Promise<unknown> => (isQueue(event) ? queue(event, context) : task(event, context));
};

export const handler = lazily(create);
