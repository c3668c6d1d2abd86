import { agreed, shot } from '../support/system.ts';
import { active, EXECUTIONS, north, put, type Scene, willing } from './stage.ts';

/** What befalls a run beside its own steps: scenes of `exercise`, in their order. */
export const lives: Readonly<Record<string, Scene>> = {
  'a machine does not start until the schedule of its deadline fires': async (stage) => {
    stage.failing.add('states:StartExecution');
    await put(stage, 'shot-11', 30_000);
    await stage.running.pass(32 * 60_000);
    stage.failing.clear();
    await stage.running.pass(20_000);
  },
  'a supervisor pauses a response and lets it go on, twice': async (stage) => {
    const { running } = stage;
    const command = (id: string, op: string) =>
      running.rest('supervisor', 'POST', `/executions/${id}/${op}`, { reason: 'as it looks from here' });
    for (const [nth, failing] of ['', 'scheduler:DeleteSchedule'].entries()) {
      await put(stage, `shot-7-${nth}`, 50_000 + nth * 10_000);
      await running.pass(600);
      const [run] = await active(stage);
      // A schedule that could not be taken away is moved.
      stage.failing.add(failing);
      await command(run?.id ?? '', 'pause');
      await running.pass(30_000);
      stage.failing.clear();
      await command(run?.id ?? '', 'resume');
      await running.pass(3_000);
      await command(run?.id ?? '', 'cancel');
      await running.pass(5_000);
      await agreed(running, `/executions/${run?.id}/redrive`, { reason: 'as it looks from here' });
      await running.pass(400_000);
    }
    await running.rest('viewer', 'GET', '/executions?limit=50');
  },
  'a drone arrives after everybody has given it up': async (stage) => {
    stage.manner = (action) => (action === 'DRONE_DISPATCH' ? { after: 95_000, outcome: 'completed' } : willing());
    await put(stage, 'shot-8', 0);
    await stage.running.pass(400_000);
    stage.manner = willing;
  },
  'a hand-over is cut short, and finished with the run': async (stage) => {
    const { running } = stage;
    for (const [id, metres] of [
      ['shot-9', 9_000],
      ['shot-10', 12_000],
    ] as const)
      await put(stage, id, metres);
    await running.pass(900);
    const [to, from] = (await active(stage)).map(({ id }) => id);
    const head = (id = '') => ({ pk: { S: `EXE#${id}` }, sk: { S: 'HEAD' } });
    const write = (id: string | undefined, words: string, values: object) =>
      running.live(
        running.machine.call(running.machine.localUser, 'dynamodb', 'UpdateItem', {
          TableName: 'swoe-dev-executions',
          Key: head(id),
          UpdateExpression: words,
          ExpressionAttributeValues: values,
        }),
      );
    // As a crash leaves it: both know, and no unit has moved yet.
    const at = { S: new Date(running.scheduler.now()).toISOString() };
    await write(from, 'SET ending = :at, endingAs = :as, supersededBy = :to', {
      ':at': at,
      ':as': { S: 'CANCELLED' },
      ':to': { S: to ?? '' },
    });
    await write(to, 'SET tookOver = :from', { ':from': { L: [{ S: from ?? '' }] } });
    const stop = { executionArn: `${EXECUTIONS}gunfire-response:${from}`, error: 'Operator', cause: 'stopped by hand' };
    await running.live(running.machine.call(running.machine.localUser, 'states', 'StopExecution', stop));
    await running.pass(400_000);
  },
  'a site is locked at once, and no supervisor reviews it within a day': async ({ running }) => {
    const button = { ...shot('button', { ...north(70_000), site: 'SITE-7', confidence: 0.95 }), type: 'panic.active-shooter' };
    await running.put('sensor_grid', 'panic.active-shooter', { ...button, source: 'sensor-7' });
    await running.pass(60_000);
    const { items } = (
      await running.rest<{ items: { id: string; executionId: string; step: string; kind: string }[] }>('supervisor', 'GET', '/approvals')
    ).body;
    const review = items.find(({ kind }) => kind === 'review');
    if (!review) throw new Error('the override was not put before a supervisor');
    // The day is over at once: its minutes would cost more than all scenes together.
    await running.live(
      running.machine.call(running.machine.localUser, 'dynamodb', 'UpdateItem', {
        TableName: 'swoe-dev-executions',
        Key: { pk: { S: `EXE#${review.executionId}` }, sk: { S: `APPROVAL#${review.step}` } },
        UpdateExpression: 'SET expiresAt = :now',
        ExpressionAttributeValues: { ':now': { S: new Date(running.scheduler.now()).toISOString() } },
      }),
    );
    await running.pass(70_000);
    await running.rest('supervisor', 'POST', `/executions/${review.executionId}/cancel`, { reason: 'as it looks from here' });
    await running.pass(20_000);
  },
  /** A message that its queue delivers once more when its run is long over. */
  'an event comes again after everything': async ({ running }) => {
    const { items } = (
      await running.rest<{ items: { type: string; source: string; incidentId?: string }[] }>('viewer', 'GET', '/events/history?limit=100')
    ).body;
    const shots = items.filter(({ type, incidentId }) => type === 'gunshot.detected' && incidentId);
    const QueueUrl = 'http://127.0.0.1:4566/000000000000/swoe-dev-trigger-critical';
    for (const event of shots.slice(0, 20)) {
      const incident = { id: event.incidentId, sources: [event.source], independentSources: 1, events: 1 };
      const body = {
        id: 'again',
        'detail-type': 'event.normalized',
        source: 'swoe',
        time: '2026-11-22T17:00:00Z',
        detail: { ...event, incident },
      };
      await running.live(
        running.machine.call(running.machine.localUser, 'sqs', 'SendMessage', { QueueUrl, MessageBody: JSON.stringify(body) }),
      );
    }
    await running.pass(5_000);
  },
};
