import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, test } from 'vitest';
import { pusher } from '../../../functions/publish/push.ts';
import type { Frame } from '../../../shared/contracts/channel.ts';
import type { Runtime } from '../../../shared/lambda/runtime.ts';
import { createAccess } from '../../../shared/policy/access/index.ts';
import { ENDPOINT, sockets } from './ground.ts';

const open = { access: createAccess(['rbpd']), partners: [], scopes: async () => [], barred: { lately: async () => [] } };
const gateway = mockClient(ApiGatewayManagementApiClient);
afterEach(() => gateway.reset());

const frame: Frame = { channel: 'alerts', from: 4, to: 5, messages: [] };

test('a frame goes to each listener of its channel as one post of its JSON', async () => {
  gateway.on(PostToConnectionCommand).resolves({});
  const { runtime, connections, listen } = sockets();
  await listen('alerts', 'c1');
  await listen('alerts', 'c2');
  await listen('events', 'c3');
  const { aws: _, ...outside } = runtime;
  await pusher({ runtime: outside, connections, ...open, endpoint: ENDPOINT })([frame]);
  const calls = gateway.commandCalls(PostToConnectionCommand).map(({ args: [{ input }] }) => input);
  expect(calls.map(({ ConnectionId }) => ConnectionId)).toEqual(['c1', 'c2']);
  for (const { Data } of calls) expect(JSON.parse(Buffer.from(Data as Uint8Array).toString('utf8'))).toEqual(frame);
});

test('each channel is posted to at its own stage', async () => {
  gateway.on(PostToConnectionCommand).resolves({});
  const { runtime, connections, listen } = sockets();
  await listen('alerts', 'c1');
  const { aws: _, ...outside } = runtime;
  await pusher({ runtime: outside, connections, ...open, endpoint: ENDPOINT })([frame]);
  const client = gateway.commandCalls(PostToConnectionCommand)[0]?.thisValue as ApiGatewayManagementApiClient;
  expect(await client.config.endpoint?.()).toMatchObject({ hostname: 'ws.execute-api.us-east-1.amazonaws.com', path: '/alerts' });
});

describe('a connection that does not take what it is pushed', () => {
  const frames = (from: number): Frame[] => [{ channel: 'alerts', from, to: from, messages: [] }];
  const slow = async () => {
    const ground = sockets();
    await ground.listen('alerts', 'slow');
    await ground.listen('alerts', 'well');
    const push = pusher({ runtime: ground.runtime, connections: ground.connections, ...open, endpoint: ENDPOINT });
    ground.trouble.set('slow', 'LimitExceededException');
    await push(frames(1));
    const pass = (ms: number) => ground.scheduler.run(ground.now() + ms);
    return { ...ground, push, pass, to: (id: string) => ground.sent.filter((one) => one.id === id).map(({ word }) => word) };
  };

  test('is left alone for a while, and the others get theirs', async () => {
    const { push, trouble, to } = await slow();
    trouble.clear();
    await push(frames(2));
    expect(to('slow')).toEqual([]);
    expect(to('well').map(({ from }) => from)).toEqual([1, 2]);
  });

  test('is then told from where to resume, before what is new', async () => {
    const { push, pass, trouble, to } = await slow();
    trouble.clear();
    await pass(5_000);
    await push(frames(3));
    await push(frames(4));
    expect(to('slow')).toEqual([{ channel: 'alerts', more: true, from: 1 }, ...frames(3), ...frames(4)]);
  });

  test('is left alone twice as long each time, and never longer than a minute', async () => {
    const { push, pass, lines, to } = await slow();
    const triedAt: number[] = [];
    for (let second = 1; second <= 200; second += 1) {
      await pass(1_000);
      const before = lines.length;
      await push(frames(second + 1));
      if (lines.length > before) triedAt.push(second);
    }
    const waits = triedAt.map((at, n) => at - (triedAt[n - 1] ?? 0));
    expect(Math.max(...waits)).toBeLessThan(65);
    expect(triedAt.length).toBeLessThan(8);
    expect(to('slow')).toEqual([]);
  });
});

test('one push is bounded: for the rest a client is told to resume', async () => {
  const { runtime, connections, listen, sent } = sockets();
  await listen('alerts', 'c1');
  const many = Array.from({ length: 12 }, (_, n): Frame => ({ channel: 'alerts', from: n + 1, to: n + 1, messages: [] }));
  const message = { topic: 'approval', kind: 'approval.requested', at: '2026-11-22T17:00:00.000Z', about: {}, data: {} } as const;
  await pusher({ runtime, connections, ...open, endpoint: ENDPOINT })(
    many.map((one) => ({ ...one, messages: [{ seq: one.from, ...message }] })),
  );
  expect(sent.map(({ word }) => word.from)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(sent.at(-1)?.word).toEqual({ channel: 'alerts', more: true, from: 9 });
});

test('a connection older than API Gateway lets one be is ended and forgotten', async () => {
  const { runtime, connections, listen, hungUp, now } = sockets();
  await listen('alerts', 'old', { connectedAt: now() - 2 * 3_600_000 - 1, expiresAt: now() + 3_600_000 });
  await pusher({ runtime, connections, ...open, endpoint: ENDPOINT })([frame]);
  expect(hungUp).toEqual(['old']);
  expect(await connections.on('alerts')).toEqual([]);
});

test('what is pushed to many is encoded once for all who are told the same', async () => {
  const { runtime, connections, listen } = sockets();
  for (let n = 0; n < 20; n += 1) await listen('alerts', `c${n}`, n % 2 ? { filter: { workflow: 'w' } } : {});
  const seen = new Set<unknown>();
  const aws: Runtime['aws'] = async (service, operation, input) => {
    if (operation === 'PostToConnection') seen.add((input as { Data: unknown }).Data);
    return service === 'dynamodb' ? ((await runtime.aws?.(service, operation, input)) ?? {}) : {};
  };
  await pusher({ runtime: { ...runtime, aws }, connections, ...open, endpoint: ENDPOINT })([frame]);
  expect(seen.size).toBe(2);
});

test('who somebody is is pushed to those who respond, and masked for those who watch', async () => {
  const { runtime, connections, listen, framesTo } = sockets();
  await listen('alerts', 'responds');
  await listen('alerts', 'watches', { roles: ['viewer'] });
  const data = { entities: [{ kind: 'person-name', id: 'JANE ROE' }], data: {}, summary: 'Jane Roe' };
  const messages: Frame['messages'] = [
    { seq: 4, topic: 'fused-event', kind: 'event.corrected', at: '2026-11-22T17:00:00.000Z', about: {}, data },
  ];
  const push = pusher({ runtime, connections, ...open, endpoint: ENDPOINT });
  await push([{ channel: 'alerts', from: 4, to: 4, messages }]);
  expect(JSON.stringify(framesTo('responds'))).toContain('JANE ROE');
  expect(JSON.stringify(framesTo('watches'))).not.toMatch(/jane/i);
  expect(framesTo('watches')).toMatchObject([{ from: 4, to: 4, messages: [{ seq: 4, kind: 'event.corrected' }] }]);
});

test('whoever is barred is hung up on and told nothing, whatever else they may', async () => {
  const { runtime, connections, listen, framesTo, hungUp } = sockets();
  await listen('alerts', 'out', { sub: 'eve' });
  await listen('alerts', 'in', { sub: 'ada' });
  const out = { what: 'person' as const, id: 'eve', by: 'root', reason: 'left', at: '2026-11-22T17:00:00.000Z' };
  await pusher({ runtime, connections, ...open, barred: { lately: async () => [out] }, endpoint: ENDPOINT })([frame]);
  expect([framesTo('out'), framesTo('in').length, hungUp]).toEqual([[], 1, ['out']]);
});
