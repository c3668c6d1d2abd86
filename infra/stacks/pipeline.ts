import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Workflow } from '../../shared/contracts/workflow.ts';
import { isPolling } from '../config.ts';
import { alarmOnQueues } from '../constructs/alarms.ts';
import { polling } from '../constructs/grants.ts';
import { queueToFunction } from '../constructs/queue-to-function.ts';
import { deadLetterQueue, QueueWithDlq } from '../constructs/queue-with-dlq.ts';
import { RuleToQueue } from '../constructs/rule-to-queue.ts';
import type { Setting } from '../constructs/setting.ts';
import { SubsystemQueues } from '../constructs/subsystem-queues.ts';
import { SwoeFunction } from '../constructs/swoe-function.ts';
import { Tick } from '../constructs/tick.ts';
import { WorkflowSchedules } from '../constructs/workflow-schedules.ts';
import { type FunctionName, functions } from '../functions.ts';
import { named } from '../names.ts';
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

    this.reader('ingest', [queues.ingest]);
    this.reader('register', [queues.register]);
    this.reader('trigger', [queues.trigger, queues['trigger-critical']]);
    this.reader('settle', [queues.settle]);
    new WorkflowSchedules(this, 'Schedules', workflows, queues.trigger, setting);
    if (isPolling(setting.config)) this.polls();
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

  /** Public feeds, each minute. What identifies us to their servers names the stage and whom to reach. */
  private polls(): void {
    const { config } = this.setting;
    const { nws, usgs, contact = '' } = config.polls;
    const dlq = deadLetterQueue(this, 'poll-dlq', 'poll-dlq', this.setting);
    const environment = {
      USER_AGENT: `(${named(config, 'poll')}, ${contact})`,
      ...(nws ? { NWS_URL: `https://api.weather.gov/alerts/active?${nws}` } : {}),
      ...(usgs ? { USGS_URL: 'https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/all_hour.geojson' } : {}),
    };
    new Tick(
      this,
      'Poll',
      { to: this.room('poll', { environment, deadLetterQueue: dlq }), dlq, name: 'poll', role: 'poll-tick' },
      this.setting,
    );
  }

  private reader(name: FunctionName, from: readonly QueueWithDlq[]): void {
    const room = this.room(name, { grants: [polling(from.map(({ queue }) => queue.queueArn))] });
    from.forEach((queue, index) => {
      const ordinary = from.length > 1 && index === 0;
      queueToFunction(this, `${name}-source-${index}`, queue, room, ordinary ? ORDINARY_TRIGGERS : functions[name].concurrency);
    });
  }
}
