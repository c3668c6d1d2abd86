import { expect, test } from 'vitest';
import { examples } from '../../shared/contracts/openapi/examples.ts';
import { topics } from '../../shared/contracts/topic.ts';
import { Channel } from '../../shared/contracts/vocabulary.ts';
import { listenToAll } from './live.ts';
import { FLEET, type Manners, shot, system, willing } from './system.ts';

/** The drone's subsystem fails, so a step does; everybody else is willing. */
const droneFails: Manners = (asked) =>
  asked.action === 'DRONE_DISPATCH' ? { after: 300, outcome: 'failed', note: 'rotor' } : willing(asked);

test('every topic of every channel is told by a city at work, and its data has the shape that is published', async () => {
  const running = await system({ manners: droneFails });
  await running.populate(FLEET);
  const heard = await listenToAll(running);
  await running.put('drone_ops', 'subsystem.heartbeat', { ...shot('beat'), type: 'subsystem.heartbeat' });
  await running.put('gunshot_detection', 'gunshot.detected', shot('shot-1'));
  await running.put('gunshot_detection', 'gunshot.detected', shot('shot-1'));
  await running.put('gunshot_detection', 'gunshot.detected', { hello: 'world' });
  const asked = { workflow: 'gunfire-response', reason: 'heard it on patrol', location: { lat: 26.81, lon: -80.05 } };
  await running.rest('dispatcher', 'POST', '/workflow/execute', asked);
  // Nobody gave a verdict on this one, so its warnings ask a person.
  await running.rest('dispatcher', 'POST', '/workflow/execute', { ...asked, workflow: 'officer-distress-response' });
  await running.pass(400_000);
  const { body } = await running.rest<{ items: { id: string }[] }>('dispatcher', 'GET', '/events/fused?limit=1');
  const together = { ...examples.declareJointOperation, incidents: body.items.map(({ id }) => id) };
  await running.rest('watch_commander', 'POST', '/joint-operations', together);
  await running.pass(10_000);
  const messages = heard();
  for (const channel of Channel.options)
    for (const { topic, data } of topics[channel]) {
      // Nothing is shared where nothing is agreed: sharing.test.ts listens as the partner.
      if (topic === 'sharing') continue;
      const own = messages.filter((message) => message.channel === channel && message.topic === topic);
      expect(own.length, `${topic} on ${channel}`).toBeGreaterThan(0);
      for (const message of own)
        expect(data.safeParse(message.data).error, `${message.kind} ${JSON.stringify(message.data)}`).toBeUndefined();
    }
});
