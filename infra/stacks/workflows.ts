import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { rules } from '../../shared/routing/rules.ts';
import { alarmOnQueues } from '../constructs/alarms.ts';
import { Checkpointing } from '../constructs/checkpointing.ts';
import { Deadlines } from '../constructs/deadlines.ts';
import { polling, sending } from '../constructs/grants.ts';
import { Machine } from '../constructs/machine.ts';
import { queueToFunction } from '../constructs/queue-to-function.ts';
import { deadLetterQueue, QueueWithDlq } from '../constructs/queue-with-dlq.ts';
import { RuleToQueue } from '../constructs/rule-to-queue.ts';
import type { Setting } from '../constructs/setting.ts';
import { SwoeFunction, type SwoeFunctionProps } from '../constructs/swoe-function.ts';
import { Tick } from '../constructs/tick.ts';
import { functions } from '../functions.ts';
import { machinePrefix, queueArn, queueUrl } from '../names.ts';
import type { StatefulStack } from './stateful.ts';

/** Where lost starts are put: the queue of CRITICAL, for a response that should have begun a minute ago. */
const STARTS = 'trigger-critical';
const REPLANS = 'settle';

const SUFFIX = '.asl.json';
const ENDED = ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'];

/** The compiled workflows of a folder, by name; none is an error, since SWOE without workflows answers nothing. */
export const compiledWorkflows = (folder: string): { workflow: string; path: string }[] => {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(SUFFIX))
    .sort();
  if (files.length === 0) throw new Error(`No compiled workflow in ${folder}: run "npm run compile" first.`);
  return files.map((file) => ({ workflow: basename(file, SUFFIX), path: join(folder, file) }));
};

/** The state machines, the room that performs their steps, the room that ends them, the one that looks every minute for what got stuck, and the one that signs the journal. */
export class WorkflowsStack extends Stack {
  constructor(scope: Construct, id: string, below: StatefulStack, machines: string, setting: Setting, props: StackProps) {
    super(scope, id, props);
    const reach = { tables: below.tables, busArn: below.bus.arn, busName: below.bus.name, vaultKeyArn: below.vaultKeyArn };
    const step = new SwoeFunction(this, 'step', 'step', reach, setting);
    const ended = new QueueWithDlq(this, 'finish-queue', 'finish', functions.finish.timeout * 6, setting);
    const finish = this.finish(ended, reach, setting);
    this.sweep(ended, reach, setting);
    new Checkpointing(this, 'Checkpointing', below.checkpoints.keyArn, reach, setting);
    new Deadlines(this, 'Deadlines', ended.queue, setting);
    alarmOnQueues(this, below.alarms);
    for (const { workflow, path } of compiledWorkflows(machines)) new Machine(this, workflow, { workflow, path, step, finish }, setting);
  }

  /** A machine ends itself through its last state; what was timed out or aborted could not, so its status change comes here, as does every end from outside. */
  private finish(ended: QueueWithDlq, reach: SwoeFunctionProps, setting: Setting): SwoeFunction {
    const finish = new SwoeFunction(this, 'finish', 'finish', { ...reach, grants: [polling([ended.queue.queueArn])] }, setting);
    queueToFunction(this, 'finish-source', ended, finish, functions.finish.concurrency);
    new RuleToQueue(
      this,
      'ended-rule',
      {
        name: 'ended',
        pattern: {
          source: ['aws.states'],
          'detail-type': ['Step Functions Execution Status Change'],
          detail: { status: ENDED, stateMachineArn: [{ prefix: machinePrefix(setting.config) }] },
        },
        to: ended,
      },
      setting,
    );
    for (const { name, pattern } of rules.filter(({ to }) => to === 'finish'))
      new RuleToQueue(this, `${name}-rule`, { name, bus: reach.busName, pattern, to: ended }, setting);
    return finish;
  }

  /** What it finds overdue it puts on the queue of `finish`, what was never started on that of `trigger`, and a run that has not heard that a unit was taken from it on that of `settle`. */
  private sweep({ queue }: QueueWithDlq, reach: SwoeFunctionProps, setting: Setting): void {
    const dlq = deadLetterQueue(this, 'sweep-dlq', 'sweep-dlq', setting);
    const props = {
      ...reach,
      environment: {
        FINISH_QUEUE_URL: queue.queueUrl,
        TRIGGER_QUEUE_URL: queueUrl(setting.config, STARTS),
        SETTLE_QUEUE_URL: queueUrl(setting.config, REPLANS),
        // Its alarm goes off at the first letter: one tells of what is done while the journal cannot be written.
        ALARM_QUEUE_URL: dlq.queueUrl,
      },
      grants: [sending([queue.queueArn, queueArn(setting.config, STARTS), queueArn(setting.config, REPLANS)])],
      deadLetterQueue: dlq,
    };
    const to = new SwoeFunction(this, 'sweep', 'sweep', props, setting);
    new Tick(this, 'Tick', { to, dlq, name: 'sweep', role: 'tick' }, setting);
  }
}
