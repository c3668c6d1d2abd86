import { bug, edit } from './bug.ts';

/** Bugs of the machine that stands in for AWS. */
export const machineBugs = [
  bug(
    'an answer before it is durable',
    'a client is told that an event was taken, and the crash that follows forgets it',
    edit('local/kernel/group-commit.ts', 'settled: () => (broken ?', 'settled: () => Math.random() < 2 ? Promise.resolve() : (broken ?'),
  ),
  bug(
    'messages in flight are lost at a restart',
    'what a function was at when the machine died is never delivered again',
    edit(
      'local/engines/queues/memory.ts',
      'for (const message of named(queue, record.ids)) queue.received(message, record.at, record.at);',
      'for (const message of named(queue, record.ids)) queue.remove(message.id);',
    ),
  ),
  bug(
    'timers of executions are lost at a restart',
    'a step that nobody answers waits for ever',
    edit(
      'statemachines/interpret/drive.ts',
      'for (const [timer, { at }] of execution.timers) arm(',
      'for (const [timer, { at }] of []) arm(',
    ),
  ),
  bug(
    'open tasks of executions are lost at a restart',
    'a step that was about to be asked for is never asked for',
    edit('statemachines/interpret/drive.ts', 'for (const { order } of orders) host.perform(order);', ''),
  ),
  bug(
    'a snapshot without executions that run',
    'after a compaction and a crash no run goes on',
    edit(
      'local/engines/states/snapshot.ts',
      '...[...store.entries.values()].flatMap(recordsOf),',
      '...[...store.entries.values()].filter(({ live }) => !live).flatMap(recordsOf),',
    ),
  ),
  bug(
    'a snapshot without queues',
    'after a compaction and a crash no message is left',
    edit(
      'local/machine.ts',
      'for (const durable of durables) for (const record of durable.snapshot())',
      "for (const durable of durables.filter(({ name }) => name !== 'queues')) for (const record of durable.snapshot())",
    ),
  ),
  bug(
    'a snapshot without what streams still hold',
    'after a compaction and a crash some changes are never told',
    edit(
      'local/engines/dynamodb/snapshot.ts',
      "case 'change':\n      tableOf(record.table)?.stream?.append({",
      "case 'change':\n      tableOf('')?.stream?.append({",
    ),
  ),
  bug(
    'a checkpoint ahead of the work',
    'a batch is behind the checkpoint when it is handed over, and a crash forgets it',
    edit(
      'local/engines/functions/lane.ts',
      '    this.busy = true;\n    const old =',
      '    this.busy = true;\n    this.deps.done(batch);\n    const old =',
    ),
  ),
  bug(
    'a failed batch taken for done',
    'a function that timed out has lost its messages',
    edit('local/engines/functions/queue-mapping.ts', 'if (!outcome.ok) return batch;', 'if (!outcome.ok) return [];'),
  ),
  bug(
    'a condition that is not checked in a transaction',
    'of two writers that race, both win',
    edit(
      'local/engines/dynamodb/operations/transact-write-items.ts',
      'if (!plan.permitted(old)) return',
      'if (!plan.permitted(old) && !old) return',
    ),
  ),
];
