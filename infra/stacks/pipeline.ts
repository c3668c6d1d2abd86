import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Workflow } from '../../shared/contracts/workflow.ts';
import { alarmOnQueues } from '../constructs/alarms.ts';
import { polling, sending } from '../constructs/grants.ts';
import { queueToFunction } from '../constructs/queue-to-function.ts';
import { QueueWithDlq } from '../constructs/queue-with-dlq.ts';
import { RuleToQueue } from '../constructs/rule-to-queue.ts';
import type { Setting } from '../constructs/setting.ts';
import { SubsystemQueues } from '../constructs/subsystem-queues.ts';
import { SwoeFunction } from '../constructs/swoe-function.ts';
import { WorkflowSchedules } from '../constructs/workflow-schedules.ts';
import { type FunctionName, functions } from '../functions.ts';
import { rules } from '../rules.ts';
import type { StatefulStack } from './stateful.ts';

/** Of the executions of `trigger`, how many the queue of everything but CRITICAL may take: the rest is always free for CRITICAL. */
const ORDINARY_TRIGGERS = 40;

/** Bus → queue → room → bus: ingest, register, trigger and settle, and the subsystems' queues. */
export class PipelineStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    private readonly below: StatefulStack,
    private readonly setting: Setting,
    workflows: readonly Workflow[],
    props: StackProps,
  ) {
    super(scope, id, props);
    const queues = {
      ingest: this.queue('ingest', 'ingest'),
      register: this.queue('register', 'register'),
      trigger: this.queue('trigger', 'trigger'),
      'trigger-critical': this.queue('trigger-critical', 'trigger'),
      settle: this.queue('settle', 'settle'),
    };
    for (const { name, to, pattern } of rules)
      new RuleToQueue(this, `${name}-rule`, { name, bus: below.bus.name, pattern, to: queues[to] }, setting);

    this.reader('ingest', [queues.ingest], true);
    this.reader('register', [queues.register]);
    this.reader('trigger', [queues.trigger, queues['trigger-critical']]);
    this.reader('settle', [queues.settle]);
    new WorkflowSchedules(this, 'Schedules', workflows, queues.trigger, setting);
    new SubsystemQueues(this, 'Actions', below.bus.name, setting);
    alarmOnQueues(this, below.alarms);
  }

  private queue(name: string, reader: FunctionName): QueueWithDlq {
    return new QueueWithDlq(this, `${name}-queue`, name, functions[reader].timeout * 6, this.setting);
  }

  private room(name: FunctionName, more: Partial<ConstructorParameters<typeof SwoeFunction>[3]>): SwoeFunction {
    const { tables, bus } = this.below;
    return new SwoeFunction(this, name, name, { tables, busArn: bus.arn, busName: bus.name, ...more }, this.setting);
  }

  /** `putsBack`: what must wait goes into the queue it came from. The room then reads `<NAME>_QUEUE_URLS`. */
  private reader(name: FunctionName, from: readonly QueueWithDlq[], putsBack = false): void {
    const queueArns = from.map(({ queue }) => queue.queueArn);
    const room = this.room(name, {
      grants: [polling(queueArns), ...(putsBack ? [sending(queueArns)] : [])],
      environment: putsBack ? { [`${name.toUpperCase()}_QUEUE_URLS`]: from.map(({ queue }) => queue.queueUrl).join(',') } : {},
    });
    from.forEach((queue, index) => {
      const ordinary = from.length > 1 && index === 0;
      queueToFunction(this, `${name}-source-${index}`, queue, room, ordinary ? ORDINARY_TRIGGERS : functions[name].concurrency);
    });
  }
}
