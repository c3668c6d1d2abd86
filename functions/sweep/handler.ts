import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Announcement } from '../../shared/lambda/bus.ts';
import { dynamoDb, sqs } from '../../shared/lambda/clients.ts';
import { lazily, setting } from '../../shared/lambda/doors.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import { asksStore } from '../../shared/stores/asks.ts';
import { eventsStore } from '../../shared/stores/events.ts';
import { executionsStore } from '../../shared/stores/executions.ts';
import { incidentsStore } from '../../shared/stores/incidents.ts';
import { jointStore } from '../../shared/stores/joint.ts';
import { journalStore } from '../../shared/stores/journal.ts';
import { kernelStore } from '../../shared/stores/kernel.ts';
import { resourcesStore } from '../../shared/stores/resources.ts';
import { reviewsStore } from '../../shared/stores/reviews.ts';
import { spoolStore } from '../../shared/stores/spool.ts';
import { workflows } from '../../workflows/index.ts';
import { expireAsks } from './asks.ts';
import { endJoint } from './joint.ts';
import { look } from './look.ts';
import { reconcile } from './reconcile.ts';
import { sweep } from './sweep.ts';
import { unanswered } from './unanswered.ts';
import { tellUnsigned } from './unsigned.ts';
import { unspool } from './unspool.ts';
import { untold } from './untold.ts';

/** The door of `sweep`: the schedule's minute. What it looks for stands in sweep.ts. */
export const create = (runtime: Runtime) => {
  const client = dynamoDb(runtime);
  const queue = sqs(runtime);
  const { clock, log } = runtime;

  /** Puts a word on a room's queue, as the bus would: what lost it the first time may be the bus's rule. */
  const put = async (QueueUrl: string, type: string, about: string, detail: object): Promise<void> => {
    const now = clock.now();
    const head = { id: `sweep-${about}-${now}`, 'detail-type': type, source: 'swoe', time: iso(now) };
    await queue.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ ...head, detail }) }));
  };
  const telling = (QueueUrl: string, type: string) => (executionId: string) => put(QueueUrl, type, executionId, { executionId });

  const alarm = async (letter: object): Promise<void> => {
    const QueueUrl = setting(runtime, 'ALARM_QUEUE_URL');
    await queue.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ type: 'audit.spooled', ...letter }) }));
  };
  const triggerQueue = setting(runtime, 'TRIGGER_QUEUE_URL');
  const events = eventsStore(client, setting(runtime, 'EVENTS_TABLE'));
  const stores = {
    executions: executionsStore(client, setting(runtime, 'EXECUTIONS_TABLE')),
    resources: resourcesStore(client, setting(runtime, 'RESOURCES_TABLE')),
    events,
    incidents: incidentsStore(client, setting(runtime, 'INCIDENTS_TABLE'), events),
    kernel: kernelStore(client, setting(runtime, 'KERNEL_TABLE')),
    journal: journalStore({ client, name: setting(runtime, 'JOURNAL_TABLE'), runtime }),
  };
  const looking = {
    ...stores,
    clock,
    log,
    unanswered: unanswered(stores, workflows),
    untold: untold(stores),
    announce: (key: string, { type, detail }: Announcement) => put(triggerQueue, type, key, detail),
  };

  return sweep({
    ...stores,
    clock,
    log,
    start: telling(triggerQueue, 'execution.unstarted'),
    drain: () => put(triggerQueue, 'kernel.drain', 'kernel', { callOff: true }),
    end: telling(setting(runtime, 'FINISH_QUEUE_URL'), 'execution.deadline'),
    displaced: (one) => put(setting(runtime, 'SETTLE_QUEUE_URL'), 'resource.preempted', `${one.resourceId}-${one.fence}`, one),
    expireAsks: expireAsks({ ...stores, asks: asksStore(client, setting(runtime, 'CONNECTIONS_TABLE')), clock }),
    endJoint: endJoint({ ...stores, joint: jointStore(client, setting(runtime, 'JOINT_TABLE')), clock }),
    unspool: unspool({ ...stores, spool: spoolStore(client, setting(runtime, 'EXECUTIONS_TABLE'), runtime), log, alarm }),
    tellUnsigned: tellUnsigned({ ...stores, reviews: reviewsStore(client, setting(runtime, 'KERNEL_TABLE')), clock, log }),
    freed: () => put(setting(runtime, 'SETTLE_QUEUE_URL'), 'resource.freed', 'line', { types: [] }),
    reconcile: reconcile(looking, workflows),
    look: look(looking),
  });
};

export const handler = lazily(create);
