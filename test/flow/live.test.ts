import { expect, test } from 'vitest';
import type * as z from 'zod';
import type { Channel } from '../../shared/contracts/vocabulary.ts';
import type { ServerWord, Snapshot } from '../../shared/contracts/words.ts';
import type { System } from '../support/system.ts';
import { told } from './live.ts';
import { FLEET, shot, system } from './system.ts';

const north = (m: number) => ({ location: { lat: 26.7753 + m / 111_195, lon: -80.0581, radiusM: 25 } });

const follower = async (running: System, channel: Channel) =>
  running.connect(channel, { headers: { authorization: `Bearer ${await running.bearer('viewer')}` } });
const words = (texts: readonly string[]) => texts.map((text) => JSON.parse(text) as ServerWord);

test('a client that filters by incident is told of that one, and the ranges of what it gets leave no gap', async () => {
  const running = await system();
  await running.populate(FLEET);
  const client = await follower(running, 'workflow-status');
  const everything = await follower(running, 'workflow-status');
  await running.put('gunshot_detection', 'gunshot.detected', shot('here'));
  await running.pass(500);
  const [first] = told('workflow-status', everything.messages());
  const filter = { incidentId: first?.incidentId };
  await running.live(client.send(JSON.stringify({ action: 'subscribe', filter })));
  const subscribed = words(client.messages()).find((word) => 'subscribed' in word);
  await running.put('gunshot_detection', 'gunshot.detected', shot('elsewhere', north(9000)));
  await running.pass(5000);
  const whole = told('workflow-status', everything.messages());
  const own = told('workflow-status', client.messages()).filter(({ seq }) => seq >= (subscribed?.next ?? 0));
  expect(new Set(whole.map(({ incidentId }) => incidentId)).size).toBe(2);
  expect(own).toEqual(whole.filter(({ seq, incidentId }) => seq >= (subscribed?.next ?? 0) && incidentId === filter.incidentId));
  const frames = words(client.messages()).flatMap((word) => ('to' in word ? [word as { from: number; to: number }] : []));
  frames.forEach(({ from }, n) => {
    if (n > 0) expect(from).toBe((frames[n - 1]?.to ?? 0) + 1);
  });
});

test('a snapshot tells what stands: the run, its question, and the incident', async () => {
  const running = await system();
  await running.populate(FLEET);
  await running.put('gunshot_detection', 'gunshot.detected', shot('shot-1'));
  await running.pass(7000);
  const seen: Record<string, unknown[]> = {};
  for (const channel of ['events', 'workflow-status', 'alerts'] as const) {
    const client = await follower(running, channel);
    await running.live(client.send(JSON.stringify({ action: 'snapshot' })));
    const [word] = words(client.messages()) as z.infer<typeof Snapshot>[];
    seen[channel] = word?.snapshot.map(({ topic, kind }) => `${topic} ${kind}`) ?? [];
  }
  expect(seen).toEqual({
    events: ['fused-event incident.updated'],
    'workflow-status': ['workflow-started workflow.started', 'approval approval.requested'],
    alerts: ['critical-response workflow.started', 'approval approval.requested'],
  });
});

test('a socket whose token expires stops receiving, is ended at the next push, and others go on', async () => {
  const running = await system();
  await running.populate(FLEET);
  const token = await running.machine.identity.token('viewer', { ttl: 60 });
  const expiring = await running.connect('events', { headers: { authorization: `Bearer ${token}` } });
  const lasting = await follower(running, 'events');
  await running.put('gunshot_detection', 'gunshot.detected', shot('before'));
  await running.pass(3000);
  const before = expiring.messages().length;
  expect(before).toBeGreaterThan(0);
  await running.pass(60_000);
  await running.put('gunshot_detection', 'gunshot.detected', shot('after', north(9000)));
  await running.pass(3000);
  const late = told('events', expiring.messages()).filter(({ data }) => data['eventKey'] === 'gunshot_detection#after');
  expect(late).toEqual([]);
  expect(told('events', lasting.messages()).some(({ data }) => data['eventKey'] === 'gunshot_detection#after')).toBe(true);
  expect(expiring.ended()).toMatchObject({ code: 1000 });
});
