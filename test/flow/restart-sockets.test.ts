import { expect, test } from 'vitest';
import type { System } from '../support/system.ts';
import { FLEET, shot, system } from './system.ts';

/** How many connections are remembered: each has one head. */
const rows = async ({ machine, live }: System): Promise<number> => {
  const scan = machine.call(machine.localUser, 'dynamodb', 'Scan', { TableName: 'swoe-dev-connections' });
  const { Items } = (await live(scan)) as { Items: { sk: { S: string } }[] };
  return Items.filter(({ sk }) => sk.S === 'HEAD').length;
};

const listener = async (running: System) =>
  running.connect('events', { headers: { authorization: `Bearer ${await running.bearer('viewer')}` } });

test('connections lost with the process are gone to whoever posts, and the next push removes what was remembered of them', async () => {
  const before = await system();
  await before.populate(FLEET);
  const lost = await listener(before);
  expect(await rows(before)).toBe(1);
  before.stop();
  const after = await system({ log: before.log, start: before.scheduler.now() + 60_000 });
  expect(await rows(after)).toBe(1);
  const [{ api } = { api: undefined }] = after.machine.gateway.sockets;
  const post = after.machine.call(
    after.machine.localUser,
    `execute-api https://${api?.id}.execute-api.us-east-1.amazonaws.com/events`,
    'PostToConnection',
    { ConnectionId: lost.connectionId, Data: 'x' },
  );
  await expect(after.live(post)).rejects.toMatchObject({ name: 'GoneException' });
  await after.put('gunshot_detection', 'gunshot.detected', shot('shot-after'));
  await after.pass(3000);
  expect(await rows(after)).toBe(0);
});

test('a connection that its client closes is forgotten by $disconnect', async () => {
  const running = await system();
  const client = await listener(running);
  expect(await rows(running)).toBe(1);
  await running.live(client.close());
  expect(await rows(running)).toBe(0);
});
