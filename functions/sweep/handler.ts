import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Execution } from '../../shared/contracts/execution.ts';
import { machineInput } from '../../shared/domain/begin.ts';
import { yieldOn } from '../../shared/domain/hand-over.ts';
import { ownBus } from '../../shared/lambda/bus.ts';
import { dynamoDb, sqs } from '../../shared/lambda/clients.ts';
import { deadlines } from '../../shared/lambda/deadlines.ts';
import { lazily, setting } from '../../shared/lambda/doors.ts';
import { iso } from '../../shared/lambda/ids.ts';
import { machines } from '../../shared/lambda/machines.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { executionsStore } from '../../shared/stores/executions.ts';
import { incidentsStore } from '../../shared/stores/incidents.ts';
import { journalStore } from '../../shared/stores/journal.ts';
import { resourcesStore } from '../../shared/stores/resources.ts';
import { workflowNamed } from '../../workflows/index.ts';
import { sweep } from './sweep.ts';

/** The door of `sweep`: the schedule's minute. What it looks for stands in sweep.ts. */
export const create = (runtime: Runtime) => {
  const client = dynamoDb(runtime);
  const queue = sqs(runtime);
  const QueueUrl = setting(runtime, 'FINISH_QUEUE_URL');
  const { clock, log } = runtime;
  const [machine, deadline] = [machines(runtime), deadlines(runtime)];
  const stores = {
    executions: executionsStore(client, setting(runtime, 'EXECUTIONS_TABLE')),
    resources: resourcesStore(client, setting(runtime, 'RESOURCES_TABLE')),
    incidents: incidentsStore(client, setting(runtime, 'INCIDENTS_TABLE')),
    journal: journalStore({ client, name: setting(runtime, 'JOURNAL_TABLE'), runtime }),
  };

  const start = async (execution: Execution): Promise<void> => {
    await deadline.set(execution);
    await machine.start(execution.workflow, execution.id, machineInput(execution));
  };

  const end = async (executionId: string): Promise<void> => {
    const now = clock.now();
    const head = { id: `sweep-${executionId}-${now}`, 'detail-type': 'execution.deadline', source: 'swoe', time: iso(now) };
    await queue.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ ...head, detail: { executionId } }) }));
  };

  const supersedes = (name: string) => workflowNamed(name)?.supersedes ?? [];
  const giveWay = yieldOn({ ...stores, clock, bus: ownBus(runtime), supersedes }, 'system/sweep');
  return sweep({ ...stores, clock, log, giveWay, start, end });
};

export const handler = lazily(create);
