import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import type { Outcome, Send } from '../../client/bus.ts';
import { createBridge } from '../../local/bridge/bridge.ts';
import { mapping } from '../../local/bridge/map.ts';
import { shot, system } from './system.ts';

/** A bridge between a real socket and the synthesised system: what a subsystem says there is in an incident here. */
test('what is heard on a subsystem’s own channel becomes an incident, what is no event a dead letter, and the ledger closes', async () => {
  const running = await system();
  const { machine, scheduler } = running;
  const channel = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(channel, 'listening');
  const send: Send = async (entries) => {
    const Entries = entries.map(({ source, type, detail }) => ({
      EventBusName: 'swoe',
      Source: source,
      DetailType: type,
      Detail: JSON.stringify(detail),
    }));
    const answer = (await machine.call(machine.localUser, 'events', 'PutEvents', { Entries })) as { Entries: Outcome[] };
    return answer.Entries;
  };
  const url = `ws://127.0.0.1:${(channel.address() as AddressInfo).port}`;
  const bridge = createBridge({ url, source: 'gunshot_detection', map: mapping(undefined), send, scheduler });
  const connected = once(channel, 'connection');
  bridge.start();
  const [socket] = (await connected) as [import('ws').WebSocket];
  for (const message of [shot('a'), shot('b'), 'not an event', shot('a')]) socket.send(JSON.stringify(message));
  await running.live(
    (async () => {
      while (bridge.told().put < 5) await new Promise((resolve) => setImmediate(resolve));
    })(),
  );
  await running.pass(3000);
  const told = await running.live(bridge.stop());
  channel.close();
  expect(told).toMatchObject({ heard: 4, put: 5, lost: 0, waiting: 0 });
  // The heartbeat, two shots, one of them again, what is no event, and the report that officers file of the shots.
  expect(await running.status()).toMatchObject({ accepted: 6, deadLettered: 1, dropped: { duplicate: 1 } });
  const { body } = await running.rest<{ items: { reason: string; detailType: string }[] }>('dispatcher', 'GET', '/events/dead-letters');
  expect(body.items).toMatchObject([{ detailType: 'bridge.unreadable', reason: expect.stringContaining('specversion') }]);
});
