import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Workflow } from '../../shared/contracts/workflow.ts';
import { pipelines } from '../../shared/routing/pipelines.ts';
import { rules } from '../../shared/routing/rules.ts';
import { otherAgencies } from '../agencies.ts';
import { isPolling, isSharing } from '../config.ts';
import { alarmOnQueues } from '../constructs/alarms.ts';
import { otherAccounts } from '../constructs/bus-policy.ts';
import { polling, sending } from '../constructs/grants.ts';
import { queueToFunction } from '../constructs/queue-to-function.ts';
import { deadLetterQueue, QueueWithDlq } from '../constructs/queue-with-dlq.ts';
import { RuleToQueue } from '../constructs/rule-to-queue.ts';
import type { Setting } from '../constructs/setting.ts';
import { Sharing } from '../constructs/sharing.ts';
import { SubsystemQueues } from '../constructs/subsystem-queues.ts';
import { SwoeFunction } from '../constructs/swoe-function.ts';
import { Tick } from '../constructs/tick.ts';
import { WorkflowSchedules } from '../constructs/workflow-schedules.ts';
import { type FunctionName, functions } from '../functions.ts';
import { named } from '../names.ts';
import type { StatefulStack } from './stateful.ts';

/** Of the executions of a room with two lanes, how many the ordinary one may take: the rest is always free for CRITICAL. */
const ORDINARY = 40;

/** The pipeline that ends runs stands with the state machines. */
const ENDS = 'finish';
type Lane = Exclude<(typeof pipelines)[number], { name: typeof ENDS }>;
const lanes = pipelines.filter((pipeline): pipeline is Lane => pipeline.name !== ENDS);

/** The room that puts what must wait back into the queue it came from. */
const PUTS_BACK = 'ingest';

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
    const queues = Object.fromEntries(lanes.map(({ name, room }) => [name, this.queue(name, room)])) as Record<Lane['name'], QueueWithDlq>;
    for (const { name, to, pattern } of rules)
      if (to !== ENDS) new RuleToQueue(this, `${name}-rule`, { name, bus: below.bus.name, pattern, to: queues[to] }, setting);
    for (const room of new Set(lanes.map((lane) => lane.room))) this.reader(room, queues);
    new WorkflowSchedules(this, 'Schedules', workflows, queues.trigger, setting);
    if (isPolling(setting.config)) this.polls();
    if (isSharing(setting.config)) new Sharing(this, 'Sharing', below.bus.name, below, setting);
    new SubsystemQueues(this, 'Actions', below.bus.name, setting);
    alarmOnQueues(this, below.alarms);
  }

  private queue(name: string, reader: FunctionName): QueueWithDlq {
    return new QueueWithDlq(this, `${name}-queue`, name, functions[reader].timeout * 6, this.setting);
  }

  private room(name: FunctionName, more: Partial<ConstructorParameters<typeof SwoeFunction>[3]>): SwoeFunction {
    const { tables, bus, vaultKeyArn } = this.below;
    return new SwoeFunction(this, name, name, { tables, busArn: bus.arn, busName: bus.name, vaultKeyArn, ...more }, this.setting);
  }

  /** Public feeds, each minute. What identifies us to their servers names the stage and whom to reach. */
  private polls(): void {
    const { config } = this.setting;
    const { nws, usgs, contact = '' } = config.polls;
    const dlq = deadLetterQueue(this, 'poll-dlq', 'poll-dlq', this.setting);
    const feeds = {
      ...(nws ? { nws: `https://api.weather.gov/alerts/active?${nws}` } : {}),
      ...(usgs ? { usgs: 'https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/all_hour.geojson' } : {}),
    };
    const environment = { USER_AGENT: `(${named(config, 'poll')}, ${contact})`, FEEDS: JSON.stringify(feeds) };
    new Tick(
      this,
      'Poll',
      { to: this.room('poll', { environment, deadLetterQueue: dlq }), dlq, name: 'poll', role: 'poll-tick' },
      this.setting,
    );
  }

  /** What ingest is told: its queues, which account speaks for which sources, and which is another agency's. */
  private intake(queueUrls: readonly string[]): Record<string, string> {
    const accounts = otherAgencies(this.setting.config.agencies).flatMap(({ id, account }) => (account ? [[account, id]] : []));
    return {
      INGEST_QUEUE_URLS: queueUrls.join(','),
      OTHER_ACCOUNTS: JSON.stringify(otherAccounts(this.setting.config)),
      AGENCY_ACCOUNTS: JSON.stringify(Object.fromEntries(accounts)),
    };
  }

  private reader(name: Lane['room'], queues: Record<Lane['name'], QueueWithDlq>): void {
    const own = lanes.filter(({ room }) => room === name);
    const from = own.map((lane) => queues[lane.name].queue);
    const room = this.room(name, {
      grants: [
        polling(from.map(({ queueArn }) => queueArn)),
        ...(name === PUTS_BACK ? [sending(from.map(({ queueArn }) => queueArn))] : []),
      ],
      environment: name === PUTS_BACK ? this.intake(from.map(({ queueUrl }) => queueUrl)) : {},
    });
    own.forEach((lane, index) => {
      const beside = own.length > 1 && lane.gravest !== 'CRITICAL';
      queueToFunction(this, `${name}-source-${index}`, queues[lane.name], room, beside ? ORDINARY : functions[name].concurrency);
    });
  }
}
