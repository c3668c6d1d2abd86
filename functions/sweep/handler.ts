import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { dynamoDb, sqs } from '../../shared/lambda/clients.ts';
import { lazily, setting } from '../../shared/lambda/doors.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { executionsStore } from '../../shared/stores/executions.ts';
import { journalStore } from '../../shared/stores/journal.ts';
import { resourcesStore } from '../../shared/stores/resources.ts';
import { sweep } from './sweep.ts';

/** The door of `sweep`: the schedule's minute. What it looks for stands in sweep.ts. */
export const create = (runtime: Runtime) => {
  const client = dynamoDb(runtime);
  const queue = sqs(runtime);
  const { clock, log } = runtime;

  /** Puts a word about a run on a room's queue, as the bus would. */
  const telling =
    (QueueUrl: string, type: string) =>
    async (executionId: string): Promise<void> => {
      const now = clock.now();
      const head = { id: `sweep-${executionId}-${now}`, 'detail-type': type, source: 'swoe', time: iso(now) };
      await queue.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ ...head, detail: { executionId } }) }));
    };

  return sweep({
    executions: executionsStore(client, setting(runtime, 'EXECUTIONS_TABLE')),
    resources: resourcesStore(client, setting(runtime, 'RESOURCES_TABLE')),
    journal: journalStore({ client, name: setting(runtime, 'JOURNAL_TABLE'), runtime }),
    clock,
    log,
    start: telling(setting(runtime, 'TRIGGER_QUEUE_URL'), 'execution.unstarted'),
    end: telling(setting(runtime, 'FINISH_QUEUE_URL'), 'execution.deadline'),
  });
};

export const handler = lazily(create);
