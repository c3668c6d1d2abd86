import type { Faults } from '../../local/kernel/faults.ts';
import type { MachineOptions } from '../../local/machine.ts';
import { IDEMPOTENCY_KEY } from '../../shared/contracts/idempotency.ts';
import { workflows } from '../../workflows/index.ts';
import { agreed, approveAll, FLEET, type System, shot, systemOn } from '../support/system.ts';
import { engine } from './engine.ts';
import { facts } from './facts.ts';
import { floods } from './floods.ts';
import { joint } from './joint.ts';
import { lives } from './lives.ts';
import { restricted } from './restricted.ts';
import { active, EXECUTIONS, north, put, type Scene, type Stage, willing } from './stage.ts';
import { units } from './units.ts';

type Machine = NonNullable<NonNullable<Parameters<typeof systemOn>[1]>['machine']>;

/** Each channel's snapshot, by somebody who then wants one workflow only. */
const look = async (running: System): Promise<void> => {
  const headers = { authorization: `Bearer ${await running.bearer('dispatcher')}` };
  for (const channel of ['events', 'workflow-status', 'alerts']) {
    const client = await running.connect(channel, { headers });
    await running.live(client.send(JSON.stringify({ action: 'snapshot' })));
    await running.live(client.send(JSON.stringify({ action: 'subscribe', filter: { workflow: 'gunfire-response' } })));
  }
};

/** The scenes in the order in which they play, each on what the ones before left. */
const scenes: Readonly<Record<string, Scene>> = {
  /** Three listeners, one of them by ticket, and one who asks when their token has ended. */
  'people connect': async ({ running }) => {
    const headers = { authorization: `Bearer ${await running.bearer('dispatcher')}` };
    for (const channel of ['events', 'workflow-status']) await running.connect(channel, { headers });
    const { body } = await running.rest<{ ticket: string }>('viewer', 'POST', '/tickets', { channel: 'alerts' });
    const client = await running.connect('alerts', { query: { ticket: body.ticket } });
    await running.live(client.send(JSON.stringify({ action: 'ping' })));
    const brief = { authorization: `Bearer ${await running.machine.identity.token('viewer', { ttl: 1 })}` };
    const late = [];
    for (const channel of ['events', 'workflow-status', 'alerts']) late.push(await running.connect(channel, { headers: brief }));
    await running.pass(2_000);
    for (const one of late) await running.live(one.send(JSON.stringify({ action: 'ping' })));
  },
  'a fleet reports itself': ({ running }) => running.populate({ ...FLEET, 'officer-4': ['OFFICER', 700], 'car-3': ['VEHICLE', 800] }),
  'a unit moves': async ({ running }) => {
    const unit = { id: 'car-3', type: 'VEHICLE', status: 'AVAILABLE' };
    const moved = { specversion: '1.0', id: 'status-car-3-later', source: 'dispatch', type: 'unit.status' };
    await running.put('dispatch', 'unit.status', { ...moved, data: { unit, ...north(5_000) } });
    await running.pass(1_000);
  },
  'a response goes its whole length': async (stage) => {
    await put(stage, 'shot-1', 0);
    await put(stage, 'shot-1', 0);
    await stage.running.pass(7_000);
    await look(stage.running);
    await approveAll(stage.running);
    await stage.running.pass(20_000);
  },
  'a response fails in part, and a question is left unanswered': async (stage) => {
    stage.manner = (action) => (action === 'DRONE_DISPATCH' ? { after: 300, outcome: 'failed', note: 'rotor' } : willing());
    await put(stage, 'shot-2', 2_000);
    await stage.running.pass(400_000);
    stage.manner = willing;
  },
  'two incidents become one': async (stage) => {
    stage.manner = (action) => (action === 'DRONE_DISPATCH' ? 'silent' : willing());
    await put(stage, 'west', 4_000);
    await put(stage, 'east', 4_290);
    await stage.running.pass(3_000);
    await stage.running.put('cad_system', 'call.shots-fired', { ...shot('between', north(4_145)), type: 'call.shots-fired' });
    await stage.running.pass(200_000);
    stage.manner = willing;
  },
  'an execution is stopped from outside': async (stage) => {
    const { running } = stage;
    await put(stage, 'shot-3', 6_000);
    await running.pass(1_500);
    for (const { id, workflow = 'gunfire-response' } of await active(stage)) {
      const stop = { executionArn: `${EXECUTIONS}${workflow}:${id}`, error: 'Operator', cause: 'stopped by hand' };
      await running.live(running.machine.call(running.machine.localUser, 'states', 'StopExecution', stop));
    }
    await running.pass(90_000);
  },
  'a start is lost and found by the sweep': async (stage) => {
    stage.failing.add('states:StartExecution');
    await put(stage, 'shot-4', 8_000);
    await stage.running.pass(20_000);
    stage.failing.clear();
    await stage.running.pass(200_000);
  },
  'a start is lost until its deadline has passed': async (stage) => {
    stage.failing.add('scheduler:CreateSchedule');
    await put(stage, 'shot-5', 10_000);
    await stage.running.pass(35 * 60_000);
    stage.failing.clear();
    await stage.running.pass(20_000);
  },
  'the word of an event is lost and found by the sweep': async (stage) => {
    const { running } = stage;
    const rule = { Name: 'swoe-dev-trigger-critical', EventBusName: 'swoe' };
    await running.live(running.machine.call(running.machine.localUser, 'events', 'DisableRule', rule));
    await put(stage, 'untold', 22_000);
    await running.pass(1_000);
    await running.live(running.machine.call(running.machine.localUser, 'events', 'EnableRule', rule));
    // Borne out by a call a moment later: the sweep asks whether any event of the incident was matched.
    const faint = { ...north(24_000), confidence: 0.3 };
    await running.put('gunshot_detection', 'gunshot.detected', shot('faint', faint));
    await running.pass(1_000);
    await running.put('cad_system', 'call.shots-fired', { ...shot('faint-call', faint), type: 'call.shots-fired' });
    await running.pass(400_000);
  },
  ...lives,
  ...engine,
  ...units,
  ...facts,
  ...joint,
  ...restricted,
  ...floods,
  /** Each other machine is let run with nothing behind it: every step is refused by its room, and so the run reaches its end. */
  'every machine reaches its rooms': async ({ running }) => {
    const { machine } = running;
    for (const { name } of workflows.filter((workflow) => workflow.name !== 'gunfire-response')) {
      const stateMachineArn = `arn:aws:states:us-east-1:000000000000:stateMachine:swoe-dev-${name}:live`;
      const input = JSON.stringify({ executionId: `bare-${name}`, workflow: name, startedBy: 'MANUAL', inputs: {} });
      await running.live(machine.call(machine.localUser, 'states', 'StartExecution', { stateMachineArn, name: `bare-${name}`, input }));
    }
    await running.pass(14 * 3600_000);
  },
  /** Eleven times `publish` dies with a batch, which is then given up; the next entry of that chain finds the hole. */
  'a part of the journal is not published at first': async (stage) => {
    const tell = (id: string) =>
      stage.running.put('gunshot_detection', 'gunshot.detected', shot(id, { ...north(16_000), confidence: 0.1 }));
    stage.failing.add('swoe-dev-publish');
    await tell('unheard');
    await stage.running.pass(15 * 60_000);
    stage.failing.clear();
    await tell('heard');
    await tell('heard');
    await stage.running.pass(5_000);
  },
  /** `ingest` dies when it has stored the second event and has not yet filed it with the first; a later delivery does that. */
  'an event is stored and its incident comes later': async (stage) => {
    const faint = (id: string) =>
      stage.running.put('gunshot_detection', 'gunshot.detected', shot(id, { ...north(26_000), confidence: 0.1 }));
    await faint('alone');
    await stage.running.pass(5_000);
    stage.failing.add('dynamodb:GetItem');
    await faint('beside it');
    await stage.running.pass(20_000);
    stage.failing.clear();
    await stage.running.pass(200_000);
  },
  /** A queue may deliver any message a second time, even when what it led to is long over. */
  'a request is delivered again after its run has ended': async ({ running }) => {
    const wanted = { workflow: 'gunfire-response', reason: 'heard it on patrol', ...north(28_000) };
    const { body } = await running.rest<{ executionId: string }>('dispatcher', 'POST', '/workflow/execute', wanted);
    await running.pass(400_000);
    const requestId = body.executionId.slice('gunfire-response-'.length);
    const detail = {
      ...wanted,
      requestId,
      by: 'local-dispatcher',
      role: 'dispatcher',
      at: new Date(running.scheduler.now()).toISOString(),
    };
    const message = { id: 'again', source: 'swoe', 'detail-type': 'workflow.requested', time: detail.at, detail };
    const QueueUrl = 'http://127.0.0.1:4566/000000000000/swoe-dev-trigger-critical';
    const { machine } = running;
    await running.live(machine.call(machine.localUser, 'sqs', 'SendMessage', { QueueUrl, MessageBody: JSON.stringify(message) }));
    await running.pass(5_000);
  },
  'what cannot be taken in is buried': async ({ running }) => {
    await running.put('who_knows', 'gunshot.detected', shot('a'));
    await running.put('dispatch', 'action.completed', { actionId: 'nobody-asked' });
    await running.put('gunshot_detection', 'gunshot.detected', { hello: 'world' });
    await running.put('gunshot_detection', 'gunshot.detected', shot('large', { ...north(18_000), blob: 'x'.repeat(20_000) }));
    await running.pass(3_000);
    const { body } = await running.rest<{ items: { busId: string }[] }>('supervisor', 'GET', '/events/dead-letters');
    const [first, second] = body.items.map(({ busId }) => `/events/dead-letters/${busId}`);
    await running.rest('supervisor', 'GET', `${first}`);
    await agreed(running, `${first}/redrive`, { reason: 'looked at' });
    await running.rest('supervisor', 'POST', `${second}/discard`, { reason: 'looked at' });
    await running.pass(3_000);
  },
  'somebody is shut out, and an ask is left alone': async ({ running }) => {
    const headers = { authorization: `Bearer ${await running.bearer('dispatcher', 'eve')}` };
    for (const channel of ['events', 'workflow-status', 'alerts']) await running.connect(channel, { headers });
    const why = { reason: 'the phone was lost' };
    await running.rest('admin', 'POST', '/people/eve/disable', why);
    await running.rest('admin', 'POST', '/people/eve/enable', why);
    const { body } = await running.rest<{ items: { busId: string }[] }>('supervisor', 'GET', '/events/dead-letters?state=open');
    await running.rest('supervisor', 'POST', `/events/dead-letters/${body.items[0]?.busId}/redrive`, why);
    await running.pass(17 * 60_000);
  },
  'people sign in': async ({ running }) => {
    const signs = (when: string) => ({
      triggerSource: `${when}Authentication_Authentication`,
      request: { userAttributes: { sub: 'ann' } },
    });
    for (const when of ['Pre', 'Pre', 'Post']) await running.live(running.machine.invoke('swoe-dev-signin', signs(when)));
  },
  'people read and act': async ({ running }) => {
    await running.rest('dispatcher', 'POST', '/events/ingest', { ...shot('by-hand', north(12_000)), source: 'gunshot_detection' });
    const request = { workflow: 'gunfire-response', reason: 'heard it on patrol', ...north(14_000) };
    const { body } = await running.rest<{ executionId: string }>('dispatcher', 'POST', '/workflow/execute', request);
    await running.pass(5_000);
    for (const path of [
      '/status',
      '/status/active',
      '/workflows',
      '/events/history',
      '/events/fused',
      '/events/dead-letters',
      '/events/buffers',
      '/events/ledger',
      '/events/sources',
      '/events/gunshot_detection%23by-hand/explain',
      '/resources',
      '/approvals',
      '/audit/policy',
      '/policy/bindings',
      '/policy/compliance',
    ])
      await running.rest('supervisor', 'GET', path);
    await running.rest('dispatcher', 'POST', '/events/fuse', { eventKey: 'gunshot_detection#by-hand', reason: 'looked at' });
    await running.rest('viewer', 'GET', `/executions/${body.executionId}`);
    await running.rest('supervisor', 'POST', '/simulate', { workflow: 'gunfire-response', ...north(14_000) });
    const { items } = (await running.rest<{ items: { incidentId?: string }[] }>('auditor', 'GET', '/audit?limit=200')).body;
    const incidentId = items.find((item) => item.incidentId)?.incidentId ?? '';
    await running.rest('auditor', 'GET', `/audit?incidentId=${incidentId}`);
    for (const path of ['', '/2026-W47']) await running.rest('auditor', 'GET', `/audit/reviews${path}`);
    await running.rest('supervisor', 'POST', '/policy/check', { workflow: 'gunfire-response', step: 'sendDrone', incidentId });
    await running.rest('dispatcher', 'POST', '/workflow/execute', { ...request, incidentId });
    await running.pass(2_000);
    await running.rest('auditor', 'GET', `/audit?executionId=${body.executionId}`);
  },
  'a request is sent in vain, and then twice, under one key': async ({ running, failing }) => {
    const event = { ...shot('keyed', north(12_000)), source: 'gunshot_detection' };
    const send = () => running.rest('dispatcher', 'POST', '/events/ingest', event, undefined, { [IDEMPOTENCY_KEY]: 'one' });
    failing.add('events:PutEvents');
    await send();
    failing.clear();
    await send();
    await send();
  },
  'listeners come back, leave, and are sent away when their token is over': async (stage) => {
    const { running } = stage;
    const token = await running.machine.identity.token('dispatcher', { ttl: 60 });
    for (const channel of ['events', 'workflow-status', 'alerts']) {
      const client = await running.connect(channel, { headers: { authorization: `Bearer ${token}` } });
      await running.live(client.send(JSON.stringify({ action: 'resume', from: 1 })));
      await running.connect(channel, { headers: { authorization: `Bearer ${token}` } });
      await running.pass(500);
      await running.live(Promise.resolve(client.close()));
    }
    // DynamoDB forgets expired listeners too; only what is pushed before it has come round meets one.
    await running.pass(55_000);
    for (let n = 0; n < 12; n += 1) {
      await put(stage, `shot-6-${n}`, 20_000 + n * 2_000);
      await running.pass(400);
    }
    await running.pass(30_000);
  },
  'an entry of the journal is changed behind everybody’s back': async ({ running }) => {
    const TableName = 'swoe-dev-journal';
    const pk = { S: 'journal-00' };
    // The entry that the newest checkpoint names is looked at each minute.
    const { Items = [] } = (await running.live(
      running.machine.call(running.machine.localUser, 'dynamodb', 'Query', {
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ScanIndexForward: false,
        Limit: 1,
      }),
    )) as { Items?: { sk: { S: string } }[] };
    const [newest] = Items;
    if (!newest) throw new Error('the chain is empty');
    await running.live(
      running.machine.call(running.machine.localUser, 'dynamodb', 'UpdateItem', {
        TableName,
        Key: { pk, sk: newest.sk },
        UpdateExpression: 'SET actor = :forged',
        ExpressionAttributeValues: { ':forged': { S: 'person/somebody-else' } },
      }),
    );
    await running.pass(90_000);
  },
};

const faultsOf = (failing: ReadonlySet<string>): Faults => ({
  call: (name) => {
    if (failing.has(name)) return { kind: 'throttle' };
    return failing.has(`slow ${name}`) ? { kind: 'delay', ms: 50 } : undefined;
  },
  delivery: () => undefined,
  invocation: (name) => (failing.has(name) ? { kind: 'timeout', calls: 0 } : undefined),
});

export interface Played {
  readonly running: System;
  /** What the people outside could not do, by scene. */
  readonly complaints: readonly string[];
}

/** Plays every path of the system on one machine; `over` ends it early, between two scenes. */
export const exercise = async (
  assembly: MachineOptions['assembly'],
  machine: Machine = {},
  over: (running: System) => boolean = () => false,
): Promise<Played> => {
  const failing = new Set<string>();
  let stage: Stage | undefined;
  const running = await systemOn(assembly, {
    poll: 250,
    manners: ({ action }) => stage?.manner(action) ?? willing(),
    machine: { ...machine, faults: faultsOf(failing) },
  });
  stage = { running, manner: willing, failing };
  const complaints: string[] = [];
  for (const [title, play] of Object.entries(scenes)) {
    if (over(running)) break;
    try {
      await play(stage);
    } catch (error) {
      complaints.push(`${title}: ${(error as Error).message}`);
    }
  }
  running.stop();
  return { running, complaints };
};
