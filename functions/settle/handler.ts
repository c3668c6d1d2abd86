import { dynamoDb } from '../../shared/lambda/clients.ts';
import { lazily, setting, sqsDoor } from '../../shared/lambda/doors.ts';
import { tokens } from '../../shared/lambda/machines.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { deadLettersStore } from '../../shared/stores/dead-letters.ts';
import { executionsStore } from '../../shared/stores/executions.ts';
import { journalStore } from '../../shared/stores/journal.ts';
import { settleAnswer } from './answer.ts';
import { settleReply } from './reply.ts';

/** The door of `settle`: subsystems' replies and people's answers, for the task tokens that wait for them. */
export const create = (runtime: Runtime) => {
  const client = dynamoDb(runtime);
  const { clock, log } = runtime;
  const deps = {
    executions: executionsStore(client, setting(runtime, 'EXECUTIONS_TABLE')),
    journal: journalStore({ client, name: setting(runtime, 'JOURNAL_TABLE'), runtime }),
    bury: deadLettersStore(client, setting(runtime, 'DEAD_LETTERS_TABLE')).bury,
    tokens: tokens(runtime),
    clock,
    log,
  };
  const [reply, answer] = [settleReply(deps), settleAnswer(deps)];
  return sqsDoor(runtime, (event) => (event['detail-type'] === 'approval.answered' ? answer(event) : reply(event)));
};

export const handler = lazily(create);
