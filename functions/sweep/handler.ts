import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Execution } from '../../shared/contracts/execution.ts';
import { machineInput } from '../../shared/domain/begin.ts';
import { dynamoDb, sqs } from '../../shared/lambda/clients.ts';
import { lazily, setting } from '../../shared/lambda/doors.ts';
import { iso } from '../../shared/lambda/ids.ts';
import { machines } from '../../shared/lambda/machines.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { executionsStore } from '../../shared/stores/executions.ts';
import { journalStore } from '../../shared/stores/journal.ts';
import { resourcesStore } from '../../shared/stores/resources.ts';
import { sweep } from './sweep.ts';

/** The door of `sweep`: the schedule's minute. What it looks for stands in sweep.ts. */
export const create = (runtime: Runtime) => {
  const client = dynamoDb(runtime);
  const queue = sqs(runtime);
  const QueueUrl = setting(runtime, 'FINISH_QUEUE_URL');
  const { clock, log } = runtime;
  const machine = machines(runtime);

  const start = (execution: Execution): Promise<void> => machine.start(execution.workflow, execution.id, machineInput(execution));

  const end = async (name: string, status: string, cause: string): Promise<void> => {
    const now = clock.now();
    const body = {
      id: `sweep-${name}-${now}`,
      'detail-type': 'execution.overdue',
      source: 'swoe',
      time: iso(now),
      detail: { name, status, cause },
    };
    await queue.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) }));
  };

  return sweep({
    executions: executionsStore(client, setting(runtime, 'EXECUTIONS_TABLE')),
    resources: resourcesStore(client, setting(runtime, 'RESOURCES_TABLE')),
    journal: journalStore({ client, name: setting(runtime, 'JOURNAL_TABLE'), runtime }),
    clock,
    log,
    start,
    stop: ({ workflow, id }, error, cause) => machine.stop(workflow, id, error, cause),
    end,
  });
};

export const handler = lazily(create);
