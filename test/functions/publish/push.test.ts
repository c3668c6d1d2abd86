import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, expect, test } from 'vitest';
import { pusher } from '../../../functions/publish/push.ts';
import type { Frame } from '../../../shared/contracts/channel.ts';
import { ENDPOINT, sockets } from './ground.ts';

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
  await pusher({ runtime: outside, connections, endpoint: ENDPOINT })([frame]);
  const calls = gateway.commandCalls(PostToConnectionCommand).map(({ args: [{ input }] }) => input);
  expect(calls.map(({ ConnectionId }) => ConnectionId)).toEqual(['c1', 'c2']);
  for (const { Data } of calls) expect(JSON.parse(Buffer.from(Data as Uint8Array).toString('utf8'))).toEqual(frame);
});

test('each channel is posted to at its own stage', async () => {
  gateway.on(PostToConnectionCommand).resolves({});
  const { runtime, connections, listen } = sockets();
  await listen('alerts', 'c1');
  const { aws: _, ...outside } = runtime;
  await pusher({ runtime: outside, connections, endpoint: ENDPOINT })([frame]);
  const client = gateway.commandCalls(PostToConnectionCommand)[0]?.thisValue as ApiGatewayManagementApiClient;
  expect(await client.config.endpoint?.()).toMatchObject({ hostname: 'ws.execute-api.us-east-1.amazonaws.com', path: '/alerts' });
});
