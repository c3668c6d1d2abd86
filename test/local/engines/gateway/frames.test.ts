import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { SOCKET_PATH, serveGateway } from '../../../../local/engines/gateway/index.ts';
import { watchFrames } from '../../../../local/engines/gateway/sockets/frames.ts';
import { close, listen } from '../../../../local/kernel/listen.ts';
import { ok, openGateway } from './template.ts';

const frame = (length: number): Buffer => {
  const mask = Buffer.alloc(4);
  const long = Buffer.alloc(8);
  long.writeBigUInt64BE(BigInt(length));
  const size = length < 126 ? [0x80 | length] : length < 65_536 ? [0xfe, ...long.subarray(6)] : [0xff, ...long];
  return Buffer.concat([Buffer.from([0x81, ...size]), mask, Buffer.alloc(length)]);
};

describe('frames that come in', () => {
  it.each([1, 3, 7, 1000, 1_000_000])('are measured whatever the chunks: %i bytes', (step) => {
    let long = 0;
    const watch = watchFrames(32_768, () => {
      long += 1;
    });
    const bytes = Buffer.concat([frame(0), frame(32_768), frame(5), frame(32_769), frame(200), frame(70_000), frame(125)]);
    for (let at = 0; at < bytes.length; at += step) watch(bytes.subarray(at, at + step));
    expect(long).toBe(2);
  });
});

describe('over a socket', () => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });
  const connect = async () => {
    let told = (): void => {};
    const disconnected = new Promise<void>((resolve) => {
      told = resolve;
    });
    const opened = openGateway({
      connect: ({ requestContext }) => {
        if (requestContext.routeKey === '$disconnect') told();
        return { statusCode: 200 };
      },
    });
    const { server, hangUp } = serveGateway(opened.gateway, {}, () => expect.unreachable());
    const port = await listen(server, 0, 'the gateway', 'SWOE_PORT');
    const client = new WebSocket(`ws://127.0.0.1:${port}${SOCKET_PATH}/events`, { headers: ok });
    stops.push(async () => {
      hangUp();
      await close(server);
    });
    await once(client, 'open');
    return { ...opened, client, disconnected };
  };
  const routes = (callsOf: (name: string) => { requestContext: { routeKey?: string } }[]) =>
    callsOf('connect').map(({ requestContext }) => requestContext.routeKey);

  it('a message of 100 KB may come in frames of 32 KB', async () => {
    const { client, callsOf, disconnected } = await connect();
    for (const fin of [false, false, true]) client.send('x'.repeat(32_768), { fin });
    client.close();
    await disconnected;
    expect(routes(callsOf)).toEqual(['$connect', '$default', '$disconnect']);
  });

  it('a frame over 32 KB ends the connection with 1009, and no function sees it', async () => {
    const { client, callsOf, disconnected } = await connect();
    client.send('x'.repeat(32_769));
    const [code] = await once(client, 'close');
    expect(code).toBe(1009);
    await disconnected;
    expect(routes(callsOf)).toEqual(['$connect', '$disconnect']);
  });

  it('bytes end it with 1003', async () => {
    const { client } = await connect();
    client.send(Buffer.from([1]));
    expect((await once(client, 'close'))[0]).toBe(1003);
  });
});
